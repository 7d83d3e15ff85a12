import { describe, expect, it } from 'vitest';
import { checkpoint } from './checkpoint.ts';

/** Runs a checkpoint of which the step of this number, from 1, fails; tells the steps that were begun. */
async function runFailingAt(failing: number): Promise<readonly string[]> {
  const begun: string[] = [];
  const begin = (step: string): void => {
    begun.push(step);
    if (begun.length === failing) throw new Error(`"${step}" failed.`);
  };
  const run = checkpoint({
    syncLog: async () => begin('sync the log'),
    copyLog: () => {
      begin('copy the log');
      return true;
    },
    syncFile: async () => begin('sync the file'),
    emptyLog: async () => begin('empty the log'),
  });
  if (failing === 0) await run;
  else await expect(run).rejects.toThrow(/^".*" failed\.$/);
  return begun;
}

const steps = ['sync the log', 'copy the log', 'sync the file', 'empty the log', 'sync the log'];

describe('a checkpoint', () => {
  it('has the log durable before it touches the file, the file before the log goes, and the empty log at last', async () => {
    expect(await runFailingAt(0)).toEqual(steps);
  });

  it.each([1, 2, 3, 4, 5])('goes no further when step %i fails', async (failing) => {
    expect(await runFailingAt(failing)).toEqual(steps.slice(0, failing));
  });

  it('leaves the log as it is when not all of it could be copied', async () => {
    const begun: string[] = [];
    await checkpoint({
      syncLog: async () => void begun.push('sync the log'),
      copyLog: () => false,
      syncFile: async () => void begun.push('sync the file'),
      emptyLog: async () => void begun.push('empty the log'),
    });
    expect(begun).toEqual(['sync the log']);
  });
});
