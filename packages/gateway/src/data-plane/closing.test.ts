import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { type GatewayBench, startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { deleteApi, fixtureApiId, putApi, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, type WebSocketClient } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import {
  idleMilliseconds,
  maxAgeMilliseconds,
  maxFrameBytes,
  shutdownMilliseconds,
  sweepMilliseconds,
} from './limits.ts';

const mockDefault: RouteFixture = { routeKey: '$default', integration: { integrationType: 'MOCK' } };

describe('a connection', () => {
  it.each<[string, (client: WebSocketClient) => void, number, string, number, string]>([
    [
      'is closed by the client',
      (client) => client.socket.close(1000, 'probe-complete'),
      1000,
      'probe-complete',
      1000,
      'probe-complete',
    ],
    [
      'is closed with a code of the client’s own',
      (client) => client.socket.close(4321, 'mine'),
      4321,
      'mine',
      4321,
      'mine',
    ],
    [
      'is closed without a code',
      (client) => client.socket.close(),
      1005,
      '',
      1005,
      'Client-side close frame status not set',
    ],
    ['is lost', (client) => client.socket.terminate(), 1006, '', 1006, 'Connection closed abnormally'],
    [
      'carries a binary frame',
      (client) => client.socket.send(Buffer.from([1])),
      1003,
      'Binary is not supported',
      1003,
      'Binary is not supported',
    ],
    [
      'carries a frame over 32 KB',
      (client) => client.send('x'.repeat(maxFrameBytes + 1)),
      1009,
      'Message too big',
      1009,
      'Message too big',
    ],
    [
      'carries a message over 128 KB',
      (client) => sendFragments(client, 5),
      1009,
      'Message too big',
      1009,
      'Message too big',
    ],
  ])(
    'that %s ends, and $disconnect hears of it once',
    async (_case, end, code, reason, reportedCode, reportedReason) => {
      const backEnd = await startBenchBackEnd();
      const { endpoint, event, events } = await startBench({
        routes: [mockDefault, { routeKey: '$disconnect', integration: { integrationUri: backEnd.url } }],
      });
      const client = await connectClient(endpoint);
      end(client);
      expect(await client.closed).toEqual({ code, reason });
      expect(await event('connection-closed')).toMatchObject({ code: reportedCode, reason: reportedReason });
      expect(await backEnd.next()).toMatchObject({ method: 'POST', body: '' });
      expect(backEnd.requests).toHaveLength(1);
      expect(events.filter(({ kind }) => kind === 'connection-closed')).toHaveLength(1);
    },
  );

  it('may carry a message of 128 KB in frames of 32 KB', async () => {
    const { endpoint, event } = await startBench({ routes: [mockDefault] });
    sendFragments(await connectClient(endpoint), 4);
    expect(await event('message-routed')).toMatchObject({ routeKey: '$default' });
  });

  it('that is refused by $connect has no $disconnect', async () => {
    const backEnd = await startBenchBackEnd(({ url }) => ({ status: url === '/connect' ? 403 : 200 }));
    const { endpoint } = await startBench({
      routes: [
        { routeKey: '$connect', integration: { integrationUri: `${backEnd.url}/connect` } },
        { routeKey: '$disconnect', integration: { integrationUri: `${backEnd.url}/disconnect` } },
      ],
    });
    await expect(connectClient(endpoint)).rejects.toThrow('403');
    expect(backEnd.requests.map(({ url }) => url)).toEqual(['/connect']);
  });

  it('is closed after ten minutes without traffic', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await startBench({ routes: [mockDefault] }, { clock });
    const client = await connectClient(endpoint);
    clock.advance(idleMilliseconds - sweepMilliseconds);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    clock.advance(sweepMilliseconds * 2);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('is forgotten when it has ended: without connections nothing is looked through', async () => {
    const clock = createVirtualClock();
    const { endpoint, event } = await startBench({ routes: [] }, { clock });
    const client = await connectClient(endpoint);
    client.socket.close();
    await event('connection-closed');
    clock.advance(sweepMilliseconds);
    expect(clock.pending).toBe(0);
  });

  it.each<[string, (client: WebSocketClient) => Promise<unknown>]>([
    ['messages', exchangeMessages],
    ['pings', exchangePings],
  ])('stays open with %s, but not longer than two hours', async (_case, exchange) => {
    const clock = createVirtualClock();
    const { endpoint } = await startBench({ routes: [] }, { clock });
    const client = await connectClient(endpoint);
    for (let age = 0; age < maxAgeMilliseconds - idleMilliseconds; age += idleMilliseconds / 2) {
      await exchange(client);
      clock.advance(idleMilliseconds / 2);
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    await exchange(client);
    clock.advance(idleMilliseconds / 2);
    await exchange(client);
    clock.advance(idleMilliseconds / 2 + sweepMilliseconds);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('that does not read is dropped when too much waits for it', async () => {
    const backEnd = await startBenchBackEnd(() => ({ body: 'x'.repeat(131_072) }));
    const { endpoint, event } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    client.socket.pause();
    for (let index = 0; index < 400; index++) client.send('{}');
    expect(await event('connection-closed')).toMatchObject({
      code: 1006,
      reason: 'More than 4194304 bytes were left unread',
    });
  });
});

describe('connections of a stage', () => {
  it('are closed, after their last $disconnect, when the API is deleted', async () => {
    const backEnd = await startBenchBackEnd();
    const { endpoint, store } = await startBench({
      routes: [{ routeKey: '$disconnect', integration: { integrationUri: backEnd.url } }],
    });
    const client = await connectClient(endpoint);
    await deleteApi(store);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await backEnd.next();
  });

  it('are closed when the stage is deleted, while those of another stage stay', async () => {
    const { endpoint, gateway, store } = await startBench({ routes: [], stages: { dev: {}, prod: {} } });
    const client = await connectClient(endpoint);
    const other = await connectClient(`${gateway.url}/${fixtureApiId}/prod`);
    await putApi(store, { routes: [], stages: { prod: {} } });
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    other.send('x');
    expect(await other.next()).toContain('"Forbidden"');
  });

  it('are closed when the stage is replaced by another of its name, within the second too', async () => {
    const { endpoint, store } = await startBench({ routes: [], stageIncarnations: { dev: 'one' } });
    const client = await connectClient(endpoint);
    await putApi(store, { routes: [], stageIncarnations: { dev: 'two' } });
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('are closed when the API is replaced by another of its id, which then answers', async () => {
    const { endpoint, store } = await startBench({ routes: [] });
    const client = await connectClient(endpoint);
    await putApi(store, { routes: [mockDefault], api: { createdDate: '2026-09-25T00:05:00Z' } });
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await connectClient(endpoint);
  });
});

describe('connections of an API that is replaced within the second', () => {
  it('are closed all the same', async () => {
    const { gateway } = await startBench(undefined, {
      allowChosenApiIds: true,
      draft: true,
      clock: { now: () => 1_800_000_000_000, after: systemClock.after },
    });
    const create = () =>
      fetch(`${gateway.url}/v2/apis`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-gatewright-api-id': fixtureApiId },
        body: '{"name":"a","protocolType":"WEBSOCKET","routeSelectionExpression":"$request.body.action"}',
      });
    expect((await create()).status).toBe(201);
    const client = await connectClient(`${gateway.url}/${fixtureApiId}`);
    expect((await create()).status).toBe(201);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });
});

describe('a stage without connections', () => {
  it('answers as the one that has taken its place', async () => {
    const { endpoint, event, store } = await startBench({ routes: [] });
    (await connectClient(endpoint)).socket.close();
    await event('connection-closed');
    await putApi(store, { routes: [mockDefault], api: { createdDate: '2026-09-25T00:05:00Z' } });
    await connectClient(endpoint);
  });
});

describe('closing the gateway', () => {
  it('closes every connection with 1001 and lets their $disconnect finish', async () => {
    let finish = (): void => {};
    const mayFinish = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let finished = 0;
    const backEnd = await startBenchBackEnd(async () => {
      await mayFinish;
      finished += 1;
      return {};
    });
    const { endpoint, gateway } = await startBench({
      routes: [{ routeKey: '$disconnect', integration: { integrationUri: backEnd.url } }],
    });
    const clients = await Promise.all([connectClient(endpoint), connectClient(endpoint)]);
    const closing = gateway.close();
    await Promise.all([backEnd.next(), backEnd.next()]);
    finish();
    await closing;
    expect(finished).toBe(2);
    for (const client of clients) expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('waits for a $disconnect until its deadline and not longer, by the clock', async () => {
    const clock = createVirtualClock();
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint, gateway } = await startBench(
      { routes: [{ routeKey: '$disconnect', integration: { integrationUri: backEnd.url } }] },
      { clock },
    );
    await connectClient(endpoint);
    let isClosed = false;
    const closing = gateway.close().then(() => {
      isClosed = true;
    });
    await backEnd.next();
    clock.advance(shutdownMilliseconds - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    clock.advance(1);
    await closing;
    expect(backEnd.requests).toHaveLength(1);
  });

  it.each<[string, (bench: GatewayBench, client: WebSocketClient) => unknown]>([
    ['the client closes', (_bench, client) => client.socket.close(1000)],
    ['the client is lost', (_bench, client) => client.socket.terminate()],
    ['the API is deleted', ({ store }) => deleteApi(store)],
    ['a binary frame comes', (_bench, client) => client.socket.send(Buffer.from([1]))],
  ])('runs $disconnect once, also when at the same time %s', async (_case, end) => {
    const backEnd = await startBenchBackEnd();
    const bench = await startBench({
      routes: [mockDefault, { routeKey: '$disconnect', integration: { integrationUri: backEnd.url } }],
    });
    const client = await connectClient(bench.endpoint);
    const ending = end(bench, client);
    await Promise.all([bench.gateway.close(), ending]);
    expect(backEnd.requests).toHaveLength(1);
    expect(bench.eventsOf('connection-closed')).toHaveLength(1);
  });

  it('gives up pending handshakes', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint, gateway } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }],
    });
    const refused = expect(connectClient(endpoint)).rejects.toThrow();
    await backEnd.next();
    await gateway.close();
    await refused;
  });
});

function sendFragments(client: WebSocketClient, count: number): void {
  for (let index = 1; index <= count; index++) client.socket.send('x'.repeat(maxFrameBytes), { fin: index === count });
}

function exchangeMessages(client: WebSocketClient): Promise<unknown> {
  client.send('none');
  return client.next();
}

function exchangePings({ socket }: WebSocketClient): Promise<unknown> {
  const pong = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  return pong;
}
