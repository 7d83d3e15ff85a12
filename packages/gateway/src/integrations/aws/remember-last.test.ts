import { expect, it } from 'vitest';
import { rememberLast } from './remember-last.ts';

it('computes once for a key that stays, and anew for every other', () => {
  const computed: number[] = [];
  const double = rememberLast((key: number) => {
    computed.push(key);
    return key * 2;
  });
  expect([1, 1, 2, 2, 1].map(double)).toEqual([2, 2, 4, 4, 2]);
  expect(computed).toEqual([1, 2, 1]);
});
