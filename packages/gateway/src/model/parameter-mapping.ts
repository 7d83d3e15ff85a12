import { type JsonPath, parseJsonPath, readJsonPath } from './json-path.ts';
import { type RequestContext, readContextVariable } from './request-context.ts';
import { renderSelectedValue } from './selection-expression.ts';

/**
 * One entry of an integration's `requestParameters`: a part of the request to the back end and where its value comes from.
 *
 * See the developer guide, "Setting up data transformation for WebSocket APIs", parameter mapping.
 */
export interface ParameterMapping {
  readonly location: 'header' | 'querystring' | 'path';
  readonly name: string;
  readonly source: ParameterSource;
}

export type ParameterSource =
  | { readonly kind: 'literal'; readonly text: string }
  /** The `multivalue` forms take every value, the others the last one. */
  | { readonly kind: 'querystring' | 'header'; readonly name: string; readonly multivalue: boolean }
  | { readonly kind: 'body'; readonly path: JsonPath }
  | { readonly kind: 'stage-variable'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export type ParsedParameterMapping =
  | { readonly kind: 'mapping'; readonly mapping: ParameterMapping }
  | { readonly kind: 'invalid'; readonly message: string };

/** What a mapping is evaluated against. */
export interface ParameterScope {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Values of the client's handshake; empty on every event but `$connect`. */
  queryParameter(name: string): readonly string[];
  header(name: string): readonly string[];
  /** The message, parsed; `undefined` where there is none or it is not JSON. */
  body(): unknown;
}

const keyPattern = /^integration\.request\.(header|querystring|path)\.([a-zA-Z0-9._$-]+)$/;
const requestSourcePattern = /^route\.request\.(multivalue)?(querystring|header)\.([a-zA-Z0-9._$-]+)$/;
const bodyPrefix = 'route.request.body';
const literalPattern = /^'(.*)'$/s;
const scalarSourcePattern = /^(stageVariables|context)\.([a-zA-Z0-9._$-]+)$/;

/** Parses an entry once; evaluation does not look at its texts again. */
export function parseParameterMapping(key: string, value: string): ParsedParameterMapping {
  const [, location, name] = keyPattern.exec(key) ?? [];
  if (!location || !name) {
    return invalid(
      key,
      '"integration.request." with "header", "querystring" or "path" and a name is expected as the key',
    );
  }
  const source = parseSource(value);
  if (typeof source === 'string') return invalid(key, source);
  return { kind: 'mapping', mapping: { location: location as ParameterMapping['location'], name, source } };
}

/** The values of a mapped parameter: none when its source has none, several only from a `multivalue` source. */
export function evaluateParameterSource(source: ParameterSource, scope: ParameterScope): readonly string[] {
  switch (source.kind) {
    case 'literal':
      return [source.text];
    case 'querystring':
      return lastUnless(source.multivalue, scope.queryParameter(source.name));
    case 'header':
      return lastUnless(source.multivalue, scope.header(source.name));
    case 'body':
      return present(renderBodyValue(readJsonPath(scope.body(), source.path)));
    case 'stage-variable':
      return present(Object.hasOwn(scope.stageVariables, source.name) ? scope.stageVariables[source.name] : undefined);
    case 'context':
      return present(readContextVariable(scope.context, source.name));
  }
}

/** The source, or the reason why the text is none. */
function parseSource(text: string): ParameterSource | string {
  const literal = literalPattern.exec(text)?.[1];
  if (literal !== undefined) return { kind: 'literal', text: literal };

  const [, multivalue, kind, requestName] = requestSourcePattern.exec(text) ?? [];
  if (kind && requestName) {
    return { kind: kind as 'querystring' | 'header', name: requestName, multivalue: multivalue !== undefined };
  }
  if (text.startsWith(bodyPrefix)) {
    const parsed = parseJsonPath(text.slice(bodyPrefix.length));
    return parsed.kind === 'path' ? { kind: 'body', path: parsed.path } : parsed.message.slice(0, -1);
  }
  const [, scalar, scalarName] = scalarSourcePattern.exec(text) ?? [];
  if (scalarName) return { kind: scalar === 'context' ? 'context' : 'stage-variable', name: scalarName };
  return `"${text}" is no source; a "route.request." parameter, "stageVariables.", "context." or a text in single quotes is expected`;
}

function renderBodyValue(value: unknown): string | undefined {
  return value === undefined ? undefined : renderSelectedValue(value);
}

function lastUnless(multivalue: boolean, values: readonly string[]): readonly string[] {
  return multivalue ? values : values.slice(-1);
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function invalid(key: string, reason: string): ParsedParameterMapping {
  return { kind: 'invalid', message: `The request parameter "${key}" is not valid: ${reason}.` };
}
