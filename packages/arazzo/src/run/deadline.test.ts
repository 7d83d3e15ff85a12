import { expect, it } from 'vitest';
import { createDeadline } from './deadline.ts';

/** A clock whose timers fire when the test says so. */
function heldClock() {
  const tasks = new Set<() => void>();
  return {
    now: () => 0,
    after(_: number, task: () => void) {
      tasks.add(task);
      return () => tasks.delete(task);
    },
    fire() {
      for (const task of tasks) task();
    },
    pending: () => tasks.size,
  };
}

const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

it('aborts what takes too long, and says so until the next task', async () => {
  const clock = heldClock();
  const deadline = createDeadline(new AbortController().signal, clock);
  const late = deadline.within(5, untilAborted);
  clock.fire();
  await late;
  expect([deadline.isPast, clock.pending()]).toEqual([true, 0]);
  const signals: AbortSignal[] = [];
  await deadline.within(5, async (signal) => signals.push(signal));
  expect([deadline.isPast, signals[0]?.aborted, clock.pending()]).toEqual([false, false, 0]);
});

it('aborts with the run, and at once when the run is over', async () => {
  const run = new AbortController();
  const clock = heldClock();
  const deadline = createDeadline(run.signal, clock);
  const task = deadline.within(5, untilAborted);
  run.abort('enough');
  expect([await task, await deadline.within(5, untilAborted), deadline.isPast]).toEqual(['enough', 'enough', false]);
});

it('stops its timer when the task fails, and hears nothing of the run once it is closed', async () => {
  const run = new AbortController();
  const clock = heldClock();
  const deadline = createDeadline(run.signal, clock);
  await expect(deadline.within(5, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const signals: AbortSignal[] = [];
  await deadline.within(5, async (signal) => signals.push(signal));
  deadline.close();
  run.abort();
  expect([clock.pending(), signals[0]?.aborted]).toEqual([0, false]);
});
