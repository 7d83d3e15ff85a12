import type { ContentHash } from '../../model/api-head.ts';
import { readObjects } from '../../stores/api-heads.ts';
import type { Store } from '../../stores/store.ts';

/** Reads immutable records by content hash, in the order asked for. */
export type RecordCache = <Value extends object>(hashes: readonly ContentHash[]) => Promise<readonly Value[]>;

/** Some MB when every record is a route. */
const maximumRecords = 10_000;

/**
 * Keeps decoded records, so that a rule that looks at all routes of an API does not parse them for every request. What a
 * hash names never changes, so nothing is ever stale; when full, the cache starts again.
 */
export function createRecordCache(store: Store): RecordCache {
  const known = new Map<ContentHash, object>();
  return async <Value extends object>(hashes: readonly ContentHash[]) => {
    const remembered = hashes.map((hash) => known.get(hash));
    const missing = hashes.filter((_hash, index) => remembered[index] === undefined);
    if (missing.length === 0) return remembered as Value[];
    const loaded = await readObjects<Value>(store, missing);
    if (known.size + missing.length > maximumRecords) known.clear();
    const found = new Map(missing.map((hash, index) => [hash, loaded[index]]));
    for (const [hash, record] of found) if (record) known.set(hash, record);
    return hashes.map((hash, index) => (found.get(hash) ?? remembered[index]) as Value);
  };
}
