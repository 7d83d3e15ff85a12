import type { Store } from '../stores/store.ts';

/** A head as its writer reads it. Values are shared, and never changed in place. */
interface RevisedHead<Value> {
  readonly revision: number;
  readonly value: Value;
}

export interface HeadCache {
  readonly read: <Value extends object>(key: string) => Promise<RevisedHead<Value> | undefined>;
}

/** A head of 300 routes has about 30 KB. */
const maximumHeads = 256;

/**
 * Reads heads, parsing the text of one that is read again and again only when it has changed. The store is asked every
 * time, so nothing is ever stale; when full, the cache starts again.
 */
export function createHeadCache(store: Store): HeadCache {
  const known = new Map<string, { readonly text: string; readonly value: object }>();
  return {
    async read<Value extends object>(key: string) {
      const stored = await store.head(key);
      if (!stored) {
        known.delete(key);
        return undefined;
      }
      const found = known.get(key);
      if (found?.text === stored.value) return { revision: stored.revision, value: found.value as Value };
      const value = JSON.parse(stored.value) as Value;
      if (known.size >= maximumHeads) known.clear();
      known.set(key, { text: stored.value, value });
      return { revision: stored.revision, value };
    },
  };
}
