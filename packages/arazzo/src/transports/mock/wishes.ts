import type { CompiledCriterion } from '../../criterion/criterion.ts';
import type { Condition } from '../../criterion/parse-condition.ts';
import type { ComparisonOperator } from '../../criterion/tokenize.ts';
import { evaluateExpression, evaluateText } from '../../expression/evaluate.ts';
import type { Expression } from '../../expression/expression.ts';
import { followPath } from '../../expression/property-path.ts';
import type { Scope } from '../../expression/scope.ts';

/** What a criterion wants of an answer, as far as it says so plainly. */
export type Wish =
  | { readonly kind: 'status'; readonly operator: ComparisonOperator; readonly value: number }
  | {
      readonly kind: 'header';
      /** In lower case. */
      readonly name: string;
      readonly operator: ComparisonOperator;
      readonly value: unknown;
    }
  | {
      readonly kind: 'body';
      readonly path: readonly string[];
      readonly operator: ComparisonOperator;
      readonly value: unknown;
    };

/**
 * Reads the wishes out of simple conditions, and comparisons that are read as such: of `&&` both sides, of `||` the left one.
 * A pattern of plain words is a wish for the first. `scope` has the values that parts of the answer are compared with. What is
 * said in other ways is left to chance: the criteria themselves judge the answer.
 */
export function readWishes(criteria: readonly CompiledCriterion[], scope: Scope): readonly Wish[] {
  return criteria.flatMap((criterion) =>
    criterion.condition === undefined ? wishesOfPattern(criterion) : wishesOf(criterion.condition, scope),
  );
}

function wishesOf(condition: Condition, scope: Scope): readonly Wish[] {
  switch (condition.kind) {
    case 'and':
      return [...wishesOf(condition.left, scope), ...wishesOf(condition.right, scope)];
    case 'or':
      return wishesOf(condition.left, scope);
    case 'not':
      return condition.operand.kind === 'operand' ? wishFor(condition.operand, '==', false) : [];
    case 'operand':
      return wishFor(condition, '==', true);
    case 'comparison': {
      const { left, right, operator } = condition;
      const [first, second] = [knownValue(left, scope), knownValue(right, scope)];
      if (left.kind === 'operand' && second !== undefined) return wishFor(left, operator, second);
      return right.kind === 'operand' && first !== undefined ? wishFor(right, mirror(operator), first) : [];
    }
    case 'literal':
    case 'text':
      return [];
  }
}

/** The value of an operand as far as it is known before the answer. */
function knownValue(condition: Condition, scope: Scope): unknown {
  if (condition.kind === 'literal') return condition.value;
  if (condition.kind === 'text') return evaluateText(condition.parts, scope);
  if (condition.kind !== 'operand') return undefined;
  return followPath(evaluateExpression(condition.expression, scope), condition.path);
}

function mirror(operator: ComparisonOperator): ComparisonOperator {
  if (operator.startsWith('<')) return operator === '<' ? '>' : '>=';
  if (operator.startsWith('>')) return operator === '>' ? '<' : '<=';
  return operator;
}

type Operand = Extract<Condition, { kind: 'operand' }>;

function wishFor(
  { expression, path }: Pick<Operand, 'expression' | 'path'>,
  operator: ComparisonOperator,
  value: unknown,
): readonly Wish[] {
  if (expression.kind === 'status-code') {
    return typeof value === 'number' || typeof value === 'string'
      ? [{ kind: 'status', operator, value: Number(value) }]
      : [];
  }
  if (expression.kind !== 'message' || expression.message !== 'response') return [];
  const { source } = expression;
  if (source.kind === 'header') return [{ kind: 'header', name: source.name.toLowerCase(), operator, value }];
  if (source.kind !== 'body') return [];
  return [{ kind: 'body', path: [...(source.pointer ?? []), ...(source.path ?? []), ...path], operator, value }];
}

/** `^(active|idle)$` wishes for `active`; a pattern that is more than words says nothing. */
function wishesOfPattern({ text, expressions }: CompiledCriterion): readonly Wish[] {
  const word = /^\^?\(?(?:\?:)?([\w -]+)(?:\|[\w |-]+)?\)?\$?$/.exec(text)?.[1];
  const expression: Expression | undefined = expressions[0]?.expression;
  return word === undefined || expression === undefined ? [] : wishFor({ expression, path: [] }, '==', word);
}

/** A value as near to the given one as the wish allows. */
export function grant(operator: ComparisonOperator, wished: unknown, given: unknown): unknown {
  const number = typeof wished === 'number' ? wished : Number.NaN;
  switch (operator) {
    case '==':
    case '>=':
    case '<=':
      return wished;
    case '>':
      return Number.isNaN(number) ? `${String(wished)}x` : number + 1;
    case '<':
      return Number.isNaN(number) ? '' : number - 1;
    case '!=':
      return differ(wished, given);
  }
}

function differ(unwanted: unknown, given: unknown): unknown {
  if (given !== undefined && given !== unwanted) return given;
  if (typeof unwanted === 'boolean') return !unwanted;
  if (typeof unwanted === 'number') return unwanted + 1;
  return unwanted === 'other' ? 'another' : 'other';
}
