import { describe, expect, it } from 'vitest';
import { createHeadQueue } from './head-queue.ts';

describe('the queue of a head', () => {
  it('runs tasks of one key in turn and of several side by side', async () => {
    const queue = createHeadQueue();
    const steps: string[] = [];
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = queue('a', async () => {
      steps.push('a1 starts');
      await blocked;
      steps.push('a1 ends');
      return 1;
    });
    const second = queue('a', async () => steps.push('a2'));
    await queue('b', async () => steps.push('b1'));
    expect(steps).toEqual(['a1 starts', 'b1']);
    release();
    expect(await first).toBe(1);
    await second;
    expect(steps).toEqual(['a1 starts', 'b1', 'a1 ends', 'a2']);
  });

  it('goes on after a task that failed, whose failure is its own', async () => {
    const queue = createHeadQueue();
    const first = queue('a', () => Promise.reject(new Error('refused')));
    const second = queue('a', async () => 'done');
    await expect(first).rejects.toThrow('refused');
    expect(await second).toBe('done');
  });
});
