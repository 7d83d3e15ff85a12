import { expect, it } from 'vitest';
import { flattenOutputs } from './outputs.ts';

it('puts the outputs of all workflows into one object, and lets the first keep a name', () => {
  expect(flattenOutputs({ first: { a: 1, b: 2 }, second: { b: 3, c: 4 } })).toEqual({ a: 1, b: 2, c: 4 });
  expect(flattenOutputs({})).toEqual({});
  expect(Object.entries(flattenOutputs({ first: JSON.parse('{"__proto__": 1}') }))).toEqual([['__proto__', 1]]);
});
