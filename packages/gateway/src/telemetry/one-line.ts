// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with control characters as escapes of JSON: it stays on its line, and does not steer the terminal that shows it. */
export function toOneLine(text: string): string {
  return text.replaceAll(
    controls,
    (found) => short[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
