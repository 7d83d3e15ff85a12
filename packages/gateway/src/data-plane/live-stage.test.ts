import { describe, expect, it } from 'vitest';
import { noSettings } from '../testing/no-settings.ts';
import { LiveStage, type LoadedStage } from './live-stage.ts';
import type { StageRuntime } from './stage-runtime.ts';

function loaded(incarnation = 'first'): LoadedStage {
  const runtime: StageRuntime = {
    isEndpointDisabled: false,
    routes: new Map(),
    routeSelection: undefined,
    settings: noSettings,
  };
  return { incarnation, runtime };
}

function createStage(load: () => Promise<LoadedStage | undefined>): {
  readonly stage: LiveStage;
  readonly retired: LiveStage[];
} {
  const retired: LiveStage[] = [];
  const stage = new LiveStage({ apiId: 'a1b2c3d4e5', name: 'dev', load, onRetired: (gone) => retired.push(gone) });
  return { stage, retired };
}

describe('LiveStage', () => {
  it('loads once for all who ask at a time, and answers at once from then on', async () => {
    const result = loaded();
    let loads = 0;
    const { stage } = createStage(async () => {
      loads += 1;
      return result;
    });
    expect(await Promise.all([stage.runtime(), stage.runtime()])).toEqual([result.runtime, result.runtime]);
    expect(stage.runtime()).toBe(result.runtime);
    expect(loads).toBe(1);
  });

  it('gives no one a configuration that changed while it was loaded', async () => {
    const results = [loaded(), loaded()];
    let loads = 0;
    const { stage } = createStage(async () => {
      loads += 1;
      if (loads === 1) stage.invalidate();
      return results[loads - 1];
    });
    expect(await stage.runtime()).toBe(results[1]?.runtime);
    expect(loads).toBe(2);
  });

  it.each([
    ['is gone', undefined],
    ['was replaced by another of its name', loaded('second')],
  ])('retires for good when it %s, and keeps what it served last', async (_case, next) => {
    const first = loaded();
    let result: LoadedStage | undefined = first;
    const { stage, retired } = createStage(async () => result);
    await stage.runtime();
    result = next;
    stage.invalidate();
    expect(await stage.runtime()).toBeUndefined();
    result = first;
    stage.invalidate();
    expect(await stage.runtime()).toBeUndefined();
    expect([stage.isRetired, stage.lastRuntime, retired]).toEqual([true, first.runtime, [stage]]);
  });

  it('tries again after a failure', async () => {
    const result = loaded();
    let loads = 0;
    const { stage } = createStage(async () => {
      loads += 1;
      if (loads === 1) throw new Error('The store is gone.');
      return result;
    });
    await expect(stage.runtime()).rejects.toThrow('The store is gone.');
    expect(await stage.runtime()).toBe(result.runtime);
  });
});
