import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, createApi } from './harness/control-plane.ts';
import { gatewright, startServing } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

interface Listed {
  readonly items: readonly Readonly<Record<string, string>>[];
  readonly nextToken?: string;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: readonly string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  store = ['--store', `sqlite:${join(folder.path, 'gateway.db')}`];
});

afterEach(() => folder.remove());

describe('a gateway on a SQLite store', () => {
  it('comes back from SIGKILL with every acknowledged write, and none half-applied', async () => {
    const acknowledged = new Map<string, string[]>();
    for (let round = 0; round < 3; round += 1) {
      const serving = await startServing(['serve', ...store]);
      await Promise.all([
        ...Array.from({ length: 4 }, () => writeUntilKilled(serving.gateway, acknowledged)),
        isWritten(acknowledged, 40 * (round + 1)).then(serving.kill),
      ]);
    }
    const serving = await startServing(['serve', ...store]);
    const stored = new Map((await list(serving.gateway, '/v2/apis')).map(({ apiId = '', name = '' }) => [apiId, name]));
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const [apiId, integrationIds] of acknowledged) {
      expect(stored.get(apiId)).toBe('written under fire');
      const integrations = await list(serving.gateway, `/v2/apis/${apiId}/integrations`);
      expect(integrations.map(({ integrationId }) => integrationId)).toEqual(expect.arrayContaining(integrationIds));
    }
    for (const apiId of stored.keys()) {
      for (const integration of await list(serving.gateway, `/v2/apis/${apiId}/integrations`)) {
        expect(integration).toMatchObject({ integrationType: 'MOCK', timeoutInMillis: 29_000 });
      }
    }
    expect(await serving.stop()).toBe(0);
  });

  it('has written nothing that it did not acknowledge when it is stopped', async () => {
    const acknowledged = new Map<string, string[]>();
    const serving = await startServing(['serve', ...store]);
    const writers = Array.from({ length: 20 }, () => writeUntilKilled(serving.gateway, acknowledged));
    await isWritten(acknowledged, 100);
    expect(await serving.stop()).toBe(0);
    await Promise.all(writers);
    const reopened = await startServing(['serve', ...store]);
    const stored = await list(reopened.gateway, '/v2/apis');
    expect(stored.map(({ apiId }) => apiId).sort()).toEqual([...acknowledged.keys()].sort());
    expect(await reopened.stop()).toBe(0);
  });

  it('refuses a second gateway on the same file, saying why, and serves on', async () => {
    const serving = await startServing(['serve', ...store]);
    const second = await gatewright(['serve', ...store, '--port', '0']);
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toMatch(/gateway\.db.*(open|in use)/);
    expect((await fetch(`${serving.gateway}/v2/apis`)).status).toBe(200);
    await serving.kill();
    const next = await startServing(['serve', ...store]);
    expect(await next.stop()).toBe(0);
  });

  it('refuses a file that is not a store, and leaves it as it was', async () => {
    const file = join(folder.path, 'gateway.db');
    await copyFile(new URL(import.meta.url), file);
    const refused = await gatewright(['serve', ...store, '--port', '0']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('gateway.db');
    expect(refused.stderr).not.toMatch(/\n\s+at /);
  });
});

/** Creates an API with two integrations over and over, noting what was acknowledged, until the gateway is gone. */
async function writeUntilKilled(gateway: string, acknowledged: Map<string, string[]>): Promise<void> {
  try {
    for (;;) {
      const { apiId } = await createApi(gateway, 'written under fire');
      const integrationIds: string[] = [];
      acknowledged.set(apiId, integrationIds);
      for (let count = 0; count < 2; count += 1) {
        const { integrationId = '' } = await call(gateway, 'POST', `/v2/apis/${apiId}/integrations`, {
          integrationType: 'MOCK',
        });
        integrationIds.push(integrationId);
      }
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

async function isWritten(acknowledged: ReadonlyMap<string, unknown>, count: number): Promise<void> {
  while (acknowledged.size < count) await new Promise((resolve) => setImmediate(resolve));
}

async function list(gateway: string, path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const items: Readonly<Record<string, string>>[] = [];
  let nextToken: string | undefined;
  do {
    const query = nextToken === undefined ? '' : `?nextToken=${encodeURIComponent(nextToken)}`;
    const page = (await (await fetch(gateway + path + query)).json()) as Listed;
    items.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return items;
}
