import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherWrites } from './gathered-stream.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function gather(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: gatherWrites({ isTTY, write: (text) => written.push(text) }) };
}

it('writes together what comes within a moment, in order, and nothing twice', () => {
  const { written, stream } = gather(false);
  for (const text of ['a\n', 'b\n']) stream.write(text);
  expect(written).toEqual([]);
  vi.runAllTimers();
  stream.write('c\n');
  stream.flush();
  stream.flush();
  expect([written, vi.getTimerCount()]).toEqual([['a\nb\n', 'c\n'], 0]);
});

it('lets no more wait than a pipe takes at once', () => {
  const { written, stream } = gather(false);
  stream.write('x'.repeat(20_000));
  expect([written.length, vi.getTimerCount()]).toEqual([1, 0]);
});

it('lets a terminal wait for nothing', () => {
  const { written, stream } = gather(true);
  stream.write('a\n');
  expect([written, vi.getTimerCount()]).toEqual([['a\n'], 0]);
});
