import { describe, expect, it } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('gives its burst at once, then its rate', () => {
    const bucket = createTokenBucket({ interval: 100, burst: 3 });
    const takenAt = (now: number): number => {
      let count = 0;
      while (bucket.tryTake(now)) count += 1;
      return count;
    };
    expect([0, 50, 100, 350, 10_000, 9_000].map(takenAt)).toEqual([3, 0, 1, 2, 3, 0]);
  });

  it('gives less than one a second', () => {
    const bucket = createTokenBucket({ interval: 5_000, burst: 1 });
    expect([0, 4_999, 5_000, 9_999, 10_000].map((now) => bucket.tryTake(now))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
