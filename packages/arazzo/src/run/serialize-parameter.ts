import { isRecord } from '../document/json.ts';
import { toText } from '../expression/evaluate.ts';

/** Writes a path value in the style `simple` (OpenAPI 3.1 §Style Values), percent-encoded. */
export function serializePathValue(value: unknown, explode: boolean): string {
  return simple(value, explode, encodeStrictly);
}

/** Writes a header value in the style `simple`. */
export function serializeHeaderValue(value: unknown, explode: boolean): string {
  return simple(value, explode, (text) => text);
}

/** Writes a query or cookie parameter in the style `form` as pairs, percent-encoded. An empty list or object gives none. */
export function serializeForm(name: string, value: unknown, explode: boolean): readonly string[] {
  const key = encodeStrictly(name);
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    const items = value.map((item) => encodeStrictly(toText(item)));
    return explode ? items.map((item) => `${key}=${item}`) : [`${key}=${items.join(',')}`];
  }
  if (!isRecord(value)) return [`${key}=${encodeStrictly(toText(value))}`];
  const members = Object.entries(value).map(
    ([member, item]) => [encodeStrictly(member), encodeStrictly(toText(item))] as const,
  );
  if (members.length === 0) return [];
  if (explode) return members.map(([member, item]) => `${member}=${item}`);
  return [`${key}=${members.flat().join(',')}`];
}

function simple(value: unknown, explode: boolean, encode: (text: string) => string): string {
  if (Array.isArray(value)) return value.map((item) => encode(toText(item))).join(',');
  if (!isRecord(value)) return encode(toText(value));
  const separator = explode ? '=' : ',';
  return Object.entries(value)
    .map(([name, item]) => `${encode(name)}${separator}${encode(toText(item))}`)
    .join(',');
}

/** Leaves only the unreserved characters of RFC 3986 §2.3; lone surrogates, which UTF-8 cannot carry, become U+FFFD. */
export function encodeStrictly(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
