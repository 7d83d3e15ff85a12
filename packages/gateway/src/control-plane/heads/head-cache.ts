import type { Store } from '../../stores/store.ts';

/** A head as its writer reads it. Values are shared, and never changed in place. */
interface RevisedHead<Value> {
  readonly revision: number;
  readonly value: Value;
}

export interface HeadCache {
  readonly read: <Value extends object>(key: string) => Promise<RevisedHead<Value> | undefined>;
  /** The values of a page of heads, as `Store.heads` lists them. */
  readonly list: <Value extends object>(
    prefix: string,
    page: Parameters<Store['heads']>[1],
  ) => Promise<readonly Value[]>;
  /** Notes what a text that was just written means, so that the next reader need not parse it. */
  readonly note: (key: string, text: string, value: object) => void;
}

/** In characters of JSON text. A head of 300 routes has about 30,000; what it means takes a few times as many bytes. */
const maximumLength = 8_000_000;

/**
 * Reads heads, parsing the text of one that is read again and again only when it has changed. The store is asked every
 * time, so nothing is ever stale; when full, the cache starts again.
 */
export function createHeadCache(store: Store): HeadCache {
  const known = new Map<string, { readonly text: string; readonly value: object }>();
  let length = 0;

  function forget(key: string): void {
    length -= known.get(key)?.text.length ?? 0;
    known.delete(key);
  }

  function note(key: string, text: string, value: object): void {
    forget(key);
    if (length + text.length > maximumLength) {
      known.clear();
      length = 0;
    }
    known.set(key, { text, value });
    length += text.length;
  }

  function parse(key: string, text: string): object {
    const found = known.get(key);
    if (found?.text === text) return found.value;
    const value = JSON.parse(text) as object;
    note(key, text, value);
    return value;
  }

  return {
    note,
    async read<Value extends object>(key: string) {
      const stored = await store.head(key);
      if (stored) return { revision: stored.revision, value: parse(key, stored.value) as Value };
      forget(key);
      return undefined;
    },
    async list<Value extends object>(prefix: string, page: Parameters<Store['heads']>[1]) {
      return (await store.heads(prefix, page)).map(({ key, value }) => parse(key, value) as Value);
    },
  };
}
