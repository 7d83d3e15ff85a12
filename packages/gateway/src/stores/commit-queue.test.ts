import { describe, expect, it } from 'vitest';
import { createCommitQueue } from './commit-queue.ts';
import type { Commit } from './store.ts';

const commit = (key: string): Commit => ({ objects: [], heads: [{ key, expectedRevision: 0, value: '1' }] });
const keyOf = ({ heads: [head] }: Commit) => head?.key ?? '';

/** A queue whose syncs end when the test says so, and a protocol of what it did. */
function createHarness(tidyUp = () => Promise.resolve()) {
  const steps: string[] = [];
  const syncs: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const queue = createCommitQueue({
    apply: (commits) => {
      steps.push(`apply ${commits.map(keyOf).join(' ')}`);
      if (commits.some((applied) => keyOf(applied) === 'broken')) throw new Error('The disk is full.');
      return commits.map((applied) =>
        keyOf(applied) === 'stale' ? { kind: 'conflict', key: 'stale' } : { kind: 'committed' },
      );
    },
    sync: () => new Promise<void>((resolve, reject) => syncs.push({ resolve, reject })),
    announce: (applied) => steps.push(`announce ${keyOf(applied)}`),
    tidyUp: () => tidyUp(),
  });
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, steps, syncs, nextTurn };
}

describe('the commit queue', () => {
  it('shares a transaction and a sync among the commits of a turn, and those that wait for the disk', async () => {
    const { queue, steps, syncs, nextTurn } = createHarness();
    const results = [queue.commit(commit('a')), queue.commit(commit('stale'))];
    await nextTurn();
    results.push(queue.commit(commit('b')), queue.commit(commit('c')));
    await nextTurn();
    expect(steps).toEqual(['apply a stale']);
    syncs[0]?.resolve();
    await nextTurn();
    expect(steps).toEqual(['apply a stale', 'announce a', 'apply b c']);
    syncs[1]?.resolve();
    expect(await Promise.all(results)).toEqual([
      { kind: 'committed' },
      { kind: 'conflict', key: 'stale' },
      { kind: 'committed' },
      { kind: 'committed' },
    ]);
    await queue.idle();
    expect([steps.slice(3), syncs.length]).toEqual([['announce b', 'announce c'], 2]);
  });

  it('does not sync when everything conflicts', async () => {
    const { queue, syncs } = createHarness();
    expect(await queue.commit(commit('stale'))).toEqual({ kind: 'conflict', key: 'stale' });
    expect(syncs).toEqual([]);
  });

  it('rejects a group that could not be applied, and goes on', async () => {
    const { queue } = createHarness();
    await expect(queue.commit(commit('broken'))).rejects.toThrow('The disk is full.');
    expect(await queue.commit(commit('stale'))).toEqual({ kind: 'conflict', key: 'stale' });
  });

  it('rejects everything after a sync that failed', async () => {
    const { queue, steps, syncs, nextTurn } = createHarness();
    const first = queue.commit(commit('a'));
    await nextTurn();
    syncs[0]?.reject(new Error('The disk is gone.'));
    await expect(first).rejects.toThrow('The disk is gone.');
    await expect(queue.commit(commit('b'))).rejects.toThrow('The disk is gone.');
    expect(steps).toEqual(['apply a']);
  });

  it('tidies up after each group, when it is acknowledged, and lets the next one wait', async () => {
    const tidying: (() => void)[] = [];
    const { queue, steps, syncs, nextTurn } = createHarness(() => new Promise((resolve) => tidying.push(resolve)));
    const first = queue.commit(commit('a'));
    await nextTurn();
    syncs[0]?.resolve();
    expect(await first).toEqual({ kind: 'committed' });
    const second = queue.commit(commit('b'));
    await nextTurn();
    expect([steps, tidying.length]).toEqual([['apply a', 'announce a'], 1]);
    tidying[0]?.();
    await nextTurn();
    expect(steps).toEqual(['apply a', 'announce a', 'apply b']);
    syncs[1]?.resolve();
    await second;
    await nextTurn();
    tidying[1]?.();
    await queue.idle();
  });

  it('rejects everything after it could not tidy up', async () => {
    const { queue, steps, syncs, nextTurn } = createHarness(() => Promise.reject(new Error('The disk is gone.')));
    const first = queue.commit(commit('a'));
    await nextTurn();
    syncs[0]?.resolve();
    expect(await first).toEqual({ kind: 'committed' });
    await expect(queue.commit(commit('b'))).rejects.toThrow('The disk is gone.');
    expect(steps).toEqual(['apply a', 'announce a']);
  });
});
