import { quote } from '../document/json.ts';
import { type EmbeddedExpression, splitEmbedded } from '../expression/embedded.ts';
import { evaluateExpression, evaluateText } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import { QueryError, type QueryResult } from '../query/query.ts';
import type { CompileResult, CriterionNote, CriterionResult, WrittenExpression } from './criterion.ts';

/** A condition, its embedded values in place, ready to be matched with a context. `matches` throws `QueryError`. */
export type Matcher =
  | { readonly kind: 'compiled'; readonly matches: (context: unknown) => boolean; readonly place?: readonly string[] }
  | Exclude<CompileResult, { kind: 'compiled' }>;

/** A type of criterion that matches its condition with its context. */
export interface MatchingType {
  /** As messages name it, such as `regex`. */
  readonly name: string;
  readonly compile: (text: string) => Matcher;
  /** What a reader of the condition may have meant otherwise, one sentence each. */
  readonly note?: (text: string) => readonly CriterionNote[];
  /** Why a context that is there cannot match, as the end of a sentence that says what it is; empty when it could. */
  readonly excuse?: (context: unknown) => string;
}

/**
 * Compiles a criterion of such a type: ahead when the condition embeds no expression, else each time it is tested (Arazzo
 * 1.1.0 §Runtime Expressions in Conditions). It fails where the context is `null` or absent, where an embedded expression
 * has no value, and where it cannot be evaluated, and says so (§Evaluation Errors).
 */
export function compileMatching(
  type: MatchingType,
  condition: string,
  context: WrittenExpression | undefined,
): CompileResult {
  if (context === undefined) return { kind: 'invalid', message: `A ${type.name} criterion needs a "context".` };
  const parts = splitEmbedded(condition, { propertyPaths: true });
  const embedded = parts.filter((part): part is EmbeddedExpression => typeof part !== 'string');
  const fixed = embedded.length === 0 ? type.compile(condition) : undefined;
  if (fixed !== undefined && fixed.kind !== 'compiled') return fixed;
  const test = (scope: Scope): CriterionResult => {
    const text = evaluateText(parts, scope);
    const actual = evaluateExpression(context.expression, scope) ?? null;
    const problem = text === undefined ? findAbsent(embedded, scope) : match(type, fixed ?? type.compile(text), actual);
    if (problem === undefined) return { kind: 'satisfied' };
    const message = `The ${type.name} criterion ${quote(text ?? condition)} is not satisfied: ${quote(context.text)} is ${quote(actual)}${problem}.`;
    return { kind: 'unsatisfied', message, expected: `${type.name} ${text ?? condition}`, actual };
  };
  const { place } = fixed ?? {};
  const expressions = [context, ...embedded];
  const notes = type.note?.(condition) ?? [];
  return { kind: 'compiled', criterion: { text: condition, expressions, ...(place && { place }), notes, test } };
}

/** A query as a condition. */
export function matcherOf(result: QueryResult): Matcher {
  if (result.kind !== 'compiled') return result;
  const { test, place } = result.query;
  return { kind: 'compiled', matches: test, ...(place && { place }) };
}

/** Why a value does not match, as the end of a sentence that says what it is; `undefined` when it does. */
function match({ excuse }: MatchingType, matcher: Matcher, actual: unknown): string | undefined {
  if (actual === null) return '';
  if (matcher.kind !== 'compiled') return `, and the condition cannot be read: ${matcher.message.replace(/\.$/, '')}`;
  try {
    return matcher.matches(actual) ? undefined : (excuse?.(actual) ?? '');
  } catch (error) {
    if (error instanceof QueryError) return `, and the condition cannot be evaluated: ${error.message}`;
    throw error;
  }
}

function findAbsent(embedded: readonly EmbeddedExpression[], scope: Scope): string {
  const absent = embedded.find(({ expression }) => evaluateExpression(expression, scope) === undefined);
  return `, and ${quote(absent?.text)} in the condition has no value`;
}
