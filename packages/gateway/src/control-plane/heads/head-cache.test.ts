import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../stores/memory.ts';
import { createHeadCache } from './head-cache.ts';

describe('a head cache', () => {
  it('parses a head once for as long as its text stays, and never gives an old one', async () => {
    const store = createMemoryStore();
    const cache = createHeadCache(store);
    expect(await cache.read('a')).toBeUndefined();

    await store.commit({ objects: [], heads: [{ key: 'a', expectedRevision: 0, value: '{"n":1}' }] });
    const first = await cache.read('a');
    expect(first).toEqual({ revision: 1, value: { n: 1 } });
    expect((await cache.read('a'))?.value).toBe(first?.value);

    expect((await cache.list('', { limit: 10 }))[0]).toBe(first?.value);
    const noted = { n: 1, ofWriter: true };
    cache.note('a', '{"n":1}', noted);
    expect((await cache.read('a'))?.value).toBe(noted);

    await store.commit({ objects: [], heads: [{ key: 'a', expectedRevision: 1 }] });
    expect(await cache.read('a')).toBeUndefined();
    await store.commit({ objects: [], heads: [{ key: 'a', expectedRevision: 0, value: '{"n":2}' }] });
    expect(await cache.read('a')).toEqual({ revision: 1, value: { n: 2 } });
  });
});
