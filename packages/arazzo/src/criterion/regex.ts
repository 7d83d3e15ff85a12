import { quote } from '../document/json.ts';
import { toText } from '../expression/evaluate.ts';
import { compilePattern } from '../query/compile-pattern.ts';
import { withinTimeLimit } from '../query/time-limit.ts';
import type { CompileResult, CriterionNote, WrittenExpression } from './criterion.ts';
import { compileMatching, type Matcher } from './matching.ts';

/**
 * Compiles a `regex` criterion: the pattern (ECMA-262, by Unicode rules where it fits them) must be found in the text of
 * the context. A match that backtracks too long is stopped and fails.
 */
export function compileRegex(condition: string, context: WrittenExpression | undefined): CompileResult {
  return compileMatching({ name: 'regex', compile, note }, condition, context);
}

function compile(source: string): Matcher {
  const pattern = compilePattern(source);
  if (typeof pattern === 'string') {
    const hint = /\(\?[a-z]+\)/i.test(source) ? '; ECMA-262 has no flags such as "(?i)" within an expression' : '';
    return { kind: 'invalid', message: `The condition ${quote(source)} is no regular expression: ${pattern}${hint}.` };
  }
  return { kind: 'compiled', matches: (context) => withinTimeLimit(() => pattern.test(toText(context))) };
}

/** Tells of what other dialects have and ECMA-262 takes for something else, so that it never matches. */
function note(source: string): readonly CriterionNote[] {
  const start = `The condition ${quote(source)}`;
  const notes: CriterionNote[] = [];
  if (/^\/\^|(?<!\\)\$\/[a-z]*$/.test(source)) {
    notes.push({
      message: `${start} has slashes around the expression, which belong to it, so that it matches nothing; leave them out.`,
    });
  }
  const anchor = /(?<!\\)(?:\\\\)*(\\[AZz])/.exec(source)?.[1];
  if (anchor !== undefined) {
    notes.push({
      message: `${start} has "${anchor}", which is the letter "${anchor[1]}" in ECMA-262; "^" and "$" are the start and end.`,
    });
  }
  return notes;
}
