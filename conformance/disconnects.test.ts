import { createVirtualClock, type Up, up } from 'gatewright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeployedApi, deployApi, type RouteDescription } from './harness/api.ts';
import { type Answer, type BackEnd, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { closePayload, connectRaw, frame, opcodes, openRaw, type RawConnection } from './harness/raw-web-socket.ts';

const { text, binary, close, ping } = opcodes;
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:watch';

/** `$connect` may refuse, `who` tells a client its id, and a function hears of every `$disconnect`. */
function watchedRoutes(url: string): RouteDescription[] {
  const integrationUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  return [
    {
      routeKey: '$connect',
      integration: { integrationType: 'HTTP_PROXY', integrationUri: `${url}/connect` },
      isTwoWay: false,
    },
    {
      routeKey: 'who',
      integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
      integrationResponses: { $default: { responseTemplates: { $default: '$context.connectionId' } } },
    },
    { routeKey: '$disconnect', integration: { integrationType: 'AWS_PROXY', integrationUri }, isTwoWay: false },
  ];
}

/** What the function was told, in the order of its calls. */
function disconnectsIn(backEnd: BackEnd): { connectionId: string; code: number; reason: string }[] {
  const calls = backEnd.received.filter(({ body }) => body.includes('"DISCONNECT"'));
  return calls.map(({ body }) => {
    const { requestContext } = JSON.parse(body) as { readonly requestContext: Readonly<Record<string, unknown>> };
    const { connectionId, disconnectStatusCode, disconnectReason } = requestContext;
    return {
      connectionId: String(connectionId),
      code: Number(disconnectStatusCode),
      reason: String(disconnectReason),
    };
  });
}

interface Client extends RawConnection {
  readonly connectionId: string;
}

async function openClient(endpoint: string): Promise<Client> {
  const connection = await openRaw(endpoint);
  connection.write(frame({ opcode: text, payload: '{"action":"who"}' }));
  return { ...connection, connectionId: (await connection.readFrame()).payload.toString() };
}

describe('$disconnect', () => {
  const clock = createVirtualClock();
  const accepted: string[] = [];
  let backEnd: BackEnd;
  let gateway: Up;

  beforeAll(async () => {
    backEnd = await startBackEnd(({ url }) => ({
      status: url === '/connect?refused' ? 403 : 200,
      body: '{"statusCode":200}',
    }));
    gateway = await up({ endpoints: { lambda: backEnd.url }, clock });
  });

  afterAll(async () => {
    await gateway.close();
    await backEnd.close();
  });

  const call = (method: string, path: string, body: string | null = null) =>
    fetch(gateway.gateway + path, { method, body });
  const atConnections = ({ apiId }: DeployedApi, { connectionId }: Client): string =>
    `/${apiId}/test/@connections/${connectionId}`;
  const answerClose = async (client: Client): Promise<void> => {
    const { payload } = await client.readFrame();
    client.write(frame({ opcode: close, payload }));
  };
  const violate =
    (bytes: Uint8Array) =>
    (client: Client): Promise<void> => {
      client.write(bytes);
      return answerClose(client);
    };

  const goingAway = { code: 1001, reason: 'Going away' };
  const lost = { code: 1006, reason: 'Connection closed abnormally' };

  it.each<[string, (client: Client, api: DeployedApi) => unknown, { readonly code: number; readonly reason: string }]>([
    [
      'the client closes',
      ({ write }) => write(frame({ opcode: close, payload: closePayload(1000, 'bye') })),
      { code: 1000, reason: 'bye' },
    ],
    [
      'the client closes twice',
      ({ write }) => {
        const closing = frame({ opcode: close, payload: closePayload(4000, 'once') });
        write(Buffer.concat([closing, closing]));
      },
      { code: 4000, reason: 'once' },
    ],
    [
      'the client closes without a code',
      ({ write }) => write(frame({ opcode: close })),
      { code: 1005, reason: 'Client-side close frame status not set' },
    ],
    ['the client ends its side', ({ socket }) => socket.end(), lost],
    ['the client is gone', ({ socket }) => socket.destroy(), lost],
    ['the client resets', ({ socket }) => socket.resetAndDestroy(), lost],
    [
      'it is deleted',
      async (client, api) => {
        await call('DELETE', atConnections(api, client));
        await answerClose(client);
      },
      { code: 1000, reason: 'Connection Closed Normally' },
    ],
    [
      'it is deleted twice at a time',
      async (client, api) => {
        const deletes = [1, 2].map(() => call('DELETE', atConnections(api, client)));
        const statuses = (await Promise.all(deletes)).map(({ status }) => status);
        expect(statuses.sort()).toEqual([204, 410]);
        await answerClose(client);
      },
      { code: 1000, reason: 'Connection Closed Normally' },
    ],
    [
      'it is deleted, and its client does not answer the close',
      (client, api) => call('DELETE', atConnections(api, client)),
      { code: 1000, reason: 'Connection Closed Normally' },
    ],
    [
      'it is deleted, and its client is gone',
      async (client, api) => {
        await call('DELETE', atConnections(api, client));
        client.socket.destroy();
      },
      { code: 1000, reason: 'Connection Closed Normally' },
    ],
    [
      'it is idle',
      async (client) => {
        clock.advance(10 * 60_000 + 5_000);
        await answerClose(client);
      },
      goingAway,
    ],
    [
      'it is two hours old',
      async (client) => {
        for (let age = 0; age < 120; age += 5) {
          client.write(frame({ opcode: ping }));
          expect((await client.readFrame()).first).toBe(0x8a);
          clock.advance(5 * 60_000);
        }
        clock.advance(5_000);
        await answerClose(client);
      },
      goingAway,
    ],
    [
      'it carries a binary frame',
      violate(frame({ opcode: binary })),
      { code: 1003, reason: 'Binary is not supported' },
    ],
    [
      'it carries a frame that is too long',
      violate(frame({ opcode: text, payload: 'x'.repeat(32_769) })),
      { code: 1009, reason: 'Message too big' },
    ],
    [
      'it carries what is not UTF-8',
      violate(frame({ opcode: text, payload: Buffer.of(0xff) })),
      { code: 1007, reason: '' },
    ],
    ['it breaks the protocol', violate(frame({ opcode: 3 })), { code: 1002, reason: '' }],
    [
      'it does not read',
      async (client, api) => {
        client.socket.pause();
        const body = 'x'.repeat(131_072);
        while ((await call('POST', atConnections(api, client), body)).ok);
      },
      { code: 1006, reason: 'More than 4194304 bytes were left unread' },
    ],
    [
      'its stage is deleted',
      async (client, { apiId }) => {
        await call('DELETE', `/v2/apis/${apiId}/stages/test`);
        await answerClose(client);
      },
      goingAway,
    ],
    [
      'its API is deleted',
      async (client, { apiId }) => {
        await call('DELETE', `/v2/apis/${apiId}`);
        await answerClose(client);
      },
      goingAway,
    ],
  ])('is called when %s', async (_case, end, expected) => {
    const api = await deployApi(gateway.gateway, { routes: watchedRoutes(backEnd.url) });
    const refused = await connectRaw(`${api.endpoint}?refused`);
    expect(refused.answer).toContain('403');
    const client = await openClient(api.endpoint);
    accepted.push(client.connectionId);
    await end(client, api);
    const { connectionId } = client;
    const told = () => disconnectsIn(backEnd).find((disconnect) => disconnect.connectionId === connectionId);
    await expect.poll(told, { timeout: 20_000 }).toEqual({ connectionId, ...expected });
    client.socket.destroy();
  });

  it('was called once for each accepted connection, and for no other', async () => {
    await gateway.close();
    const told = disconnectsIn(backEnd).map(({ connectionId }) => connectionId);
    expect(told.sort()).toEqual(accepted.sort());
  });
});

describe('a process that is told to end', () => {
  let serving: ServingProcess;
  let backEnd: BackEnd;
  let answerDisconnect: () => Promise<Answer>;

  beforeAll(async () => {
    backEnd = await startBackEnd(({ url }) => (url.startsWith('/connect') ? { status: 200 } : answerDisconnect()));
  });

  afterAll(() => backEnd.close());

  async function openClients(): Promise<Client[]> {
    serving = await startServing(['serve', '--endpoint', `lambda=${backEnd.url}`]);
    const { endpoint } = await deployApi(serving.gateway, { routes: watchedRoutes(backEnd.url) });
    return Promise.all([openClient(endpoint), openClient(endpoint), openClient(endpoint)]);
  }

  /** The clients' `$disconnect`s, once all have come. */
  async function disconnectsOf(clients: readonly Client[]): Promise<unknown> {
    const ids = clients.map(({ connectionId }) => connectionId);
    const told = () => disconnectsIn(backEnd).filter(({ connectionId }) => ids.includes(connectionId));
    const expected = ids.sort().map((connectionId) => ({ connectionId, code: 1001, reason: 'Going away' }));
    await expect.poll(() => told().sort(byId), { timeout: 20_000 }).toEqual(expected);
    return told().length;
  }

  it('closes every connection with 1001, and waits for their $disconnects', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answered = 0;
    answerDisconnect = async () => {
      await released;
      answered += 1;
      return { status: 200, body: '{"statusCode":200}' };
    };
    const clients = await openClients();
    const stopped = serving.stop();
    for (const client of clients) {
      const { payload } = await client.readFrame();
      expect(payload).toEqual(closePayload(1001, 'Going away'));
      client.write(frame({ opcode: close, payload }));
    }
    await disconnectsOf(clients);
    expect(serving.child.exitCode).toBe(null);
    release();
    expect(await stopped).toBe(0);
    expect(answered).toBe(3);
  });

  it('ends by itself when the back end never answers and the clients never close', async () => {
    answerDisconnect = () => new Promise(() => {});
    const clients = await openClients();
    const stopped = serving.stop();
    await disconnectsOf(clients);
    expect(await stopped).toBe(0);
    for (const { socket } of clients) socket.destroy();
  });
});

function byId(one: { readonly connectionId: string }, other: { readonly connectionId: string }): number {
  return one.connectionId < other.connectionId ? -1 : 1;
}
