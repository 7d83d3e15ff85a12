import type { Clock } from './clock.ts';

/** Tells what is sent when to give up: when the run does, or when it has taken too long. */
export interface Deadline {
  /**
   * Carries a task out with a signal that is aborted after `milliseconds` or with the run. One task at a time: the next one
   * gets the same signal unless it is aborted.
   */
  within<Result>(milliseconds: number, task: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Whether the latest task took too long. */
  readonly isPast: boolean;
  /** Forgets the run. */
  close(): void;
}

/**
 * Listens to the run once and keeps its signal as long as it serves, because joining two signals anew for each request costs
 * as much as sending it.
 */
export function createDeadline(run: AbortSignal, clock: Clock): Deadline {
  let controller = new AbortController();
  let isPast = false;
  const interrupt = (): void => controller.abort(run.reason);
  run.addEventListener('abort', interrupt);
  return {
    get isPast() {
      return isPast;
    },
    async within(milliseconds, task) {
      if (controller.signal.aborted) controller = new AbortController();
      isPast = false;
      if (run.aborted) interrupt();
      const cancel = clock.after(milliseconds, () => {
        isPast = true;
        controller.abort();
      });
      try {
        return await task(controller.signal);
      } finally {
        cancel();
      }
    },
    close() {
      run.removeEventListener('abort', interrupt);
    },
  };
}
