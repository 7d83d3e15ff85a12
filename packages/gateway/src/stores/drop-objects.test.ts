import { describe, expect, it } from 'vitest';
import { toStoredObject } from './api-heads.ts';
import { createObjectDropper } from './drop-objects.ts';

const object = (number: number) => toStoredObject({ number });

describe('the objects that no head reaches', () => {
  it('are dropped, but not as soon as they are unreachable, and what a head reaches stays', () => {
    const objects = new Map<string, string>();
    const drop = createObjectDropper(objects);
    const kept = object(-1);
    objects.set(kept.hash, kept.value);
    let largest = 0;
    for (let number = 0; number < 12_000; number += 1) {
      const { hash, value } = object(number);
      objects.set(hash, value);
      drop(() => [JSON.stringify({ kept: kept.hash, current: hash })]);
      largest = Math.max(largest, objects.size);
      const former = object(Math.max(0, number - 100));
      expect(objects.has(former.hash) && objects.has(kept.hash)).toBe(true);
    }
    expect(largest).toBeLessThan(3_000);
  });

  it('are looked for only when there are twice as many objects as the last time', () => {
    const objects = new Map<string, string>();
    const drop = createObjectDropper(objects);
    const hashes: string[] = [];
    let looks = 0;
    for (let number = 0; number < 10_000; number += 1) {
      const { hash, value } = object(number);
      objects.set(hash, value);
      hashes.push(hash);
      drop(() => {
        looks += 1;
        return [JSON.stringify(hashes)];
      });
    }
    expect(objects.size).toBe(10_000);
    expect(looks).toBe(4);
  });
});
