import { type Cursor, descend, describeNext, expectText, fail, skipBlanks, take, takeText } from './cursor.ts';
import { tryOperand } from './parse-value.ts';
import type { BinaryOperator, Expression } from './syntax-tree.ts';

/** From what binds loosest to what binds tightest; operators of one level associate to the left. */
const levels: readonly (readonly (readonly [pattern: RegExp, operator: BinaryOperator])[])[] = [
  [[/\|\||or(?![\w@])/y, '||']],
  [[/&&|and(?![\w@])/y, '&&']],
  [
    [/==|eq(?![\w@])/y, '=='],
    [/!=|ne(?![\w@])/y, '!='],
  ],
  [
    [/<=|le(?![\w@])/y, '<='],
    [/>=|ge(?![\w@])/y, '>='],
    [/<|lt(?![\w@])/y, '<'],
    [/>|gt(?![\w@])/y, '>'],
  ],
  [
    [/\+/y, '+'],
    // A minus that touches a digit belongs to the number: "1 -1" is two numbers and an error, as in Velocity.
    [/-(?!\.?\d)/y, '-'],
  ],
  [
    [/\*/y, '*'],
    [/\//y, '/'],
    [/%/y, '%'],
  ],
];

/** Each operator is a level of the tree; longer sums are mistakes, and recursion must end. */
const maxOperators = 200;

/** Parses the expression of an `#if` or a `#set`. */
export function parseExpression(cursor: Cursor): Expression {
  return descend(cursor, (inner) => parseLevel(inner, 0));
}

function parseLevel(cursor: Cursor, level: number): Expression {
  const operators = levels[level];
  if (!operators) return parseUnary(cursor);
  skipBlanks(cursor);
  const start = cursor.position;
  let left = parseLevel(cursor, level + 1);
  for (let count = 0; ; count += 1) {
    skipBlanks(cursor);
    if (count > maxOperators)
      fail(cursor, `An expression can have at most ${maxOperators} operators of one kind in a row.`);
    const operator = operators.find(([pattern]) => take(cursor, pattern))?.[1];
    if (!operator) return left;
    const right = parseLevel(cursor, level + 1);
    left = { kind: 'binary', operator, left, right, source: sourceFrom(cursor, start) };
  }
}

const notPattern = /!|not(?![\w@])/y;

function parseUnary(cursor: Cursor): Expression {
  skipBlanks(cursor);
  const start = cursor.position;
  if (take(cursor, notPattern)) {
    const operand = descend(cursor, parseUnary);
    return { kind: 'not', operand, source: sourceFrom(cursor, start) };
  }
  if (takeText(cursor, '(')) {
    const expression = parseExpression(cursor);
    skipBlanks(cursor);
    expectText(cursor, ')', 'to close the expression');
    return expression;
  }
  return tryOperand(cursor) ?? fail(cursor, `An expression is expected, not ${describeNext(cursor)}.`);
}

function sourceFrom(cursor: Cursor, start: number): string {
  return cursor.text.slice(start, cursor.position).trimEnd();
}
