import { describe, expect, it } from 'vitest';
import { withinTimeLimit } from './time-limit.ts';

const backtrack = (): boolean => /^(a+)+$/.test(`${'a'.repeat(60)}b`);

describe('a time limit', () => {
  it('gives what the work gives, and throws what it throws', () => {
    expect(withinTimeLimit(1000, () => 7)).toEqual({ kind: 'done', value: 7 });
    expect(() =>
      withinTimeLimit(1000, () => {
        throw new TypeError('No.');
      }),
    ).toThrow(new TypeError('No.'));
  });

  it('interrupts a pattern that backtracks, within other work too', () => {
    expect(withinTimeLimit(10, backtrack)).toEqual({ kind: 'out-of-time' });
    expect(withinTimeLimit(10_000, () => withinTimeLimit(10, backtrack).kind)).toEqual({
      kind: 'done',
      value: 'out-of-time',
    });
  });
});
