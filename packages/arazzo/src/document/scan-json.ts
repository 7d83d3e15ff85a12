const backslash = 92;

/** The offset after the quote that ends a string of JSON, which begins with the quote at `start`. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let unescaped = end;
    while (text.charCodeAt(unescaped - 1) === backslash) unescaped -= 1;
    // Of an odd number of backslashes the last one is the quote's.
    if ((end - unescaped) % 2 === 0) return end + 1;
  }
}

/** The offset of the first character at or after `start` that is not white space of JSON (RFC 8259 §2). */
export function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const found = text.charCodeAt(at);
    if (found !== 32 && found !== 10 && found !== 13 && found !== 9) return at;
    at += 1;
  }
}
