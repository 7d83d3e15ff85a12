import { quote } from '../document/json.ts';
import { evaluateExpression, evaluateText } from '../expression/evaluate.ts';
import { followPath } from '../expression/property-path.ts';
import type { Scope } from '../expression/scope.ts';
import { compare, isTruthy } from './compare.ts';
import type { CompileResult, CriterionNote, CriterionResult, WrittenExpression } from './criterion.ts';
import { type Condition, parseCondition, type ReadOperand, readExpression } from './parse-condition.ts';
import { type ComparisonOperator, ConditionError, equalsHint, tokenize } from './tokenize.ts';

/** Compiles a `simple` criterion: literals, operators and runtime expressions. A missing value counts as `null`. */
export function compileSimple(condition: string, context?: WrittenExpression): CompileResult {
  const result = compileCondition(condition, readExpression);
  if (result.kind !== 'invalid' || context === undefined) return result;
  return { ...result, message: `${result.message} With a "context", a "type" such as "jsonpath" may be missing.` };
}

/** Compiles a condition whose operands are read by `readOperand`. */
export function compileCondition(condition: string, readOperand: ReadOperand): CompileResult {
  let root: Condition;
  try {
    root = parseCondition(condition, readOperand);
  } catch (error) {
    if (error instanceof ConditionError) return { kind: 'invalid', message: error.message };
    throw error;
  }
  const notes = noteTokens(condition);
  const test = (scope: Scope): CriterionResult => {
    if (isTruthy(readValue(root, scope))) return { kind: 'satisfied' };
    return explain(root, root, scope);
  };
  return {
    kind: 'compiled',
    criterion: { text: condition, expressions: operandsOf(root), condition: root, notes, test },
  };
}

function noteTokens(condition: string): readonly CriterionNote[] {
  const tokens = tokenize(condition);
  const notes: CriterionNote[] = [];
  if (tokens.some((token) => token.kind === 'literal' && token.doubleQuoted)) {
    const message = `The condition ${quote(condition)} quotes text with double quotes; single ones were expected.`;
    notes.push({ message, section: 'Literals' });
  }
  // A name or pointer may hold the sign, so it is no error.
  const joined = tokens.find((token) => token.kind === 'operand' && equalsHint(token.text) !== '');
  if (joined?.kind === 'operand') {
    notes.push({
      message: `In the condition ${quote(condition)} the name ${quote(joined.text)} has a "="; "==" compares.`,
    });
  }
  return notes;
}

function readValue(condition: Condition, scope: Scope): unknown {
  switch (condition.kind) {
    case 'literal':
      return condition.value;
    case 'text':
      return evaluateText(condition.parts, scope) ?? null;
    case 'operand':
      return followPath(evaluateExpression(condition.expression, scope), condition.path) ?? null;
    case 'not':
      return !isTruthy(readValue(condition.operand, scope));
    case 'and':
      return isTruthy(readValue(condition.left, scope)) && isTruthy(readValue(condition.right, scope));
    case 'or':
      return isTruthy(readValue(condition.left, scope)) || isTruthy(readValue(condition.right, scope));
    case 'comparison':
      return compare(condition.operator, readValue(condition.left, scope), readValue(condition.right, scope));
  }
}

/** Finds the part that made the whole false: of `&&` the first false side, of anything else the part itself. */
function explain(condition: Condition, whole: Condition, scope: Scope): CriterionResult {
  if (condition.kind === 'and') {
    const left = isTruthy(readValue(condition.left, scope));
    return explain(left ? condition.right : condition.left, whole, scope);
  }
  const start = `The criterion ${quote(whole.text)} is not satisfied`;
  if (condition.kind === 'comparison') {
    const { subject, operator, limit } = orient(condition);
    const actual = readValue(subject, scope);
    const value = readValue(limit, scope);
    const message = `${start}: ${subject.text} is ${quote(actual)}, expected ${operator} ${quote(value)}.`;
    return {
      kind: 'unsatisfied',
      message,
      expected: operator === '==' ? value : `${operator} ${quote(value)}`,
      actual,
    };
  }
  if (condition.kind === 'operand') {
    const actual = readValue(condition, scope);
    return { kind: 'unsatisfied', message: `${start}: ${condition.text} is ${quote(actual)}.`, expected: true, actual };
  }
  const values = operandsOf(condition).map(
    ({ text, expression }) => `${text} is ${quote(evaluateExpression(expression, scope) ?? null)}`,
  );
  return { kind: 'unsatisfied', message: `${start}${values.length > 0 ? `: ${values.join(', ')}` : ''}.` };
}

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

/** Reads `201 == $statusCode` as a statement about the status code. */
function orient(comparison: Extract<Condition, { kind: 'comparison' }>): {
  readonly subject: Condition;
  readonly operator: ComparisonOperator;
  readonly limit: Condition;
} {
  const { left, right, operator } = comparison;
  if (left.kind !== 'literal') return { subject: left, operator, limit: right };
  return { subject: right, operator: mirrored[operator], limit: left };
}

function operandsOf(condition: Condition): readonly WrittenExpression[] {
  switch (condition.kind) {
    case 'literal':
      return [];
    case 'text':
      return condition.parts.filter((part) => typeof part !== 'string');
    case 'operand':
      return [{ expression: condition.expression, text: condition.text }];
    case 'not':
      return operandsOf(condition.operand);
    case 'and':
    case 'or':
    case 'comparison':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
  }
}
