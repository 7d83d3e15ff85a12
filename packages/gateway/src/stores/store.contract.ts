import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toStoredObject } from './api-heads.ts';
import type { Store } from './store.ts';

/** What every store guarantees, see `store.ts`. `open` gives an empty store. */
export function describeStoreContract(open: () => Promise<Store>): void {
  describe('a store', () => {
    let store: Store;

    beforeEach(async () => {
      store = await open();
    });

    afterEach(() => store.close());

    const put = (key: string, expectedRevision: number, value: string) =>
      store.commit({ objects: [], heads: [{ key, expectedRevision, value }] });

    it('knows nothing at first', async () => {
      expect(await store.head('api/a')).toBeUndefined();
      expect(await store.heads('', { limit: 10 })).toEqual([]);
      expect(await store.objects([toStoredObject(1).hash])).toEqual([undefined]);
    });

    it('counts the revisions of a key from 1', async () => {
      expect(await put('api/a', 0, '"first"')).toEqual({ kind: 'committed' });
      expect(await store.head('api/a')).toEqual({ key: 'api/a', revision: 1, value: '"first"' });
      expect(await put('api/a', 1, '"second"')).toEqual({ kind: 'committed' });
      expect(await store.head('api/a')).toEqual({ key: 'api/a', revision: 2, value: '"second"' });
    });

    it.each([
      ['a key that must not exist', 0],
      ['an older revision', 1],
      ['a revision that never was', 7],
    ])('conflicts on %s', async (_name, expectedRevision) => {
      await put('api/a', 0, '1');
      await put('api/a', 1, '2');
      expect(await put('api/a', expectedRevision, '3')).toEqual({ kind: 'conflict', key: 'api/a' });
      expect(await store.head('api/a')).toEqual({ key: 'api/a', revision: 2, value: '2' });
    });

    it('commits one of two that expect the same revision', async () => {
      await put('api/a', 0, '0');
      const results = await Promise.all([put('api/a', 1, '1'), put('api/a', 1, '2')]);
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'conflict']);
    });

    it('commits all that do not collide, however many are under way', async () => {
      const results = await Promise.all(Array.from({ length: 50 }, (_, index) => put(`api/${index}`, 0, `${index}`)));
      expect(results).toEqual(Array.from({ length: 50 }, () => ({ kind: 'committed' })));
      expect(await store.heads('api/', { limit: 100 })).toHaveLength(50);
    });

    it('writes nothing of a commit that conflicts', async () => {
      await put('api/b', 0, '1');
      const object = toStoredObject({ routeKey: 'join' });
      const result = await store.commit({
        objects: [object],
        heads: [
          { key: 'api/a', expectedRevision: 0, value: '1' },
          { key: 'api/b', expectedRevision: 0, value: '2' },
        ],
      });
      expect(result).toEqual({ kind: 'conflict', key: 'api/b' });
      expect(await store.head('api/a')).toBeUndefined();
      expect(await store.objects([object.hash])).toEqual([undefined]);
    });

    it('returns objects in the order asked for, each as often as asked for', async () => {
      const [one, two] = [toStoredObject(1), toStoredObject('zwei 💬')];
      await store.commit({ objects: [one, two, one], heads: [] });
      await store.commit({ objects: [one], heads: [] });
      expect(await store.objects([two.hash, 'none', one.hash, two.hash])).toEqual([
        two.value,
        undefined,
        one.value,
        two.value,
      ]);
    });

    it('forgets a deleted key, and counts from 1 again', async () => {
      await put('api/a', 0, '1');
      const deletion = { objects: [], heads: [{ key: 'api/a', expectedRevision: 1 }] };
      expect(await store.commit(deletion)).toEqual({ kind: 'committed' });
      expect(await store.commit(deletion)).toEqual({ kind: 'conflict', key: 'api/a' });
      expect(await store.head('api/a')).toBeUndefined();
      await put('api/a', 0, '2');
      expect(await store.head('api/a')).toEqual({ key: 'api/a', revision: 1, value: '2' });
    });

    it('lists the keys of a prefix in order, a page at a time', async () => {
      for (const key of ['api/c', 'api/a', 'apix', 'api', 'gateway', 'api/b', 'api/B']) await put(key, 0, '1');
      const list = async (page: { readonly after?: string; readonly limit: number }) =>
        (await store.heads('api/', page)).map(({ key }) => key);
      expect(await list({ limit: 10 })).toEqual(['api/B', 'api/a', 'api/b', 'api/c']);
      expect(await list({ limit: 2 })).toEqual(['api/B', 'api/a']);
      expect(await list({ after: 'api/a', limit: 2 })).toEqual(['api/b', 'api/c']);
      expect(await list({ after: 'api/c', limit: 2 })).toEqual([]);
    });

    it('tells listeners of a commit before it acknowledges it, and not of one that conflicts', async () => {
      const seen: (readonly string[])[] = [];
      const unsubscribe = store.subscribe((changedKeys) => seen.push(changedKeys));
      const acknowledged = put('api/a', 0, '1').then(() => seen.length);
      expect(await acknowledged).toBe(1);
      await put('api/a', 0, '2');
      await store.commit({
        objects: [],
        heads: [
          { key: 'api/a', expectedRevision: 1 },
          { key: 'api/b', expectedRevision: 0, value: '1' },
        ],
      });
      unsubscribe();
      await put('api/c', 0, '1');
      expect(seen).toEqual([['api/a'], ['api/a', 'api/b']]);
    });

    it('lets a listener see what was committed', async () => {
      const seen: Promise<string | undefined>[] = [];
      store.subscribe(() => seen.push(store.head('api/a').then((head) => head?.value)));
      await put('api/a', 0, '1');
      expect(await Promise.all(seen)).toEqual(['1']);
    });

    it('finishes the commits under way when it is closed, and rejects what comes after', async () => {
      const underWay = put('api/a', 0, '1');
      await store.close();
      expect(await underWay).toEqual({ kind: 'committed' });
      const closed = { name: 'StoreError', code: 'store-closed' };
      await expect(store.head('api/a')).rejects.toMatchObject(closed);
      await expect(store.heads('', { limit: 1 })).rejects.toMatchObject(closed);
      await expect(store.objects([])).rejects.toMatchObject(closed);
      await expect(put('api/b', 0, '1')).rejects.toMatchObject(closed);
      await store.close();
    });
  });
}
