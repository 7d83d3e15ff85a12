import { compilePattern } from '../../../query/compile-pattern.ts';
import { QueryError } from '../../../query/query.ts';
import { withinTimeLimit } from '../../../query/time-limit.ts';

/** Milliseconds that one look for patterns may take. */
const MAX_MILLISECONDS = 500;

/** Patterns that took too long for some text, and so may for each of the many names of a description. */
const slow = new Set<string>();

/** Whether a pattern is found in a text; `undefined` where it is no regular expression, or took too long once. */
export function matchesPattern(source: string, text: string): boolean | undefined {
  const { found, unknown } = lookFor([source], text);
  return unknown.includes(source) ? undefined : found.includes(source);
}

/** Those patterns that are found in a text, without those of which it is not known. */
export function patternsFoundIn(text: string, sources: readonly string[]): readonly string[] {
  return lookFor(sources, text).found;
}

interface Looked {
  readonly found: readonly string[];
  /** What is no regular expression, or took too long. */
  readonly unknown: readonly string[];
}

/** All together, since each limit of time costs as much as many patterns. */
function lookFor(sources: readonly string[], text: string): Looked {
  const found: string[] = [];
  const unknown: string[] = [];
  const waiting = [...sources];
  const lookForAll = (): void => {
    for (let [source] = waiting; source !== undefined; [source] = waiting) {
      const pattern = slow.has(source) ? undefined : compilePattern(source);
      if (pattern === undefined || typeof pattern === 'string') unknown.push(source);
      else if (pattern.test(text)) found.push(source);
      waiting.shift();
    }
  };
  while (waiting.length > 0) {
    try {
      withinTimeLimit(lookForAll, MAX_MILLISECONDS);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const [interrupted] = waiting;
      if (interrupted !== undefined) slow.add(interrupted);
    }
  }
  return { found, unknown };
}
