import { isRecord, quote } from '../document/json.ts';
import type { Operation, OperationParameter } from '../document/openapi/operation.ts';
import { evaluateTemplate, toText } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import { evaluatePayload } from './evaluate-payload.ts';
import { matches } from './matches.ts';
import { bareMediaType, formatOf } from './media-type.ts';
import { encodeForPath, encodeForQuery, encodeStrictly } from './percent-encode.ts';
import { Refusal } from './refusal.ts';
import type { ParameterTemplate, RequestTemplate } from './request-template.ts';
import { serializeHeaderValue, serializePairs, serializePathValue } from './serialize-parameter.ts';

/** The parameters of a request where they go, and their values as expressions read them. */
export interface PlacedParameters {
  /** The operation's path with its values, encoded. */
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly search: string;
  /** Names in lower case, cookies included. */
  readonly headers: ReadonlyMap<string, string>;
  readonly pathValues: ReadonlyMap<string, unknown>;
  readonly queryValues: ReadonlyMap<string, unknown>;
}

interface Placed {
  readonly name: string;
  readonly value: unknown;
  readonly template: Template;
  /** Absent for a parameter that the description does not know. */
  readonly declared: OperationParameter | undefined;
}

/** What a whole query is when the description does not say. */
const FORM = 'application/x-www-form-urlencoded';

type Place = 'path' | 'query' | 'querystring' | 'header' | 'cookie';

const places: ReadonlySet<unknown> = new Set<Place>(['path', 'query', 'querystring', 'header', 'cookie']);

function isPlace(text: string | undefined): text is Place {
  return places.has(text);
}

/** @throws Refusal when a path value is absent or no segment, or a header cannot be carried. */
export function placeParameters(call: RequestTemplate, scope: Scope): PlacedParameters {
  const placed: Readonly<Record<Place, Placed[]>> = { path: [], query: [], querystring: [], header: [], cookie: [] };
  for (const parameter of call.parameters) {
    if (!isPlace(parameter.in)) continue;
    const one = placeOne(call, parameter, scope);
    if (!isAbsent(one) || parameter.in === 'path') placed[parameter.in].push(one);
  }
  const { path, query, querystring, header, cookie } = placed;
  return {
    path: fillPath(call.operation, path),
    search: writeSearch(querystring, query),
    headers: placeHeaders(header, cookie),
    pathValues: toMap(path),
    queryValues: toMap(query),
  };
}

/**
 * Writes one parameter for what it is refused for; an absent one is not written.
 *
 * @throws Refusal as `placeParameters` does.
 */
export function tryParameter(
  call: Pick<RequestTemplate, 'operation'>,
  parameter: ParameterTemplate,
  scope: Scope,
): void {
  const placed = placeOne(call, parameter, scope);
  if (placed.value === undefined) return;
  if (parameter.in === 'path') writePathValue(call.operation.path, placed.name, placed);
  else if (isAbsent(placed)) return;
  else if (parameter.in === 'query') writePairs(placed);
  else if (parameter.in === 'querystring') writeQueryString(placed);
  else placeHeaders(parameter.in === 'header' ? [placed] : [], parameter.in === 'cookie' ? [placed] : []);
}

function placeOne(call: Pick<RequestTemplate, 'operation'>, parameter: ParameterTemplate, scope: Scope): Placed {
  const { name, template } = parameter;
  const declared = call.operation.parameters.find((candidate) => matches(candidate, parameter));
  const value = evaluateTemplate(template, scope);
  if (template.kind !== 'text' || value === undefined) return { name, value, template, declared };
  const mediaType = declared?.mediaType ?? (parameter.in === 'querystring' ? FORM : undefined);
  if (mediaType === undefined) return { name, value, template, declared };
  // Text in the document is a template of its media type, as a payload is.
  return { name, value: evaluatePayload(template, scope, bareMediaType(mediaType)), template, declared };
}

/** No style has a form for null (RFC 6570 §2.3), and JSON has one. */
function isAbsent({ value, declared }: Placed): boolean {
  if (value !== null) return value === undefined;
  return declared?.mediaType === undefined || formatOf(bareMediaType(declared.mediaType)) !== 'json';
}

function writeSearch(querystring: readonly Placed[], query: readonly Placed[]): string {
  if (querystring.length + query.length === 0) return '';
  const parts = [...querystring.map(writeQueryString), ...query.flatMap(writePairs)];
  return parts.filter((text) => text !== '').join('&');
}

const none: ReadonlyMap<string, string> = new Map();

function toMap(values: readonly Placed[]): ReadonlyMap<string, unknown> {
  if (values.length === 0) return none;
  return new Map(values.map(({ name, value }) => [name, value]));
}

/** A value described by `content` is text of that media type; text in the document itself is it already. */
function contentOf({ value, declared, template }: Placed): unknown {
  if (declared?.mediaType === undefined || value === undefined) return value;
  const isWritten = typeof value === 'string' && (template.kind === 'text' || template.kind === 'literal');
  switch (formatOf(bareMediaType(declared.mediaType))) {
    case 'json':
      return isWritten ? value : JSON.stringify(value);
    case 'form':
      return isRecord(value) ? writeForm(value) : value;
    default:
      return toText(value);
  }
}

function writeForm(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .flatMap(([name, member]) => serializePairs(name, member))
    .join('&');
}

function writePairs(placed: Placed): readonly string[] {
  const { declared, name } = placed;
  const encode = declared?.allowReserved === true ? { encode: encodeForQuery } : {};
  return serializePairs(name, contentOf(placed), { style: declared?.style, explode: declared?.explode, ...encode });
}

/** The whole query (Arazzo 1.1.0 §Parameter Object). A form is one already; other media types are encoded. */
function writeQueryString(placed: Placed): string {
  const format = formatOf(bareMediaType(placed.declared?.mediaType ?? FORM));
  if (format !== 'form') return encodeStrictly(toText(contentOf(placed)));
  return isRecord(placed.value) ? writeForm(placed.value) : encodeForQuery(toText(placed.value).replace(/^\?/, ''));
}

const splitPaths = new WeakMap<Operation, readonly string[]>();

/**
 * The texts and the names in the path of an operation, in turn; read once for all its steps. A fragment, by which some
 * descriptions tell operations apart, is never sent.
 */
function splitPath(operation: Operation): readonly string[] {
  const parts = splitPaths.get(operation) ?? operation.path.replace(/#[^{}]*$/, '').split(/\{([^{}]+)\}/);
  splitPaths.set(operation, parts);
  return parts;
}

function fillPath(operation: Operation, values: readonly Placed[]): string {
  const parts = splitPath(operation).map((part, index) => {
    const isName = index % 2 === 1;
    const placed = isName ? values.find(({ name }) => name === part) : undefined;
    return isName ? writePathValue(operation.path, part, placed) : part;
  });
  return parts.join('');
}

function writePathValue(template: string, name: string, placed: Placed | undefined): string {
  if (placed?.value === undefined || placed.value === null) {
    throw new Refusal('value-absent', `The path parameter "${name}" of "${template}" has no value.`);
  }
  const { declared } = placed;
  const encode = declared?.allowReserved === true ? { encode: encodeForPath } : {};
  const expansion = { style: declared?.style, explode: declared?.explode, ...encode };
  const text = serializePathValue(name, contentOf(placed), expansion);
  // An empty or dotted segment would make it another path.
  if (text === '' || /^(?:\.|%2e){1,2}$/i.test(text)) {
    const message = `The path parameter "${name}" of "${template}" is ${quote(placed.value)}, which is no path segment.`;
    throw new Refusal('request-invalid', message);
  }
  return text;
}

function placeHeaders(headers: readonly Placed[], cookies: readonly Placed[]): ReadonlyMap<string, string> {
  if (headers.length + cookies.length === 0) return none;
  const lines = new Map<string, string>();
  for (const placed of headers) {
    const { name, declared } = placed;
    const text = serializeHeaderValue(contentOf(placed), { style: declared?.style, explode: declared?.explode });
    if (text !== undefined) lines.set(name.toLowerCase(), checkHeader(name, text));
  }
  const pairs = cookies.flatMap(writeCookie);
  if (pairs.length > 0) {
    lines.set('cookie', checkHeader('cookie', [lines.get('cookie') ?? [], ...pairs].flat().join('; ')));
  }
  return lines;
}

/** Cookies in the style `cookie` are not encoded, so a semicolon in one would begin another. */
function writeCookie(placed: Placed): readonly string[] {
  const pairs = writePairs(placed);
  if (!pairs.some((pair) => pair.includes(';'))) return pairs;
  const message = `The cookie "${placed.name}" is ${quote(placed.value)}, which a cookie cannot hold.`;
  throw new Refusal('request-invalid', message);
}

/** @throws Refusal when HTTP cannot carry the header. */
export function checkHeader(name: string, value: string): string {
  if (name.toLowerCase() === 'transfer-encoding') {
    // A body that is not sent as it says would end elsewhere, and the rest of it be read as another request.
    const message = `The header "${name}" has the value ${quote(value)}, and how a body is transferred is not for a step to say; leave the header out.`;
    throw new Refusal('request-invalid', message);
  }
  const isName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
  if (isName && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  const message = `The header ${quote(name)} has the value ${quote(value)}, which HTTP cannot carry.`;
  throw new Refusal('request-invalid', message);
}
