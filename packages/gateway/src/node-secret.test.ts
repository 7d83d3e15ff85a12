import { expect, it } from 'vitest';
import { readConnectionIdSecret } from './node-secret.ts';
import { createMemoryStore } from './stores/memory.ts';

it('is made once for a store, also when several gateways start at a time', async () => {
  const store = createMemoryStore();
  const secrets = await Promise.all([readConnectionIdSecret(store), readConnectionIdSecret(store)]);
  secrets.push(await readConnectionIdSecret(store));
  expect(new Set(secrets)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]));
  expect((await store.head('gateway'))?.revision).toBe(1);
});
