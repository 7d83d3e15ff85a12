import { createObjectDropper } from './drop-objects.ts';
import type { Commit, CommitResult, Head, Store, StoreListener } from './store.ts';
import { StoreError } from './store-error.ts';

/** A store that lives as long as its process. */
export function createMemoryStore(): Store {
  const heads = new Map<string, Head>();
  const objects = new Map<string, string>();
  const dropObjects = createObjectDropper(objects);
  const listeners = new Set<StoreListener>();
  let isOpen = true;

  function requireOpen(): void {
    if (!isOpen) throw new StoreError('store-closed', 'The store is closed.');
  }

  function apply(commit: Commit): CommitResult {
    const stale = commit.heads.find(
      ({ key, expectedRevision }) => (heads.get(key)?.revision ?? 0) !== expectedRevision,
    );
    if (stale) return { kind: 'conflict', key: stale.key };
    for (const { hash, value } of commit.objects) objects.set(hash, value);
    for (const { key, expectedRevision, value } of commit.heads) {
      if (value === undefined) heads.delete(key);
      else heads.set(key, { key, revision: expectedRevision + 1, value });
    }
    dropObjects(() => [...heads.values()].map(({ value }) => value));
    return { kind: 'committed' };
  }

  return {
    async head(key) {
      requireOpen();
      return heads.get(key);
    },
    async heads(prefix, { after = '', limit }) {
      requireOpen();
      const keys = [...heads.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      return keys.slice(0, limit).flatMap((key) => heads.get(key) ?? []);
    },
    async objects(hashes) {
      requireOpen();
      return hashes.map((hash) => objects.get(hash));
    },
    async commit(commit) {
      requireOpen();
      const result = apply(commit);
      if (result.kind === 'committed') {
        const changedKeys = commit.heads.map(({ key }) => key);
        for (const listener of listeners) listener(changedKeys);
      }
      return result;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isOpen = false;
      listeners.clear();
    },
  };
}
