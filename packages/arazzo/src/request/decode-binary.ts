/** What the text of a binary value is: a `data:` URL (RFC 2397), base64, or the text that is meant. */
export type BinaryNotation = 'data URL' | 'base64' | 'text';

/**
 * How text stands for bytes, since JSON and YAML hold none. Where there is a `contentEncoding`, the API itself wants encoded
 * text (OpenAPI 3.1 §Working With Binary Data), so it stays as it is.
 */
export function notationOf(text: string, contentEncoding: string | undefined): BinaryNotation {
  if (contentEncoding !== undefined) return 'text';
  if (dataUrl.test(text)) return 'data URL';
  return isBase64(text) ? 'base64' : 'text';
}

/** The bytes that text stands for; text that is meant is UTF-8. */
export function decodeBinary(text: string, contentEncoding: string | undefined): Uint8Array {
  switch (notationOf(text, contentEncoding)) {
    case 'data URL': {
      const [, base64, data = ''] = dataUrl.exec(text) ?? [];
      return base64 === undefined ? decodePercents(data) : Buffer.from(data, 'base64');
    }
    case 'base64':
      return Buffer.from(text, 'base64');
    case 'text':
      return Buffer.from(text);
  }
}

const dataUrl = /^data:[^,]*?(;base64)?,(.*)$/is;

/** Only what is padded and complete counts, so that few texts are taken for it. */
function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function decodePercents(text: string): Uint8Array {
  // Split by a capturing group, every second piece is an escape.
  const pieces = text.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 1 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece))),
  );
}
