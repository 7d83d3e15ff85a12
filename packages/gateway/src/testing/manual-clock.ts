import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on by `milliseconds` and runs what became due, in order. */
  advance(milliseconds: number): void;
  /** How many timers run. */
  readonly pending: number;
}

export function createManualClock(startsAt = Date.UTC(2026, 8, 25, 0, 1, 13, 687)): ManualClock {
  let now = startsAt;
  const timers = new Set<{ readonly dueAt: number; readonly task: () => void }>();
  const nextBefore = (end: number): { readonly dueAt: number; readonly task: () => void } | undefined =>
    [...timers].filter((timer) => timer.dueAt <= end).sort((left, right) => left.dueAt - right.dueAt)[0];
  return {
    now: () => now,
    after(milliseconds, task) {
      const timer = { dueAt: now + milliseconds, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (let timer = nextBefore(end); timer; timer = nextBefore(end)) {
        timers.delete(timer);
        now = timer.dueAt;
        timer.task();
      }
      now = end;
    },
  };
}
