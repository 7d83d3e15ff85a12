import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import { startBench } from '../testing/gateway-bench.ts';
import { fixtureApiId, putApi } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';

/** A store whose objects cannot be read while it is broken. */
function createBreakableStore(): { readonly store: Store; setBroken(isBroken: boolean): void } {
  const memory = createMemoryStore();
  let isBroken = false;
  return {
    store: {
      ...memory,
      async objects(hashes) {
        if (isBroken) throw new Error('The disk is gone.');
        return memory.objects(hashes);
      },
    },
    setBroken(broken) {
      isBroken = broken;
    },
  };
}

describe('a gateway whose store cannot be read', () => {
  it('refuses handshakes with 500, and works again when the store does', async () => {
    const { store, setBroken } = createBreakableStore();
    const { endpoint, events } = await startBench({ routes: [] }, { store });
    setBroken(true);
    const { status, body } = await connectRefused(endpoint);
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(events).toMatchObject([
      { kind: 'gateway-fault', reason: 'The disk is gone.' },
      { kind: 'connection-refused', apiId: fixtureApiId, stage: 'dev', status: 500 },
    ]);
    setBroken(false);
    await connectClient(endpoint);
  });

  it('answers messages with an error frame, and keeps the connection', async () => {
    const { store, setBroken } = createBreakableStore();
    const { endpoint } = await startBench({ routes: [] }, { store });
    const client = await connectClient(endpoint);
    setBroken(true);
    await putApi(store, { routes: [] });
    client.send('x');
    expect(await client.next()).toContain('{"message": "Internal server error", ');
    setBroken(false);
    client.send('x');
    expect(await client.next()).toContain('{"message": "Forbidden", ');
  });

  it('still says what it has counted', async () => {
    const { store, setBroken } = createBreakableStore();
    const { endpoint, gateway, events } = await startBench({ routes: [] }, { store });
    await connectClient(endpoint);
    setBroken(true);
    await putApi(store, { routes: [] });
    const response = await fetch(`${gateway.url}/_gatewright/metrics`);
    expect(await response.text()).toContain(`ConnectCount{ApiId="${fixtureApiId}",Stage="dev"} 1\n`);
    expect(events).toContainEqual({ kind: 'gateway-fault', reason: 'The disk is gone.' });
  });

  it('answers @connections with 500', async () => {
    const { store, setBroken } = createBreakableStore();
    const { endpoint } = await startBench({ routes: [] }, { store });
    setBroken(true);
    const response = await fetch(`${endpoint}/@connections/x`);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([500, 'InternalServerErrorException']);
  });
});
