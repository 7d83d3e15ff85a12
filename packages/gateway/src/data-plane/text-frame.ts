import { isUtf8 } from 'node:buffer';

/** The bytes of a text message: as they are when they are UTF-8, otherwise with U+FFFD where they are not. */
export function toTextFrame(bytes: Uint8Array): Uint8Array {
  return isUtf8(bytes) ? bytes : Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), 'utf8');
}
