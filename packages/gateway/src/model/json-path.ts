/** A path into a JSON value: member names and array indexes, from the root. */
export type JsonPath = readonly (string | number)[];

export type ParsedJsonPath =
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'invalid'; readonly message: string };

/** A path is written by people; longer ones are mistakes, and the bound keeps evaluation short. */
const maxSteps = 64;

/** One step at a time: `.name`, `[0]`, `['name']` or `["name"]`. */
const stepPattern = /\.([^.[\]'"\s]+)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * Parses the part of a JSONPath that follows its root: `.action`, `.a.b`, `.items[0].type`, `['a b']`. The empty text is
 * the root itself. These are the definite paths: wildcards, slices, filters and `..` are not taken, since a selection
 * expression needs one value.
 */
export function parseJsonPath(text: string): ParsedJsonPath {
  const path: (string | number)[] = [];
  let position = 0;
  while (position < text.length) {
    stepPattern.lastIndex = position;
    const match = stepPattern.exec(text);
    if (!match) return invalid(text, `a member (".name") or an index ("[0]") is expected at "${text.slice(position)}"`);
    if (path.length === maxSteps) return invalid(text, `at most ${maxSteps} steps are allowed`);
    const [step, name, index, single, double] = match;
    path.push(index === undefined ? (name ?? unescapeQuoted(single ?? double ?? '')) : Number(index));
    position += step.length;
  }
  return { kind: 'path', path };
}

/** The value that `path` leads to; `undefined` when there is none. Only members of the value itself are seen. */
export function readJsonPath(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (Array.isArray(current) !== (typeof step === 'number')) return undefined;
    if (!Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

function unescapeQuoted(text: string): string {
  return text.replace(/\\(.)/gu, '$1');
}

function invalid(text: string, reason: string): ParsedJsonPath {
  return { kind: 'invalid', message: `The path "${text}" is not valid: ${reason}.` };
}
