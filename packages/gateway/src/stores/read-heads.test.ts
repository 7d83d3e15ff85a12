import { expect, it } from 'vitest';
import { createMemoryStore } from './memory.ts';
import { readAllHeads } from './read-heads.ts';

it.each([0, 1, 499, 500, 501, 1001])(
  'reads %i heads of a prefix, each once and in order, and no others',
  async (count) => {
    const store = createMemoryStore();
    const keys = Array.from({ length: count }, (_, index) => `api/${String(index).padStart(5, '0')}`);
    const heads = ['apart', 'api', ...keys, 'domain/a'].map((key) => ({ key, expectedRevision: 0, value: '{}' }));
    await store.commit({ objects: [], heads });
    expect((await readAllHeads(store, 'api/')).map(({ key }) => key)).toEqual(keys);
  },
);
