/** A mutable value under a key. `revision` starts at 1 and grows by one with each change of the key. */
export interface Head {
  readonly key: string;
  readonly revision: number;
  /** JSON text. */
  readonly value: string;
}

/** An immutable value named by the SHA-256 (lowercase hexadecimal) of its JSON text. */
export interface StoredObject {
  readonly hash: string;
  readonly value: string;
}

/** A conditional change of one head. Without `value` the head is deleted. */
export interface HeadChange {
  readonly key: string;
  /** The revision the writer read; 0 means the key must not exist. */
  readonly expectedRevision: number;
  readonly value?: string;
}

export interface Commit {
  /** Written before the heads that name them; putting an object that exists is a no-op. */
  readonly objects: readonly StoredObject[];
  readonly heads: readonly HeadChange[];
}

export type CommitResult =
  | { readonly kind: 'committed' }
  /** Nothing was written: `key` was not at the expected revision. */
  | { readonly kind: 'conflict'; readonly key: string };

export type StoreListener = (changedKeys: readonly string[]) => void;

/**
 * Port: where configuration lives, and how the control plane and the data plane learn of each other's work.
 *
 * Guarantees that every implementation gives and `store.contract.ts` tests:
 * - **Atomic.** A commit is applied entirely or not at all; no reader, and no restart, sees a part of it.
 * - **Compare-and-set.** Of two commits that expect the same revision of a key, one commits and the other conflicts.
 * - **Durable before acknowledged.** A durable implementation resolves `commit` only when the change survives the death
 *   of the process and of the machine. A killed process leaves no lock.
 * - **Announced before acknowledged.** Every listener has returned before `commit` resolves, so whoever wrote a
 *   configuration finds it served.
 * - **Kept while named.** An object is there for as long as a head reaches it, by its name in a value, and a while longer.
 * - **Ordered.** Keys are printable ASCII, and `heads` lists them in ascending order.
 */
export interface Store {
  head(key: string): Promise<Head | undefined>;
  /** Up to `limit` heads whose key starts with `prefix` and comes after `after` (exclusive). */
  heads(prefix: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Head[]>;
  /** The values of the objects, in the order asked for; `undefined` where there is none of that name. */
  objects(hashes: readonly string[]): Promise<readonly (string | undefined)[]>;
  commit(commit: Commit): Promise<CommitResult>;
  /** Listeners run synchronously and must not throw. The returned function ends the subscription. */
  subscribe(listener: StoreListener): () => void;
  /** Waits for commits under way, then releases the store. Calls after that reject. */
  close(): Promise<void>;
}
