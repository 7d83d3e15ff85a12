import { RenderingError } from './rendering.ts';
import { type DoubleValue, type IntegerSize, type IntegerValue, makeDouble, makeInteger, type Value } from './value.ts';

type NumberValue = IntegerValue | DoubleValue;
type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/**
 * Integers stay integers and grow from 32 bits to 64 and beyond where a result does not fit; with a double the result is
 * one. Division and remainder by zero are null. See `MathUtils` of Velocity.
 */
export function calculate(operator: ArithmeticOperator, left: NumberValue, right: NumberValue): Value {
  if ((operator === '/' || operator === '%') && Number(right.value) === 0) return null;
  if (left.kind === 'integer' && right.kind === 'integer') return calculateIntegers(operator, left, right);
  return makeDouble(calculateDoubles(operator, Number(left.value), Number(right.value)));
}

/** Negative, zero or positive; not a number compares as equal to everything, as in Velocity. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (left.kind === 'integer' && right.kind === 'integer') {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  const [first, second] = [Number(left.value), Number(right.value)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** No template needs longer integers; each multiplication could double their length. */
const maxIntegerBits = 4096n;

function calculateIntegers(operator: ArithmeticOperator, left: IntegerValue, right: IntegerValue): Value {
  const size = largerSize(left.size, right.size);
  switch (operator) {
    case '+':
      return makeInteger(left.value + right.value, size);
    case '-':
      return makeInteger(left.value - right.value, size);
    case '*':
      return makeInteger(bound(left.value * right.value), size);
    case '/':
      return makeInteger(left.value / right.value, size);
    case '%':
      return makeInteger(size === 'BigInteger' ? modulo(left.value, right.value) : left.value % right.value, size);
  }
}

function bound(value: bigint): bigint {
  if (BigInt.asIntN(Number(maxIntegerBits), value) === value) return value;
  throw new RenderingError(`The template calculates with integers of more than ${maxIntegerBits} bits.`);
}

/** `BigInteger.mod` is never negative, unlike the remainder of the smaller types. */
function modulo(left: bigint, right: bigint): bigint {
  if (right < 0n) throw new RenderingError('The template takes the remainder of a division by a negative BigInteger.');
  return ((left % right) + right) % right;
}

function calculateDoubles(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

const sizes: readonly IntegerSize[] = ['Integer', 'Long', 'BigInteger'];

function largerSize(left: IntegerSize, right: IntegerSize): IntegerSize {
  return sizes.indexOf(left) > sizes.indexOf(right) ? left : right;
}
