const tokenPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether a text is a token, as names of headers and subprotocols must be: RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

/** A header carries bytes: text is sent in UTF-8, and control characters, which could end the header, become spaces. */
export function toHeaderValue(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return Buffer.from(value.replace(/[\x00-\x1f\x7f]/g, ' '), 'utf8').toString('latin1');
}
