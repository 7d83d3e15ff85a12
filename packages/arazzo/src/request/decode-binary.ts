/**
 * The bytes that text stands for, since JSON and YAML hold none: those of a `data:` URL (RFC 2397) or of base64; other
 * text is UTF-8. Where there is a `contentEncoding`, the API itself wants encoded text (OpenAPI 3.1 §Working With Binary
 * Data), so it stays as it is.
 */
export function decodeBinary(text: string, contentEncoding: string | undefined): Uint8Array {
  if (contentEncoding !== undefined) return Buffer.from(text);
  const url = /^data:[^,]*?(;base64)?,(.*)$/is.exec(text);
  if (url !== null) return url[1] === undefined ? decodePercents(url[2] ?? '') : Buffer.from(url[2] ?? '', 'base64');
  return isBase64(text) ? Buffer.from(text, 'base64') : Buffer.from(text);
}

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
