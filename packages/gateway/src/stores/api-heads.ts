import { createHash } from 'node:crypto';
import type { ApiHead, Configuration, ContentHash } from '../model/api-head.ts';
import type { Store, StoredObject } from './store.ts';

/** Heads of APIs are kept under this prefix, followed by the API's id. */
export const apiKeyPrefix = 'api/';

export function apiKey(apiId: string): string {
  return apiKeyPrefix + apiId;
}

/** The id of the API that a changed key belongs to; `undefined` for keys of other kinds. */
export function apiIdOfKey(key: string): string | undefined {
  return key.startsWith(apiKeyPrefix) ? key.slice(apiKeyPrefix.length) : undefined;
}

export interface RevisedApiHead {
  readonly head: ApiHead;
  readonly revision: number;
}

export async function readApiHead(store: Store, apiId: string): Promise<RevisedApiHead | undefined> {
  const stored = await store.head(apiKey(apiId));
  return stored && { head: JSON.parse(stored.value) as ApiHead, revision: stored.revision };
}

/** Names a value by its content. Members are sorted, so that equal values have equal names. */
export function toStoredObject(value: unknown): StoredObject {
  const text = canonicalJson(value);
  return { hash: createHash('sha256').update(text).digest('hex'), value: text };
}

/** @throws Error when the store lacks an object that a head names: the store is damaged. */
export async function readObjects<Value>(store: Store, hashes: readonly ContentHash[]): Promise<readonly Value[]> {
  const values = await store.objects(hashes);
  return values.map((value, index) => {
    if (value === undefined) throw new Error(`The store has no object "${hashes[index]}", which a head names.`);
    return JSON.parse(value) as Value;
  });
}

/** The configuration that a deployment snapshot; `undefined` for one that no stage of the API uses. */
export async function readDeployedConfiguration(
  store: Store,
  head: ApiHead,
  deploymentId: string,
): Promise<Configuration | undefined> {
  const hash = Object.hasOwn(head.deployed, deploymentId) ? head.deployed[deploymentId] : undefined;
  if (hash === undefined) return undefined;
  const [configuration] = await readObjects<Configuration>(store, [hash]);
  return configuration;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
