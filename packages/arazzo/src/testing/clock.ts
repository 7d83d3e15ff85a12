import type { Clock } from '../run/clock.ts';

/** A clock that stands still and lets every wait below a minute pass at once; `waits` are the milliseconds asked for. */
export function instantClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    after(milliseconds, task) {
      if (milliseconds >= 60_000) return () => {};
      waits.push(milliseconds);
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    },
  };
}
