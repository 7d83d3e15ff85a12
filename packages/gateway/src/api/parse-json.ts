/** More would be an attack: the deepest structure of the model is nested six times. */
export const maximumJsonDepth = 100;

export type JsonResult =
  | { readonly kind: 'parsed'; readonly value: unknown }
  /** Says what is wrong, as the end of a sentence that begins with "The request body". */
  | { readonly kind: 'refused'; readonly reason: string };

/** Parses JSON text that comes from outside. Of members of one name the last counts, as in every JSON parser in use. */
export function parseJson(text: string): JsonResult {
  if (exceedsDepth(text)) return { kind: 'refused', reason: `is nested more than ${maximumJsonDepth} times.` };
  try {
    return { kind: 'parsed', value: JSON.parse(text) };
  } catch {
    return { kind: 'refused', reason: 'is not valid JSON.' };
  }
}

/** Counts brackets outside strings, in one pass: the text is not yet known to be JSON. */
function exceedsDepth(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length && depth <= maximumJsonDepth; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
  }
  return depth > maximumJsonDepth;
}

/** The index of the quote that ends the string that begins at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
