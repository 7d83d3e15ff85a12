import { calculate, compareNumbers } from './arithmetic.ts';
import { areEqual } from './equality.ts';
import { toText } from './java-text.ts';
import { callMethod, readIndex, readProperty } from './members.ts';
import { boundText, capture, descendInto, type MacroFrame, type Rendering, spend } from './rendering.ts';
import type { BinaryExpression, BinaryOperator, Expression, InterpolatedString, Reference } from './syntax-tree.ts';
import { isNumber, makeDouble, makeInteger, makeList, makeMap, type Value } from './value.ts';

export function evaluate(rendering: Rendering, expression: Expression): Value {
  spend(rendering, 1);
  switch (expression.kind) {
    case 'reference':
      return readReference(rendering, expression);
    case 'string':
      return expression.text;
    case 'interpolated':
      return interpolate(rendering, expression);
    case 'integer':
      return makeInteger(expression.value);
    case 'double':
      return makeDouble(expression.value);
    case 'boolean':
      return expression.value;
    case 'list':
      return makeList(expression.items.map((item) => evaluate(rendering, item)));
    case 'map':
      return makeMap(expression.entries.map(([key, value]) => [evaluate(rendering, key), evaluate(rendering, value)]));
    case 'range':
      return makeRange(rendering, evaluate(rendering, expression.first), evaluate(rendering, expression.last));
    case 'not':
      return !isTrue(rendering, expression.operand);
    case 'binary':
      return evaluateBinary(rendering, expression);
  }
}

/** Whether a condition holds. Of literals and sums only `true` does: Velocity gives them no truth. */
export function isTrue(rendering: Rendering, expression: Expression): boolean {
  switch (expression.kind) {
    case 'reference': {
      const value = evaluate(rendering, expression);
      return typeof value === 'boolean' ? value : value !== null && !isEmptyBlock(rendering, value);
    }
    case 'boolean':
    case 'not':
    case 'binary':
      return evaluate(rendering, expression) === true;
    default:
      return false;
  }
}

/** Velocity asks for the text of a value: that of a block is null when it is nested too deeply. */
function isEmptyBlock(rendering: Rendering, value: Value & {}): boolean {
  return typeof value === 'object' && value.kind === 'block' && toText(rendering, value) === null;
}

/** Null as soon as a step leads nowhere. */
function readReference(rendering: Rendering, { name, steps }: Reference): Value {
  let value = readVariable(rendering, name);
  for (const step of steps) {
    if (value === null) return null;
    spend(rendering, 1);
    switch (step.kind) {
      case 'property':
        value = readProperty(rendering, value, step.name);
        break;
      case 'index':
        value = readIndex(rendering, value, evaluate(rendering, step.index));
        break;
      case 'method':
        value = callMethod(
          rendering,
          value,
          step.name,
          step.parameters.map((parameter) => evaluate(rendering, parameter)),
        );
        break;
    }
  }
  return value;
}

/** Within a macro: what was set there, then its parameter, then what the caller sees. */
export function readVariable(rendering: Rendering, name: string): Value {
  const { frame } = rendering;
  if (!frame) return rendering.nullVariables.has(name) ? null : (rendering.variables.get(name) ?? null);
  const parameter = frame.parameters.get(name);
  return (
    frame.locals.get(name) ??
    asCaller(rendering, frame, () => {
      const value = parameter ? evaluate(rendering, parameter) : null;
      return value ?? descendInto(rendering, () => readVariable(rendering, name));
    })
  );
}

/** Does something where the macro was called. */
function asCaller(rendering: Rendering, frame: MacroFrame, read: () => Value): Value {
  rendering.frame = frame.caller;
  try {
    return read();
  } finally {
    rendering.frame = frame;
  }
}

function interpolate(rendering: Rendering, { body, endsWithBlank }: InterpolatedString): string {
  const text = capture(rendering, () => descendInto(rendering, () => rendering.renderBlock(rendering, body)));
  return boundText(rendering, endsWithBlank ? text.slice(0, -1) : text);
}

function makeRange(rendering: Rendering, first: Value, last: Value): Value {
  if (first === null || last === null || !isNumber(first) || !isNumber(last)) return null;
  const [start, end] = [Math.trunc(Number(first.value)), Math.trunc(Number(last.value))];
  const length = Math.abs(end - start) + 1;
  spend(rendering, length);
  const step = start <= end ? 1 : -1;
  return makeList(Array.from({ length }, (_item, index) => makeInteger(start + step * index)));
}

function evaluateBinary(rendering: Rendering, expression: BinaryExpression): Value {
  const { operator } = expression;
  if (operator === '&&') return isTrue(rendering, expression.left) && isTrue(rendering, expression.right);
  if (operator === '||') return isTrue(rendering, expression.left) || isTrue(rendering, expression.right);
  return applyOperator(
    rendering,
    expression,
    operator,
    evaluate(rendering, expression.left),
    evaluate(rendering, expression.right),
  );
}

function applyOperator(
  rendering: Rendering,
  expression: BinaryExpression,
  operator: Exclude<BinaryOperator, '&&' | '||'>,
  left: Value,
  right: Value,
): Value {
  switch (operator) {
    case '==':
      return areEqual(rendering, left, right);
    case '!=':
      return !areEqual(rendering, left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return isNumber(left) && isNumber(right) && isInOrder(operator, compareNumbers(left, right));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      if (isNumber(left) && isNumber(right)) return calculate(operator, left, right);
      return operator === '+' ? concatenate(rendering, expression, left, right) : null;
  }
}

function isInOrder(operator: '<' | '>' | '<=' | '>=', order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** One of them must be a text; a null is added as the source text of its expression. */
function concatenate(rendering: Rendering, expression: BinaryExpression, left: Value, right: Value): string | null {
  if (typeof left !== 'string' && typeof right !== 'string') return null;
  const [first, second] = [toText(rendering, left), toText(rendering, right)];
  return boundText(rendering, (first ?? expression.left.source) + (second ?? expression.right.source));
}
