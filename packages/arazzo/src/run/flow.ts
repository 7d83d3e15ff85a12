import type { RunEvent } from './events.ts';

/**
 * A part of a run: it yields events to tell and promises to wait for. Parts lead to parts many levels deep, and each event
 * passes through all of them, which plain generators do for a fraction of what asynchronous ones cost.
 */
export type Flow<Result> = Generator<RunEvent | Promise<unknown>, Result, unknown>;

/** Waits for a promise within a flow. @throws what it is rejected with. */
export function* settled<Value>(promise: Promise<Value>): Flow<Value> {
  // Whoever plays the flow gives back what the promise was resolved with.
  return (yield promise) as Value;
}

/** What a flow gives when it is played on. */
type Played = IteratorResult<RunEvent | Promise<unknown>, void>;

/** Plays a flow: tells its events one by one, each when it is asked for, and waits for its promises. */
export async function* play(flow: Flow<void>): AsyncGenerator<RunEvent, void> {
  const resume = (value: unknown): Played => flow.next(value);
  const fail = (reason: unknown): Played => flow.throw(reason);
  try {
    let step = flow.next();
    while (step.done !== true) {
      if (step.value instanceof Promise) {
        step = await step.value.then(resume, fail);
      } else {
        yield step.value;
        step = flow.next();
      }
    }
  } finally {
    flow.return();
  }
}
