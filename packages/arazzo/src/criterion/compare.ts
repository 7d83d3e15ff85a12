import { isRecord } from '../document/json.ts';
import type { ComparisonOperator } from './tokenize.ts';

/**
 * Compares two values the way Arazzo 1.0.1 §Operators and its notes ask: strings without regard to case, a string with a
 * number or boolean by the value it spells, objects and lists by content. Where an order is asked for, two strings that
 * spell numbers are numbers too. `null` equals only `null`; `!=` is the opposite of `==`; an order between values that have
 * none is false.
 */
export function compare(operator: ComparisonOperator, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    default: {
      const order = orderOf(left, right);
      if (order === undefined) return false;
      if (order === 0) return operator.endsWith('=');
      return operator.startsWith('<') === order < 0;
    }
  }
}

/** What counts as true where a condition is a value alone: everything but `null`, `false`, 0 and empty text. */
export function isTruthy(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== '';
}

function isEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  if (typeof left === 'string' || typeof right === 'string') return spelledValue(left) === spelledValue(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return (left ?? null) === (right ?? null);
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  );
}

/** A string as the number or boolean it spells; `NaN`, equal to nothing, when it spells none. */
function spelledValue(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function orderOf(left: unknown, right: unknown): number | undefined {
  const [first, second] = [spelledValue(left), spelledValue(right)];
  const difference = typeof first === 'number' && typeof second === 'number' ? first - second : Number.NaN;
  if (!Number.isNaN(difference)) return difference;
  return typeof left === 'string' && typeof right === 'string' ? orderOfText(left, right) : undefined;
}

function orderOfText(left: string, right: string): number {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
