/**
 * Compiles a regular expression (ECMA-262) by Unicode rules where it fits them, else without, or says what is wrong with
 * it, as the end of a sentence.
 */
export function compilePattern(source: string): RegExp | string {
  // Unicode rules refuse needless escapes such as `\_`, which published patterns have.
  const unicode = compile(source, 'u');
  return typeof unicode === 'string' ? compile(source, '') : unicode;
}

function compile(source: string, flags: string): RegExp | string {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.slice(message.lastIndexOf(': ') + 2);
  }
}
