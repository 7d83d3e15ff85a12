import { describe, expect, it } from 'vitest';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, putApi, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused, type WebSocketClient } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { accountRequestLimit, newConnectionLimit } from './limits.ts';

const echo: RouteFixture = { routeKey: 'echo', integration: { integrationType: 'MOCK' } };
const blocked = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
const onePerSecond = { throttlingRateLimit: 1, throttlingBurstLimit: 1 };

/** Says which of the messages are let through: each is followed by one that no route takes, whose answer comes after. */
async function send(client: WebSocketClient, message: string): Promise<string> {
  client.send(message);
  client.send('{"action":"nowhere"}');
  const first = JSON.parse(await client.next()) as { readonly message: string };
  if (first.message === 'Forbidden') return 'taken';
  await client.next();
  return first.message;
}

describe('throttling', () => {
  it('refuses every handshake of a stage whose limits are 0, in the service’s form', async () => {
    const backEnd = await startBenchBackEnd();
    const { endpoint, eventsOf } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }],
      stages: { dev: { defaultRouteSettings: blocked } },
    });
    const { status, headers, body } = await connectRefused(endpoint);
    const requestId = headers['x-amz-apigw-id'];
    expect(status).toBe(429);
    expect(headers).toEqual({
      'content-type': 'application/json; charset=UTF-8',
      'x-amz-apigw-id': expect.stringMatching(/^[\w-]{15}=$/),
      'content-length': String(body.length),
      connection: 'keep-alive',
      date: expect.any(String),
    });
    expect(body).toMatch(
      new RegExp(
        `^\\{"message": "Too Many Requests", "connectionId":"[\\w-]{18}==", "requestId":"${String(requestId)}"\\}$`,
      ),
    );
    expect(backEnd.requests).toEqual([]);
    expect(eventsOf('connection-refused')).toMatchObject([{ status: 429, message: 'Too Many Requests' }]);
  });

  it('also where there is no $connect route', async () => {
    const { endpoint } = await startBench({ routes: [], stages: { dev: { defaultRouteSettings: blocked } } });
    expect((await connectRefused(endpoint)).status).toBe(429);
  });

  it('comes after what the address and the upgrade are refused for, and before required parameters', async () => {
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$connect', requestParameters: { 'route.request.querystring.who': { required: true } } }],
      stages: { dev: { routeSettings: { $connect: blocked } } },
    });
    expect((await connectRefused(`${endpoint}/more`)).status).toBe(403);
    expect((await connectRefused(endpoint)).status).toBe(429);
  });

  it('answers a message with an error frame, and the connection stays', async () => {
    const clock = createVirtualClock();
    const { endpoint, eventsOf } = await startBench(
      { routes: [echo], stages: { dev: { routeSettings: { echo: onePerSecond } } } },
      { clock },
    );
    const client = await connectClient(endpoint);
    expect(await send(client, '{"action":"echo"}')).toBe('taken');
    client.send('{"action":"echo"}');
    expect(await client.next()).toMatch(
      /^\{"message": "Too Many Requests", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/,
    );
    clock.advance(999);
    expect(await send(client, '{"action":"echo"}')).toBe('Too Many Requests');
    clock.advance(1);
    expect(await send(client, '{"action":"echo"}')).toBe('taken');
    expect(eventsOf('message-routed')).toHaveLength(2);
  });

  it('gives every route its own bucket, of its own settings before those of the stage', async () => {
    const clock = createVirtualClock();
    const other: RouteFixture = { ...echo, routeKey: 'other' };
    const free: RouteFixture = { ...echo, routeKey: 'free' };
    const { endpoint } = await startBench(
      {
        routes: [echo, other, free],
        stages: {
          dev: {
            defaultRouteSettings: { throttlingRateLimit: 1, throttlingBurstLimit: 2 },
            routeSettings: { free: { throttlingRateLimit: 1, throttlingBurstLimit: 50 } },
          },
        },
      },
      { clock },
    );
    const client = await connectClient(endpoint);
    const messages = ['echo', 'echo', 'echo', 'other', 'other', 'other'].map((action) => JSON.stringify({ action }));
    for (const message of messages) client.send(message);
    for (let index = 0; index < 50; index++) client.send('{"action":"free"}');
    expect([await client.next(), await client.next()].map((text) => JSON.parse(text).message)).toEqual([
      'Too Many Requests',
      'Too Many Requests',
    ]);
    client.send('{"action":"free"}');
    expect(JSON.parse(await client.next())).toMatchObject({ message: 'Too Many Requests' });
  });

  it('follows the stage’s settings without a deployment, and keeps its count while they stay', async () => {
    const clock = createVirtualClock();
    const { endpoint, store } = await startBench(
      { routes: [echo], stages: { dev: { routeSettings: { echo: onePerSecond } } } },
      { clock },
    );
    const client = await connectClient(endpoint);
    expect(await send(client, '{"action":"echo"}')).toBe('taken');
    await putApi(store, {
      routes: [echo],
      stages: { dev: { routeSettings: { echo: onePerSecond }, tags: { a: 'b' } } },
    });
    expect(await send(client, '{"action":"echo"}')).toBe('Too Many Requests');
    await putApi(store, { routes: [echo] });
    expect(await send(client, '{"action":"echo"}')).toBe('taken');
    await putApi(store, { routes: [echo], stages: { dev: { routeSettings: { echo: blocked } } } });
    expect(await send(client, '{"action":"echo"}')).toBe('Too Many Requests');
  });

  it('refuses calls of @connections by the stage’s settings, but first says that a connection is gone', async () => {
    const { endpoint, store } = await startBench({ routes: [] });
    const client = await connectClient(endpoint);
    client.send('x');
    const { connectionId } = JSON.parse(await client.next()) as { readonly connectionId: string };
    await putApi(store, { routes: [], stages: { dev: { defaultRouteSettings: blocked } } });
    const url = `${endpoint}/@connections/${encodeURIComponent(connectionId)}`;
    const response = await fetch(url, { method: 'POST', body: 'hello' });
    expect([response.status, response.headers.get('x-amzn-errortype'), await response.text()]).toEqual([
      429,
      'LimitExceededException',
      '{"message":"Too Many Requests"}',
    ]);
    client.socket.close();
    await client.closed;
    expect((await fetch(url, { method: 'POST', body: 'hello' })).status).toBe(410);
  });
});

describe('the limits of an account', () => {
  it('are not enforced unless they are asked for', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await startBench({ routes: [] }, { clock });
    await connectMany(endpoint, newConnectionLimit.burst + 1);
  });

  it('with "aws" allow so many new connections a second, over all APIs and stages', async () => {
    const clock = createVirtualClock();
    const { endpoint, gateway } = await startBench(
      { routes: [], stages: { dev: {}, prod: {} } },
      { clock, limits: 'aws' },
    );
    await connectMany(endpoint, newConnectionLimit.burst);
    expect((await connectRefused(`${gateway.url}/${fixtureApiId}/prod`)).status).toBe(429);
    clock.advance(1000 / newConnectionLimit.rate);
    await connectClient(`${gateway.url}/${fixtureApiId}/prod`);
  });

  it('with "aws" count connects, messages and calls of @connections together', async () => {
    const clock = createVirtualClock();
    const { endpoint } = await startBench({ routes: [echo] }, { clock, limits: 'aws' });
    const client = await connectClient(endpoint);
    client.send('x');
    const { connectionId } = JSON.parse(await client.next()) as { readonly connectionId: string };
    for (let used = 2; used <= accountRequestLimit.burst; used++) client.send('{"action":"echo"}');
    expect(JSON.parse(await client.next())).toMatchObject({ message: 'Too Many Requests' });
    const url = `${endpoint}/@connections/${encodeURIComponent(connectionId)}`;
    expect((await fetch(url)).status).toBe(429);
    clock.advance(1000);
    expect((await fetch(url)).status).toBe(200);
  });
});

async function connectMany(endpoint: string, count: number): Promise<void> {
  const batch = 50;
  for (let opened = 0; opened < count; opened += batch) {
    const size = Math.min(batch, count - opened);
    await Promise.all(Array.from({ length: size }, () => connectClient(endpoint)));
  }
}
