import { endOfString, skipSpace } from './scan-json.ts';

/** What the text of a file may hold at most to be read here. */
export interface JsonLimits {
  readonly depth: number;
  readonly values: number;
}

/**
 * Reads the value of a JSON text (RFC 8259), the same as the reader of YAML reads in it, in a fraction of the time and
 * without the places in it. `undefined` for everything that needs a closer look: text that is not JSON, or that YAML has
 * something to say about, such as a key that is given twice.
 */
export function readJson(text: string, limits: JsonLimits): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const census = { values: 0, keys: 0 };
  // Of two keys that are the same only one is in the value.
  return isWithin(value, 1, limits, census) && census.keys === countKeys(text) ? { value } : undefined;
}

/** What a value holds, as far as it was looked through. */
interface Census {
  values: number;
  keys: number;
}

function isWithin(value: unknown, depth: number, limits: JsonLimits, census: Census): boolean {
  census.values += 1;
  if (depth >= limits.depth || census.values > limits.values) return false;
  // Numbers beyond the range of a number are text to YAML.
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isWithin(item, depth + 1, limits, census));
  const members = Object.values(value);
  census.keys += members.length;
  return members.every((member) => isWithin(member, depth + 1, limits, census));
}

const colon = 58;

/** How many keys are written in a JSON text: the strings that a colon follows. */
function countKeys(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    const after = skipSpace(text, endOfString(text, start));
    if (text.charCodeAt(after) === colon) count += 1;
    start = text.indexOf('"', after);
  }
  return count;
}
