import { createContext, Script } from 'node:vm';
import { maxPatternLength } from './bounds.ts';
import type { TranslatedPattern } from './java-pattern.ts';
import { RenderingError } from './rendering.ts';

export interface PatternMatch {
  readonly index: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  readonly names: Readonly<Record<string, string | undefined>>;
}

/** How long regular expressions may still run; a search takes its time off. */
export interface PatternBudget {
  regexMilliseconds: number;
}

/** Characters that mean nothing but themselves, or one character of a class: such a pattern takes linear time. */
const plainPattern = /^\^?(?:\(\?:)?(?:[^\\^$.|?*+()[\]{}]|\\[^\w]|\\[dDwWsSnrt]|\.|\[[^\][\\^]+\])*\)?\$?$/;

/**
 * The first matches of a pattern in a text, at most `limit`.
 *
 * @throws RenderingError for a pattern that is not valid, and when the time of `budget` is used up.
 */
export function searchText(
  { source, flags }: TranslatedPattern,
  text: string,
  limit: number,
  budget: PatternBudget,
): readonly PatternMatch[] {
  if (source.length > maxPatternLength) throw new RenderingError('The regular expression is too long.');
  try {
    return plainPattern.test(source)
      ? matchAll(new RegExp(source, `g${flags}`), text, limit)
      : searchWithinTime({ source, flags: `g${flags}` }, text, limit, budget);
  } catch (error) {
    const isSlow = (error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const reason = isSlow ? 'takes too long' : 'is not valid, or not available here';
    throw new RenderingError(`The regular expression ${reason}.`);
  }
}

function matchAll(expression: RegExp, text: string, limit: number): readonly PatternMatch[] {
  const matches: PatternMatch[] = [];
  for (const match of text.matchAll(expression)) {
    if (matches.length >= limit) break;
    matches.push({ index: match.index, text: match[0], groups: [...match], names: match.groups ?? {} });
  }
  return matches;
}

/** The only code that is run there; pattern and text come as values. */
const search = new Script(
  'JSON.stringify(Array.from(text.matchAll(new RegExp(source, flags)), (match) => ({ index: match.index, text: match[0], groups: match.map((group) => group ?? null), names: match.groups ?? {} })).slice(0, limit))',
);
const sandbox = { source: '', flags: '', text: '', limit: 0 };
let isContext = false;

/** Backtracking can take for ever: it runs where it can be ended. */
function searchWithinTime(
  { source, flags }: TranslatedPattern,
  text: string,
  limit: number,
  budget: PatternBudget,
): readonly PatternMatch[] {
  if (!isContext) createContext(sandbox, { codeGeneration: { strings: false, wasm: false } });
  isContext = true;
  Object.assign(sandbox, { source, flags, text, limit });
  const start = performance.now();
  try {
    // At least 1 ms, the least that can be asked for.
    const timeout = Math.max(1, Math.ceil(budget.regexMilliseconds));
    return JSON.parse(String(search.runInContext(sandbox, { timeout }))) as readonly PatternMatch[];
  } finally {
    budget.regexMilliseconds -= performance.now() - start;
    sandbox.text = '';
  }
}
