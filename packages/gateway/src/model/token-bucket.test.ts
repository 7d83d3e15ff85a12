import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const take = (bucket: TokenBucket, times: number, now: number): number => {
  let taken = 0;
  for (let index = 0; index < times; index++) if (bucket.take(now)) taken += 1;
  return taken;
};

describe('TokenBucket', () => {
  it('gives its burst at once and then its rate', () => {
    const bucket = new TokenBucket({ rate: 2, burst: 5 }, 0);
    expect([0, 0, 499, 500, 1000, 1000, 10_000].map((now) => take(bucket, 10, now))).toEqual([5, 0, 0, 1, 1, 0, 5]);
  });

  it.each([
    [{ rate: 0, burst: 0 }, 0],
    [{ rate: 100, burst: 0 }, 0],
    [{ rate: 0, burst: 3 }, 3],
    [{ rate: 0.5, burst: 1 }, 1801],
  ])('with %j gives %i in an hour that is asked every second', (limit, expected) => {
    const bucket = new TokenBucket(limit, 0);
    let taken = 0;
    for (let second = 0; second <= 3600; second++) taken += take(bucket, 1, second * 1000);
    expect(taken).toBe(expected);
  });

  it('gives a whole token for fractions that add up to one', () => {
    const bucket = new TokenBucket({ rate: 1 / 30, burst: 1 }, 0);
    bucket.take(0);
    const taken = Array.from({ length: 30 }, (_, second) => bucket.take((second + 1) * 1000));
    expect(taken).toEqual([...Array<boolean>(29).fill(false), true]);
  });

  it('fills nothing when the clock is set back', () => {
    const bucket = new TokenBucket({ rate: 1, burst: 1 }, 10_000);
    expect([10_000, 5000, 5999, 6000].map((now) => bucket.take(now))).toEqual([true, false, false, true]);
  });

  it('never gives more than the burst and the rate allow, however it is asked', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.nat(20), fc.nat(20), (pauses, rate, burst) => {
        const bucket = new TokenBucket({ rate, burst }, 0);
        let now = 0;
        let taken = 0;
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now)) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(burst + (rate * now) / 1000 + 1e-6);
      }),
    );
  });
});
