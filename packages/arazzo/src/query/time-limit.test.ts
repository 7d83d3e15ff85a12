import { describe, expect, it } from 'vitest';
import { QueryError } from './query.ts';
import { withinTimeLimit } from './time-limit.ts';

describe('the time limit', () => {
  it('returns what the work returns', () => {
    expect(withinTimeLimit(() => 7)).toBe(7);
  });

  it('interrupts a pattern that backtracks', () => {
    expect(() => withinTimeLimit(() => /^(a+)+$/.test(`${'a'.repeat(60)}b`), 20)).toThrow(
      new QueryError('its evaluation took longer than 20 ms'),
    );
  });

  it('interrupts work inside other work', () => {
    const inner = () => withinTimeLimit(() => /^(a+)+$/.test(`${'a'.repeat(60)}b`), 20);
    expect(() => withinTimeLimit(inner)).toThrow(QueryError);
    expect(withinTimeLimit(() => withinTimeLimit(() => 1) + 1)).toBe(2);
  });

  it('makes one kind of error of all that goes wrong', () => {
    const overflow = (): number => overflow() + 1;
    expect(() => withinTimeLimit(overflow)).toThrow(new QueryError('it leads deeper than can be evaluated'));
    expect(() =>
      withinTimeLimit(() => {
        throw new TypeError('No.');
      }),
    ).toThrow(new QueryError('No'));
  });
});
