import { describe, expect, it } from 'vitest';
import { toStoredObject } from '../../stores/api-heads.ts';
import { createMemoryStore } from '../../stores/memory.ts';
import type { Store } from '../../stores/store.ts';
import { createRecordCache } from './record-cache.ts';

describe('the record cache', () => {
  it('asks the store for a record once, and keeps the order asked for', async () => {
    const memory = createMemoryStore();
    const asked: string[] = [];
    const store: Store = {
      ...memory,
      objects: (hashes) => {
        asked.push(...hashes);
        return memory.objects(hashes);
      },
    };
    const [one, two] = [toStoredObject({ id: 1 }), toStoredObject({ id: 2 })];
    await memory.commit({ objects: [one, two], heads: [] });
    const records = createRecordCache(store);
    expect(await records([one.hash])).toEqual([{ id: 1 }]);
    expect(await records([two.hash, one.hash, two.hash])).toEqual([{ id: 2 }, { id: 1 }, { id: 2 }]);
    expect(asked).toEqual([one.hash, two.hash, two.hash]);
    expect(await records([one.hash, two.hash])).toEqual([{ id: 1 }, { id: 2 }]);
    expect(asked).toHaveLength(3);
  });

  it('fails when the store lacks a record', async () => {
    const records = createRecordCache(createMemoryStore());
    await expect(records(['none'])).rejects.toThrow('The store has no object "none", which a head names.');
  });
});
