import { quote } from '../document/json.ts';
import { evaluateExpression, toText } from '../expression/evaluate.ts';
import type { CompileResult, WrittenExpression } from './criterion.ts';

/** Longer values are not matched, so that a response cannot keep a backtracking pattern busy for long. */
export const MAX_MATCHED_LENGTH: number = 64 * 1024;

/** Compiles a `regex` criterion: the pattern (ECMA-262, by Unicode rules where it fits them) must be found in the text of the context. */
export function compileRegex(condition: string, context: WrittenExpression | undefined): CompileResult {
  if (context === undefined) return { kind: 'invalid', message: 'A regex criterion needs a "context".' };
  if (condition.includes('{$')) {
    return { kind: 'unsupported', message: 'Expressions embedded in a regex condition are not supported yet.' };
  }
  // Unicode rules refuse needless escapes such as `\_`, which published patterns have.
  const pattern = compilePattern(condition, 'u') ?? compilePattern(condition, '');
  if (pattern === undefined) {
    return { kind: 'invalid', message: `The condition ${quote(condition)} is no regular expression.` };
  }
  const test = (scope: Parameters<typeof evaluateExpression>[1]) => {
    const actual = evaluateExpression(context.expression, scope) ?? null;
    const text = toText(actual);
    if (text.length <= MAX_MATCHED_LENGTH && actual !== null && pattern.test(text)) {
      return { kind: 'satisfied' } as const;
    }
    const reason = text.length > MAX_MATCHED_LENGTH ? `longer than ${MAX_MATCHED_LENGTH} characters` : quote(actual);
    const message = `The criterion /${condition}/ is not satisfied: ${quote(context.text)} is ${reason}.`;
    return { kind: 'unsatisfied', message, expected: `/${condition}/`, actual } as const;
  };
  return { kind: 'compiled', criterion: { text: condition, expressions: [context], notes: [], test } };
}

function compilePattern(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
