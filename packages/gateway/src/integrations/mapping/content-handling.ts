import { isUtf8 } from 'node:buffer';

const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * What `CONVERT_TO_BINARY` makes of a text: the bytes that it spells in Base64, blanks aside; `undefined` when it is not in
 * Base64.
 */
export function convertToBinary(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '');
  const length = compact.replace(/=+$/, '').length;
  if (!base64Pattern.test(compact) || length % 4 === 1) return undefined;
  return Buffer.from(compact, 'base64');
}

/**
 * What `CONVERT_TO_TEXT` makes of a body: Base64 of one that is binary. A WebSocket API declares no binary media types, so
 * a body is binary when it is not UTF-8; a text stays as it is.
 */
export function convertToText(body: Uint8Array): Uint8Array {
  return isUtf8(body) ? body : Buffer.from(Buffer.from(body).toString('base64'), 'latin1');
}
