import { readJson } from './json-value.ts';
import { boundText, type Rendering, RenderingError, spend } from './rendering.ts';
import type { HostMethod, Value } from './value.ts';

/** The methods of `$util`. Each takes one text; a call with anything else is left as text in the template. */
export const utilityMethods: ReadonlyMap<string, HostMethod> = new Map<string, HostMethod>([
  ['base64Decode', taking((text) => Buffer.from(checkBase64(text), 'base64').toString('utf8'))],
  ['base64Encode', taking((text) => Buffer.from(text, 'utf8').toString('base64'))],
  ['escapeJavaScript', taking(escapeJavaScript)],
  ['parseJson', parseJson],
  ['urlDecode', taking(decodeUrl)],
  ['urlEncode', taking(encodeUrl)],
]);

function taking(convert: (text: string) => string): HostMethod {
  return ([text], rendering: Rendering) => (typeof text === 'string' ? boundText(rendering, convert(text)) : undefined);
}

function parseJson([text]: readonly Value[], rendering: Rendering): Value | undefined {
  if (typeof text !== 'string') return undefined;
  spend(rendering, text.length >> 1);
  const value = readJson(text);
  if (value === undefined) throw new RenderingError('"$util.parseJson" was given a text that is no JSON.');
  return value;
}

function checkBase64(text: string): string {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1) return text;
  throw new RenderingError('"$util.base64Decode" was given a text that is not in Base64.');
}

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

/** As `StringEscapeUtils.escapeJavaScript` of Apache Commons Lang: both quotes, slashes, and what is not printable ASCII. */
function escapeJavaScript(text: string): string {
  return text
    .replace(/['"\\/]/g, '\\$&')
    .replace(/[^\x20-\x7f]/g, (unit) => namedEscapes.get(unit) ?? `\\u${hexadecimal(unit.charCodeAt(0), 4)}`);
}

/** As `java.net.URLEncoder`: forms' encoding, in UTF-8. */
function encodeUrl(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return bytes.replace(/[^A-Za-z0-9.*_ -]/g, (byte) => `%${hexadecimal(byte.charCodeAt(0), 2)}`).replaceAll(' ', '+');
}

/** As `java.net.URLDecoder`; bytes that are no UTF-8 become U+FFFD. */
function decodeUrl(text: string): string {
  const plain = text.replaceAll('+', ' ');
  if (/%(?![0-9a-fA-F]{2})/.test(plain)) {
    throw new RenderingError('"$util.urlDecode" was given a "%" that two hexadecimal digits do not follow.');
  }
  return plain.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function hexadecimal(value: number, length: number): string {
  return value.toString(16).toUpperCase().padStart(length, '0');
}
