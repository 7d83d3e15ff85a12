import { Refusal } from './refusal.ts';

interface Charset {
  readonly encoding: BufferEncoding;
  /** The last code unit it has. */
  readonly last: number;
}

const charsets: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', { encoding: 'utf8', last: 0xffff }],
  ['utf8', { encoding: 'utf8', last: 0xffff }],
  ['utf-16le', { encoding: 'utf16le', last: 0xffff }],
  ['iso-8859-1', { encoding: 'latin1', last: 0xff }],
  ['latin1', { encoding: 'latin1', last: 0xff }],
  ['us-ascii', { encoding: 'latin1', last: 0x7f }],
]);

/**
 * Encodes a body as the charset of its content type says, UTF-8 when it says nothing.
 *
 * @throws Refusal when the charset is unknown, or has no such character.
 */
export function encodeText(text: string, contentType: string): string | Uint8Array {
  const name = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();
  if (name === undefined) return text;
  const charset = charsets.get(name);
  if (charset === undefined) {
    const message = `The charset "${name}" of the body is not known; one of ${[...charsets.keys()].join(', ')} was expected.`;
    throw new Refusal('request-invalid', message);
  }
  if (charset.encoding === 'utf8') return text;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) <= charset.last) continue;
    const message = `The body holds "${String.fromCodePoint(text.codePointAt(index) ?? 0)}", which the charset "${name}" has not.`;
    throw new Refusal('request-invalid', message);
  }
  return Buffer.from(text, charset.encoding);
}
