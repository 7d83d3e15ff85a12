import { compareNumbers } from './arithmetic.ts';
import { equalsInJava } from './equality.ts';
import { defineMethods, type JavaMethods } from './java-method.ts';
import { toText } from './java-text.ts';
import { RenderingError } from './rendering.ts';
import { type DoubleValue, type IntegerSize, type IntegerValue, isNumber, makeDouble, makeInteger } from './value.ts';

function parseInteger(text: string, size: IntegerSize): IntegerValue {
  const parsed = /^[+-]?\d{1,40}$/.test(text) ? makeInteger(BigInt(text.replace(/^\+/, '')), size) : undefined;
  if (parsed?.size !== size) throw new RenderingError(`The template reads a text as ${size} that is none.`);
  return parsed;
}

function parseDouble(text: string): DoubleValue {
  const trimmed = text.trim();
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(trimmed)) {
    return makeDouble(Number(trimmed.replace(/[dDfF]$/, '')));
  }
  throw new RenderingError('The template reads a text as Double that is none.');
}

/** `Integer`, `Long` and `BigInteger`; their static methods can be called through any number, which templates make use of. */
export const integerMethods: JavaMethods<IntegerValue> = defineMethods<IntegerValue>({
  'compareTo(object)': (number, parameters) => {
    const other = parameters.value(0);
    if (!isNumber(other)) throw new RenderingError('A number can be compared to a number only.');
    return makeInteger(compareNumbers(number, other));
  },
  'doubleValue()': (number) => makeDouble(Number(number.value)),
  'equals(object)': (number, parameters, rendering) => equalsInJava(rendering, number, parameters.value(0)),
  'intValue()': (number) => makeInteger(BigInt.asIntN(32, number.value)),
  'longValue()': (number) => makeInteger(BigInt.asIntN(64, number.value), 'Long'),
  'max(int,int)': (_number, parameters) => makeInteger(Math.max(parameters.int(0), parameters.int(1))),
  'min(int,int)': (_number, parameters) => makeInteger(Math.min(parameters.int(0), parameters.int(1))),
  'parseInt(text)': (_number, parameters) => parseInteger(parameters.text(0), 'Integer'),
  'parseLong(text)': (_number, parameters) => parseInteger(parameters.text(0), 'Long'),
  'toHexString(int)': (_number, parameters) => (parameters.int(0) >>> 0).toString(16),
  'toString()': (number) => number.value.toString(),
  'valueOf(int)': (_number, parameters) => makeInteger(parameters.int(0)),
  'valueOf(text)': (number, parameters) => parseInteger(parameters.text(0), number.size),
});

export const doubleMethods: JavaMethods<DoubleValue> = defineMethods<DoubleValue>({
  'compareTo(object)': (number, parameters) => {
    const other = parameters.value(0);
    if (!isNumber(other)) throw new RenderingError('A number can be compared to a number only.');
    return makeInteger(compareNumbers(number, other));
  },
  'doubleValue()': (number) => number,
  'equals(object)': (number, parameters, rendering) => equalsInJava(rendering, number, parameters.value(0)),
  'intValue()': (number) => makeInteger(clamp(number.value, 32)),
  'isInfinite()': (number) => Math.abs(number.value) === Number.POSITIVE_INFINITY,
  'isNaN()': (number) => Number.isNaN(number.value),
  'longValue()': (number) => makeInteger(clamp(number.value, 64), 'Long'),
  'parseDouble(text)': (_number, parameters) => parseDouble(parameters.text(0)),
  'toString()': (number, _parameters, rendering) => toText(rendering, number),
  'valueOf(text)': (_number, parameters) => parseDouble(parameters.text(0)),
});

/** Java's narrowing: towards zero, and to the nearest that fits. */
function clamp(value: number, bits: number): bigint {
  if (Number.isNaN(value)) return 0n;
  const limit = 2n ** BigInt(bits - 1);
  if (value >= Number(limit)) return limit - 1n;
  if (value < -Number(limit)) return -limit;
  return BigInt(Math.trunc(value));
}

export const booleanMethods: JavaMethods<boolean> = defineMethods<boolean>({
  'booleanValue()': (value) => value,
  'compareTo(boolean)': (value, parameters) => makeInteger(Number(value) - Number(parameters.boolean(0))),
  'equals(object)': (value, parameters) => value === parameters.value(0),
  'parseBoolean(text)': (_value, parameters) => isTrueText(parameters.text(0)),
  'toString()': (value) => String(value),
  'valueOf(text)': (_value, parameters) => isTrueText(parameters.text(0)),
});

function isTrueText(text: string): boolean {
  return text.toLowerCase() === 'true';
}
