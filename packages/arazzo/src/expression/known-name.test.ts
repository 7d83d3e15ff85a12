import { expect, it } from 'vitest';
import { splitName } from './known-name.ts';

it.each([
  ['a.b', ['a.b', 'a'], { name: 'a.b', path: [] }],
  ['a.b', ['a'], { name: 'a', path: ['b'] }],
  ['a.b.c', ['a', 'a.b'], { name: 'a.b', path: ['c'] }],
  ['jobs[0].id', ['jobs'], { name: 'jobs', path: ['0', 'id'] }],
  ["jobs['x y']", ['jobs'], { name: 'jobs', path: ['x y'] }],
  ['ab', ['a'], undefined],
  ['a b', ['a'], undefined],
  ['b', ['a'], undefined],
])('splits %s knowing %j', (text, known, expected) => {
  expect(splitName(text, known)).toEqual(expected);
});
