import { compilePattern } from '../../../query/compile-pattern.ts';
import { QueryError } from '../../../query/query.ts';
import { withinTimeLimit } from '../../../query/time-limit.ts';

/** Milliseconds that one look for a pattern may take. */
const MAX_MILLISECONDS = 500;

/** Patterns that took too long for some text, and so may for each of the many names of a description. */
const slow = new Set<string>();

/** Whether a pattern is found in a text; `undefined` where it is no regular expression, or took too long once. */
export function matchesPattern(source: string, text: string): boolean | undefined {
  const pattern = compilePattern(source);
  if (typeof pattern === 'string' || slow.has(source)) return undefined;
  try {
    return withinTimeLimit(() => pattern.test(text), MAX_MILLISECONDS);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    slow.add(source);
    return undefined;
  }
}
