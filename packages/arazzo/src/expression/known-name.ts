import { parsePropertyPath } from './property-path.ts';

/** A name split into the longest part that is known and the property path after it. */
export interface KnownName {
  readonly name: string;
  readonly path: readonly string[];
}

/**
 * Reads a `name` of a runtime expression: the grammar lets it hold any character, so `a.b` is the value `a.b` if there is
 * one, else `b` in the value `a`. `undefined` when no known name starts it.
 */
export function splitName(text: string, known: Iterable<string>): KnownName | undefined {
  let longest: KnownName | undefined;
  for (const name of known) {
    if (name === text) return { name, path: [] };
    if (!text.startsWith(name) || (longest && longest.name.length >= name.length)) continue;
    const path = parsePropertyPath(text.slice(name.length));
    if (path !== undefined) longest = { name, path };
  }
  return longest;
}
