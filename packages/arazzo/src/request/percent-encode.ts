/** Turns text into what may stand in a URL. */
export type Encode = (text: string) => string;

/** Leaves only the unreserved characters of RFC 3986 §2.3; lone surrogates, which UTF-8 cannot carry, become U+FFFD. */
export const encodeStrictly: Encode = (text) => {
  // Ids and numbers, as most values are, stay as they are.
  if (/^[\w.~-]*$/.test(text)) return text;
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
};

/**
 * Leaves reserved characters too, and what is percent-encoded already (`allowReserved`, OpenAPI 3.2 §Parameter Object), as
 * far as a query can hold them: `#`, `[` and `]` are encoded.
 */
export const encodeForQuery: Encode = (text) => encodeExcept(text, /(%[0-9A-Fa-f]{2}|[:/?@!$&'()*+,;=]+)/);

/** The same for one segment of a path, which `/` and `?` would end. */
export const encodeForPath: Encode = (text) => encodeExcept(text, /(%[0-9A-Fa-f]{2}|[:@!$&'()*+,;=]+)/);

function encodeExcept(text: string, kept: RegExp): string {
  // Split by a capturing group, every second piece is one that stays.
  return text
    .split(kept)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeStrictly(piece)))
    .join('');
}
