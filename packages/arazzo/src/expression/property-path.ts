import { childOf } from '../document/pointer.ts';

/**
 * Reads `.name`, `[0]`, `[name]` and `['name']`, as often as they follow each other, into the names they step through.
 * `undefined` when the text is anything else.
 */
export function parsePropertyPath(text: string): readonly string[] | undefined {
  const path: string[] = [];
  const segment = /\.([A-Za-z0-9_$@-]+)|\[(?:'([^']*)'|"([^"]*)"|([A-Za-z0-9_-]+))\]/y;
  while (segment.lastIndex < text.length) {
    const match = segment.exec(text);
    if (match === null) return undefined;
    path.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  }
  return path;
}

/** The value a property path leads to, or `undefined`. `length` of a list without such a member is its size. */
export function followPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (name === 'length' && Array.isArray(current)) current = current.length;
    else current = childOf(current, name);
    if (current === undefined) return undefined;
  }
  return current;
}
