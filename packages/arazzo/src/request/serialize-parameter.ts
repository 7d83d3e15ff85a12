import { isRecord } from '../document/json.ts';
import { toText } from '../expression/evaluate.ts';
import { type Encode, encodeStrictly } from './percent-encode.ts';

/** How a value becomes text (OpenAPI 3.2 §Style Values). */
export interface Expansion {
  /** The default of the place when absent. */
  readonly style?: string | undefined;
  /** True by default for the styles `form` and `cookie`, false for others. */
  readonly explode?: boolean | undefined;
  readonly encode?: Encode;
}

/** What a list is joined with when it is one value. Tabs are of Swagger 2.0. */
const delimiters: ReadonlyMap<string, string> = new Map([
  ['spaceDelimited', '%20'],
  ['pipeDelimited', '%7C'],
  ['tabDelimited', '%09'],
]);

/** Objects in objects below this depth are written as JSON. */
const MAX_DEEP_OBJECT_DEPTH = 16;

/** Writes a path value in the style `simple`, `label` or `matrix`. An absent list or object gives no text. */
export function serializePathValue(name: string, value: unknown, expansion: Expansion = {}): string {
  const { style = 'simple', explode = false, encode = encodeStrictly } = expansion;
  if (style === 'label') return prefixed('.', pieces(value, encode, explode), explode ? '.' : ',');
  if (style === 'matrix') return serializeMatrix(encodeStrictly(name), value, explode, encode);
  return pieces(value, encode, explode).join(delimiters.get(style) ?? ',');
}

function serializeMatrix(key: string, value: unknown, explode: boolean, encode: Encode): string {
  if (!isComposite(value)) return `;${key}${toText(value) === '' ? '' : `=${encode(toText(value))}`}`;
  const parts = pieces(value, encode, explode);
  if (!explode) return parts.length === 0 ? '' : `;${key}=${parts.join(',')}`;
  return prefixed(';', isRecord(value) ? parts : parts.map((part) => `${key}=${part}`), ';');
}

function prefixed(prefix: string, parts: readonly string[], separator: string): string {
  return parts.length === 0 ? '' : `${prefix}${parts.join(separator)}`;
}

/** Writes a header value in the style `simple`, not encoded; `undefined` for null and for an empty list or object. */
export function serializeHeaderValue(value: unknown, expansion: Expansion = {}): string | undefined {
  const delimiter = delimiters.get(expansion.style ?? '');
  const parts = pieces(value, asItIs, expansion.explode ?? false);
  return parts.length === 0 ? undefined : parts.join(delimiter ? decodeURIComponent(delimiter) : ',');
}

/**
 * Writes a query or cookie parameter, or a form field, as pairs. Null and an empty list or object give none; a style that is
 * for lists or objects writes other values as `form` does.
 */
export function serializePairs(name: string, value: unknown, expansion: Expansion = {}): readonly string[] {
  const { style = 'form', encode = style === 'cookie' ? asItIs : encodeStrictly } = expansion;
  const explode = expansion.explode ?? (style === 'form' || style === 'cookie');
  const key = style === 'cookie' ? name : encodeStrictly(name);
  if (value === null) return [];
  if (!isComposite(value)) return [`${key}=${encode(toText(value))}`];
  if (style === 'deepObject') return deepPairs(key, value, encode, 0);
  const parts = pieces(value, encode, explode);
  if (parts.length === 0) return [];
  if (!explode) return [`${key}=${parts.join(delimiters.get(style) ?? ',')}`];
  return isRecord(value) ? parts : parts.map((part) => `${key}=${part}`);
}

const asItIs: Encode = (text) => text;

/** Members in brackets after the name. Lists, which OpenAPI leaves open here, repeat it. */
function deepPairs(key: string, value: unknown, encode: Encode, depth: number): readonly string[] {
  if (value === null) return [];
  if (!isComposite(value) || depth >= MAX_DEEP_OBJECT_DEPTH) return [`${key}=${encode(toText(value))}`];
  const members = isRecord(value)
    ? Object.entries(value).map(([name, member]) => [`${key}%5B${encodeStrictly(name)}%5D`, member] as const)
    : value.map((item) => [key, item] as const);
  return members.flatMap(([name, member]) => deepPairs(name, member, encode, depth + 1));
}

function isComposite(value: unknown): value is readonly unknown[] | Readonly<Record<string, unknown>> {
  return Array.isArray(value) || isRecord(value);
}

/**
 * The parts that a separator joins: items, or members as names and values in turn or, exploded, joined by `=`. What is null
 * is undefined, and so no part (RFC 6570 §2.3, OpenAPI 3.2 §Style Examples).
 */
function pieces(value: unknown, encode: Encode, explode: boolean): readonly string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => (item === null ? [] : encode(toText(item))));
  if (!isRecord(value)) return [encode(toText(value))];
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === null) return [];
    const pair = [encode(name), encode(toText(item))];
    return explode ? pair.join('=') : pair;
  });
}
