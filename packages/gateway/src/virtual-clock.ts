import type { Clock } from './clock.ts';

/** A clock that stands still until it is moved, for tests and development. */
export interface VirtualClock extends Clock {
  /** Moves on by `milliseconds` and runs what became due, in order. */
  advance(milliseconds: number): void;
  /** How many timers run. */
  readonly pending: number;
}

interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/**
 * Makes a clock for `startGateway` and `up`: timestamps, idle and age limits, throttling, timeouts of integrations and the
 * deadline of closing go by it. What guards sockets themselves stays in real time: closing handshakes, and clients that are
 * slow to send a request's headers. `startsAt` is in milliseconds since the Unix epoch; the default is the same in every process.
 */
export function createVirtualClock(startsAt: number = Date.UTC(2026, 8, 25, 0, 1, 13, 687)): VirtualClock {
  let now = startsAt;
  const timers = new Set<Timer>();
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
      for (let timer = findNext(timers, end); timer; timer = findNext(timers, end)) {
        timers.delete(timer);
        now = timer.dueAt;
        timer.task();
      }
      now = end;
    },
  };
}

/** The timer that is due first, if it is by `end`; of several, the one that was set first. */
function findNext(timers: Iterable<Timer>, end: number): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) if (timer.dueAt <= end && (!next || timer.dueAt < next.dueAt)) next = timer;
  return next;
}
