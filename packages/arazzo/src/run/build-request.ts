import type { AnalyzedBody, AnalyzedParameter } from '../check/analysis.ts';
import { mediaTypeOf } from '../check/media-type.ts';
import { matches } from '../check/requirements.ts';
import { quote } from '../document/json.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Exchange, Scope } from '../expression/scope.ts';
import type { OperationCall } from '../plan/plan.ts';
import type { StepFailureReason } from './events.ts';
import { serializeBody } from './serialize-body.ts';
import { serializeForm, serializeHeaderValue, serializePathValue } from './serialize-parameter.ts';

export interface BuiltRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What expressions read of the request. */
  readonly exchange: Exchange;
}

export type BuildResult =
  | { readonly kind: 'built'; readonly request: BuiltRequest }
  | { readonly kind: 'refused'; readonly reason: StepFailureReason };

class Refusal extends Error {
  readonly reason: StepFailureReason;
  constructor(code: StepFailureReason['code'], message: string) {
    super(message);
    this.reason = { code, message };
  }
}

/** Makes the request of a step from the values at hand, or says why it cannot be sent. */
export function buildRequest(call: OperationCall, scope: Scope): BuildResult {
  try {
    return { kind: 'built', request: build(call, scope) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.reason };
    throw error;
  }
}

function build(call: OperationCall, scope: Scope): BuiltRequest {
  const { operation, parameters } = call;
  const values = new Map(parameters.map((parameter) => [parameter, evaluateTemplate(parameter.template, scope)]));
  const place = (location: string): readonly PlacedValue[] =>
    parameters
      .filter((parameter) => parameter.in === location && (values.get(parameter) !== undefined || location === 'path'))
      .map((parameter) => ({ name: parameter.name, value: values.get(parameter), explode: explodes(call, parameter) }));
  const headers = new Map<string, string>([['accept', '*/*']]);
  for (const { name, value, explode } of place('header')) {
    headers.set(name.toLowerCase(), checkHeader(name, serializeHeaderValue(value, explode ?? false)));
  }
  const cookies = place('cookie').flatMap(({ name, value, explode }) => serializeForm(name, value, explode ?? true));
  if (cookies.length > 0) headers.set('cookie', [headers.get('cookie') ?? [], ...cookies].flat().join('; '));
  const path = place('path');
  const query = place('query');
  const search = query.flatMap(({ name, value, explode }) => serializeForm(name, value, explode ?? true)).join('&');
  const url = `${call.baseUrl}${fillPath(operation.path, path)}${search === '' ? '' : `?${search}`}`;
  const body = call.body && buildBody(call, call.body, scope, headers);
  const request = { headers, query: toMap(query), path: toMap(path), body: body?.value };
  const exchange: Exchange = { url, method: operation.method, request };
  return {
    method: operation.method,
    url,
    headers: Object.fromEntries(headers),
    ...(body && { body: body.text }),
    exchange,
  };
}

interface PlacedValue {
  readonly name: string;
  readonly value: unknown;
  /** `undefined` when the description leaves it to the style's default. */
  readonly explode: boolean | undefined;
}

function explodes(call: OperationCall, parameter: AnalyzedParameter): boolean | undefined {
  return call.operation.parameters.find((declared) => matches(declared, parameter))?.explode;
}

function toMap(values: readonly PlacedValue[]): ReadonlyMap<string, unknown> {
  return new Map(values.map(({ name, value }) => [name, value]));
}

function fillPath(template: string, values: readonly PlacedValue[]): string {
  return template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const placed = values.find((value) => value.name === name);
    if (placed?.value === undefined || placed.value === null) {
      throw new Refusal('value-absent', `The path parameter "${name}" of "${template}" has no value.`);
    }
    const text = serializePathValue(placed.value, placed.explode ?? false);
    // An empty or dotted segment would make it another path.
    if (text === '' || text === '.' || text === '..') {
      throw new Refusal(
        'request-invalid',
        `The path parameter "${name}" of "${template}" is ${quote(placed.value)}, which is no path segment.`,
      );
    }
    return text;
  });
}

function checkHeader(name: string, value: string): string {
  const isName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
  if (isName && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new Refusal(
    'request-invalid',
    `The header ${quote(name)} has the value ${quote(value)}, which HTTP cannot carry.`,
  );
}

function buildBody(
  call: OperationCall,
  body: AnalyzedBody,
  scope: Scope,
  headers: Map<string, string>,
): { readonly text: string; readonly value: unknown } | undefined {
  const payload = body.payload && evaluateTemplate(body.payload, scope);
  const replacements = body.replacements.flatMap(({ target, template }) => {
    const value = evaluateTemplate(template, scope);
    return value === undefined ? [] : { target, value };
  });
  if (payload === undefined && replacements.length === 0) {
    const needed = call.operation.body?.required === true || body.payload?.kind === 'text';
    if (needed) {
      throw new Refusal(
        'value-absent',
        'The payload of the request has no value, because an expression in it has none.',
      );
    }
    return undefined;
  }
  const mediaType = mediaTypeOf(body, call.operation);
  const result = serializeBody(payload, body.payload, replacements, mediaType);
  if (result.kind === 'refused') throw new Refusal('request-invalid', result.message);
  if (!headers.has('content-type')) {
    headers.set('content-type', checkHeader('content-type', body.contentType ?? mediaType));
  }
  return result;
}
