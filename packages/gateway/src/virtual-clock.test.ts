import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

describe('a virtual clock', () => {
  it('runs what becomes due in the order of time, each at its own time, and what that sets too', () => {
    const clock = createVirtualClock(1000);
    const ran: (readonly [string, number])[] = [];
    const set = (name: string, milliseconds: number): (() => void) =>
      clock.after(milliseconds, () => ran.push([name, clock.now()]));
    set('late', 20);
    set('early', 10);
    set('also early', 10);
    set('cancelled', 5)();
    clock.after(15, () => set('nested', 2));
    clock.advance(19);
    expect([ran, clock.now(), clock.pending]).toEqual([
      [
        ['early', 1010],
        ['also early', 1010],
        ['nested', 1017],
      ],
      1019,
      1,
    ]);
    clock.advance(1);
    expect(ran.at(-1)).toEqual(['late', 1020]);
  });
});
