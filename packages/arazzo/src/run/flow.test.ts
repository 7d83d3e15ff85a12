import { expect, it } from 'vitest';
import type { RunEvent } from './events.ts';
import { type Flow, play, settled } from './flow.ts';

const event = (reason: string): RunEvent => ({ kind: 'run-failed', reason });

it('tells events and waits for promises in the order in which they are yielded', async () => {
  function* inner(): Flow<string> {
    yield event('one');
    return yield* settled(Promise.resolve('two'));
  }
  function* outer(): Flow<void> {
    yield event(yield* inner());
    yield event('three');
  }
  const told: RunEvent[] = [];
  for await (const one of play(outer())) told.push(one);
  expect(told).toEqual([event('one'), event('two'), event('three')]);
});

it('throws a rejection where the promise was waited for', async () => {
  function* flow(): Flow<void> {
    try {
      yield* settled(Promise.reject(new Error('no')));
    } catch (error) {
      yield event(String(error));
    }
    yield* settled(Promise.reject(new Error('never')));
  }
  const told: RunEvent[] = [];
  const whole = async () => {
    for await (const one of play(flow())) told.push(one);
  };
  await expect(whole()).rejects.toThrow('never');
  expect(told).toEqual([event('Error: no')]);
});

it('goes no further than it is asked to, and ends the flow when no more is asked for', async () => {
  const reached: string[] = [];
  function* flow(): Flow<void> {
    try {
      yield event('one');
      reached.push('after the first');
      yield event('two');
      reached.push('after the second');
    } finally {
      reached.push('ended');
    }
  }
  for await (const one of play(flow())) if (one.kind === 'run-failed' && one.reason === 'two') break;
  expect(reached).toEqual(['after the first', 'ended']);
});
