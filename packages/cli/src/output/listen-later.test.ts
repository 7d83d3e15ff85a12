import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { listenLater } from './listen-later.ts';

it('passes events on in their order, once what told them is done', async () => {
  const heard: number[] = [];
  const listener = listenLater((event: number) => heard.push(event));
  for (const event of [1, 2, 3]) listener.tell(event);
  expect(heard).toEqual([]);
  await nextTurn();
  expect(heard).toEqual([1, 2, 3]);
});

it('passes on what waits when it is flushed, and each event once', async () => {
  const heard: number[] = [];
  const listener = listenLater((event: number) => heard.push(event));
  listener.tell(1);
  listener.flush();
  listener.tell(2);
  await nextTurn();
  expect(heard).toEqual([1, 2]);
});

it('does not let more and more events wait in a turn that does not end', () => {
  const heard: number[] = [];
  const listener = listenLater((event: number) => heard.push(event));
  for (let event = 0; event < 1000; event += 1) listener.tell(event);
  expect(1000 - heard.length).toBeLessThan(64);
  listener.flush();
  expect(heard).toEqual(Array.from({ length: 1000 }, (_, event) => event));
});
