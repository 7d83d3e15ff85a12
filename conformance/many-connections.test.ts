import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { call } from './harness/control-plane.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { frame, opcodes, openRaw, type RawConnection } from './harness/raw-web-socket.ts';

const wanted = 5000;
/** What a process needs besides its connections. */
const otherFiles = 500;
const openingAtOnce = 100;

let serving: ServingProcess;
const connections: RawConnection[] = [];

beforeAll(async () => {
  serving = await startServing(['serve']);
});

afterAll(async () => {
  for (const { socket } of connections) socket.destroy();
  await serving.kill();
});

/** As many of the wanted connections as a process may have here. */
function countPossible(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  const possible = limit === 'unlimited' ? wanted : Math.min(wanted, Number(limit) - otherFiles);
  if (possible < wanted) process.stdout.write(`Skipped ${wanted - possible} of ${wanted} connections: ulimit -n.\n`);
  return possible;
}

const callApi = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
  call(serving.gateway, method, `/v2/apis/${path}`, body);

async function findOnly(path: string): Promise<Readonly<Record<string, string>>> {
  const { items } = (await callApi('GET', path)) as unknown as { readonly items: readonly Record<string, string>[] };
  expect(items).toHaveLength(1);
  return items[0] ?? {};
}

/** Sends a message on each connection and counts the different answers. */
async function askAll(): Promise<Readonly<Record<string, number>>> {
  const message = frame({ opcode: opcodes.text, payload: '{}' });
  const counts: Record<string, number> = {};
  await Promise.all(
    connections.map(async ({ write, readFrame }) => {
      write(message);
      const answer = (await readFrame()).payload.toString('utf8');
      counts[answer] = (counts[answer] ?? 0) + 1;
    }),
  );
  return counts;
}

const route: RouteDescription = {
  routeKey: '$default',
  integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
  integrationResponses: { $default: { responseTemplates: { $default: 'first' } } },
};

describe('five thousand connections', () => {
  it('all stay open, and are all routed by the new deployment, when one is replaced', async () => {
    const { apiId, endpoint } = await deployApi(serving.gateway, { routes: [route] });
    const count = countPossible();
    while (connections.length < count) {
      const opening = Math.min(openingAtOnce, count - connections.length);
      connections.push(...(await Promise.all(Array.from({ length: opening }, () => openRaw(endpoint)))));
    }
    expect(await askAll()).toEqual({ first: count });

    const { integrationId } = await findOnly(`${apiId}/integrations`);
    const responses = `${apiId}/integrations/${integrationId}/integrationresponses`;
    const { integrationResponseId } = await findOnly(responses);
    await callApi('PATCH', `${responses}/${integrationResponseId}`, { responseTemplates: { $default: 'second' } });
    expect(await askAll()).toEqual({ first: count });

    const { deploymentId } = await callApi('POST', `${apiId}/deployments`, {});
    const [meanwhile] = await Promise.all([askAll(), callApi('PATCH', `${apiId}/stages/test`, { deploymentId })]);
    const { first = 0, second = 0, ...others } = meanwhile;
    expect([first + second, others]).toEqual([count, {}]);

    expect(await askAll()).toEqual({ second: count });
    expect(connections.filter(({ socket }) => socket.destroyed)).toHaveLength(0);
    expect(serving.records.filter(({ kind }) => kind === 'connection-closed')).toHaveLength(0);
  });
});
