import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDescription, deployApi } from './harness/api.ts';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { closePayload, connectRaw, frame, opcodes, openRaw, type RawConnection } from './harness/raw-web-socket.ts';

/** What a process holds. */
interface Held {
  readonly heapBytes: number;
  readonly resources: readonly string[];
}

let gateway: string;
let child: ChildProcess;

beforeAll(async () => {
  const probe = fileURLToPath(new URL('harness/leak-probe.mjs', import.meta.url));
  child = fork(probe, { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  [{ gateway }] = (await once(child, 'message')) as [{ gateway: string }];
});

afterAll(() => {
  child.kill('SIGKILL');
});

async function measure(): Promise<Held> {
  child.send('measure');
  const [held] = (await once(child, 'message')) as [Held];
  return held;
}

/** A request on a connection of its own, so that none is kept. */
function callOnce(method: string, path: string, body: Uint8Array | string = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(gateway + path, { method, agent: false, headers }, (response) => {
      response.resume().on('close', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end(body);
  });
}

function describeApi(url: string): ApiDescription {
  const proxy = (path: string) => ({ integrationType: 'HTTP_PROXY', integrationUri: url + path });
  return {
    routes: [
      { routeKey: '$connect', integration: proxy('/connect'), isTwoWay: false },
      { routeKey: '$disconnect', integration: proxy('/disconnect'), isTwoWay: false },
      { routeKey: '$default', integration: proxy('/echo') },
      {
        routeKey: 'who',
        integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
        integrationResponses: { $default: { responseTemplates: { $default: '$context.connectionId' } } },
      },
    ],
  };
}

const { text, binary, close, ping, pong } = opcodes;

async function ask({ write, readFrame }: RawConnection, message: string): Promise<string> {
  write(frame({ opcode: text, payload: message }));
  return (await readFrame()).payload.toString('utf8');
}

const openMany = (count: number, endpoint: string): Promise<RawConnection[]> =>
  Promise.all(Array.from({ length: count }, () => openRaw(endpoint)));

/** Handshakes that are refused, each in another way, and clients that leave before they are answered. */
async function knockInVain(endpoint: string): Promise<void> {
  const headers = [{}, { Upgrade: 'other' }, { 'Sec-WebSocket-Key': 'short' }, { 'Sec-WebSocket-Version': '7' }];
  const refused = await Promise.all([
    ...headers.flatMap((header) => Array.from({ length: 10 }, () => connectRaw(`${endpoint}?refused`, header))),
    ...Array.from({ length: 10 }, () => connectRaw(`${endpoint}-unknown`)),
  ]);
  for (const { answer, socket } of refused) {
    expect(answer).not.toContain(' 101 ');
    socket.destroy();
  }
}

/** Messages, pings and pushes, with answers that must all come. */
async function converse(connection: RawConnection, apiId: string): Promise<void> {
  for (let round = 0; round < 5; round += 1) expect(await ask(connection, `hello ${round}`)).toBe(`hello ${round}`);
  connection.write(frame({ opcode: ping, payload: 'p' }));
  expect((await connection.readFrame()).first).toBe(0x80 | pong);
  const id = await ask(connection, '{"action":"who"}');
  expect(await callOnce('POST', `/${apiId}/test/@connections/${id}`, 'pushed')).toBe(200);
  expect((await connection.readFrame()).payload.toString()).toBe('pushed');
}

/** Pushes to a client that reads nothing, until it is dropped for that. */
async function overwhelm(connection: RawConnection, apiId: string): Promise<void> {
  const id = await ask(connection, '{"action":"who"}');
  connection.socket.pause();
  const push = Buffer.alloc(131_072, 'x');
  while ((await callOnce('POST', `/${apiId}/test/@connections/${id}`, push)) === 200);
  connection.socket.destroy();
}

/** Ends each connection in another way. */
function end(connection: RawConnection, index: number): void {
  const endings = [
    () => connection.write(frame({ opcode: close, payload: closePayload(1000, 'bye') })),
    () => connection.socket.destroy(),
    () => connection.socket.end(),
    () => connection.write(frame({ opcode: binary, payload: 'x' })),
    () => connection.write(frame({ opcode: text, payload: Buffer.of(0xff) })),
    () => connection.write(frame({ opcode: text, announcedLength: 1n << 40n })),
  ];
  endings[index % endings.length]?.();
}

/** Everything that clients and their owner do, from an API's creation to its deletion. */
async function use(backEnd: BackEnd): Promise<void> {
  const { apiId, endpoint } = await deployApi(gateway, describeApi(backEnd.url));
  const connections = await openMany(120, endpoint);
  const slow = await openMany(3, endpoint);
  await knockInVain(endpoint);
  await Promise.all(connections.map((connection) => converse(connection, apiId)));
  await Promise.all(slow.map((connection) => overwhelm(connection, apiId)));

  const stage = `/v2/apis/${apiId}/stages/test`;
  expect(await callOnce('PATCH', stage, JSON.stringify({ stageVariables: { a: 'b' } }))).toBe(200);
  const [ending, kept] = [connections.slice(0, 60), connections.slice(60)];
  ending.forEach(end);
  for (const connection of kept) expect(await ask(connection, 'still there')).toBe('still there');
  expect(await callOnce('DELETE', `/v2/apis/${apiId}`)).toBe(204);
  for (const connection of kept) expect((await connection.readFrame()).payload.readUInt16BE()).toBe(1001);

  const accepted = connections.length + slow.length;
  const disconnects = () => backEnd.received.filter(({ url }) => url === '/disconnect').length;
  for (const { socket } of connections) socket.destroy();
  await expect.poll(disconnects, { timeout: 30_000 }).toBe(accepted);
}

/** One cycle, with a back end of its own, which is gone after it. */
async function cycle(): Promise<void> {
  const backEnd = await startBackEnd(({ url, body }) => ({ status: url === '/connect?refused' ? 403 : 200, body }));
  try {
    await use(backEnd);
  } finally {
    await backEnd.close();
  }
}

describe('a gateway', () => {
  it('holds after three cycles of use what it held before: no socket, no timer, no memory more', async () => {
    const { resources } = await measure();
    const heaps: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      await cycle();
      await expect.poll(async () => (await measure()).resources, { timeout: 30_000 }).toEqual(resources);
      heaps.push((await measure()).heapBytes);
    }
    // The first cycle loads what later ones use.
    const [first = 0, ...later] = heaps;
    for (const heapBytes of later) expect(heapBytes).toBeLessThan(first * 1.1);
  });
});
