import { expect, it } from 'vitest';
import { compare, isTruthy } from './compare.ts';

it.each([
  [1, '==', 1.0, true],
  [1, '==', '1', true],
  ['01', '==', 1, true],
  ['1', '==', '1.0', false],
  ['A', '==', 'a', true],
  ['true', '==', true, true],
  ['yes', '==', true, false],
  ['', '==', 0, false],
  [null, '==', null, true],
  [undefined, '==', null, true],
  [null, '==', 0, false],
  [null, '!=', 'x', true],
  [[1, 'A'], '==', ['1', 'a'], true],
  [[1], '==', [1, 2], false],
  [{ a: 1, b: null }, '==', { b: null, a: 1 }, true],
  [{ a: 1 }, '==', { b: 1 }, false],
  [{}, '==', [], false],
  [2, '<', '10', true],
  ['2', '<', '10', true],
  ['10', '>=', '10.0', true],
  ['1.10.0', '<', '1.9.0', true],
  ['10', '<', 'a', true],
  ['a', '<', 'B', true],
  ['a', '<=', 'A', true],
  ['a', '>', 1, false],
  ['a', '<=', 1, false],
  [null, '<=', 0, false],
  [true, '>', 0, false],
] as const)('compares %j %s %j as %s', (left, operator, right, result) => {
  expect(compare(operator, left, right)).toBe(result);
});

it.each([
  [true, true],
  [false, false],
  [null, false],
  [undefined, false],
  [0, false],
  [-1, true],
  ['', false],
  ['false', true],
  [[], true],
  [{}, true],
])('takes %j alone for %s', (value, result) => {
  expect(isTruthy(value)).toBe(result);
});
