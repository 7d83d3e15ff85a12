import { randomBytes } from 'node:crypto';
import type { Store } from './stores/store.ts';

/** The head that belongs to the gateway itself. */
const gatewayKey = 'gateway';

interface GatewayHead {
  readonly connectionIdSecret: string;
}

/**
 * The secret that connection ids are signed with. The first gateway on a store makes it; from then on every node has
 * the same, so ids stay valid across restarts.
 */
export async function readConnectionIdSecret(store: Store): Promise<string> {
  const stored = await store.head(gatewayKey);
  if (stored) return (JSON.parse(stored.value) as GatewayHead).connectionIdSecret;
  const head: GatewayHead = { connectionIdSecret: randomBytes(32).toString('hex') };
  const change = { key: gatewayKey, expectedRevision: 0, value: JSON.stringify(head) };
  const result = await store.commit({ objects: [], heads: [change] });
  // Another node that started at the same time was first: its secret counts.
  return result.kind === 'committed' ? head.connectionIdSecret : readConnectionIdSecret(store);
}
