import { withinTimeLimit } from '../../model/time-limit.ts';
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
  pattern: TranslatedPattern,
  text: string,
  limit: number,
  budget: PatternBudget,
): readonly PatternMatch[] {
  const expression = compilePattern(pattern);
  if (plainPattern.test(pattern.source)) return matchAll(expression, text, limit);
  return searchWithinTime(expression, text, limit, budget);
}

/** @throws RenderingError for a pattern that is not valid. */
export function compilePattern({ source, flags }: TranslatedPattern): RegExp {
  if (source.length > maxPatternLength) throw new RenderingError('The regular expression is too long.');
  try {
    return new RegExp(source, `g${flags}`);
  } catch {
    throw new RenderingError('The regular expression is not valid, or not available here.');
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

/** Backtracking can take for ever: it runs where it can be ended. */
function searchWithinTime(
  expression: RegExp,
  text: string,
  limit: number,
  budget: PatternBudget,
): readonly PatternMatch[] {
  const start = performance.now();
  // At least 1 ms, the least that can be asked for.
  const milliseconds = Math.max(1, Math.ceil(budget.regexMilliseconds));
  const limited = withinTimeLimit(milliseconds, () => matchAll(expression, text, limit));
  budget.regexMilliseconds -= performance.now() - start;
  if (limited.kind === 'done') return limited.value;
  throw new RenderingError('The regular expression takes too long.');
}
