import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { deleteApi, fixtureApiId, putApi } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';

const mock = { integrationType: 'MOCK' } as const;

describe('a handshake that is accepted', () => {
  it.each([
    ['without a $connect route', []],
    ['with a $connect route that has no integration', [{ routeKey: '$connect' }]],
    ['with a MOCK integration that has no template', [{ routeKey: '$connect', integration: mock }]],
    [
      'with a MOCK integration whose template says 200',
      [
        {
          routeKey: '$connect',
          integration: { ...mock, requestTemplates: { 200: '{"statusCode":200}' }, templateSelectionExpression: '200' },
        },
      ],
    ],
  ])('opens a connection %s', async (_case, routes) => {
    const bench = await startBench({ routes });
    const client = await connectClient(bench.endpoint);
    expect(client.headers).toEqual({
      connection: 'Upgrade',
      upgrade: 'websocket',
      date: expect.any(String),
      'sec-websocket-accept': expect.any(String),
    });
    expect(bench.events).toEqual([
      { kind: 'connection-opened', apiId: fixtureApiId, stage: 'dev', connectionId: expect.stringMatching(/==$/) },
    ]);
  });

  it('passes the client’s headers and query to the back end, without those of the connection', async () => {
    const backEnd = await startBenchBackEnd(() => ({ status: 204 }));
    const { endpoint } = await startBench({
      routes: [
        {
          routeKey: '$connect',
          integration: {
            integrationUri: `${backEnd.url}/connect?fixed=1`,
            requestParameters: {
              'integration.request.header.connectionId': 'context.connectionId',
              'integration.request.header.X-Room': "'mapped'",
              'integration.request.querystring.tag': 'route.request.multivaluequerystring.tag',
            },
          },
        },
      ],
    });
    await connectClient(`${endpoint}?tag=a&tag=b%20c`, {
      headers: { 'X-Room': 'own', 'User-Agent': 'test/1', Cookie: 'a=b' },
    });
    const [received] = backEnd.requests;
    expect(received).toMatchObject({
      method: 'POST',
      url: '/connect?fixed=1&tag=a&tag=b%20c&tag=a&tag=b%20c',
      body: '',
    });
    expect(received?.headers).toEqual({
      connection: 'keep-alive',
      connectionid: expect.stringMatching(/^.{18}==$/),
      'content-length': '0',
      cookie: 'a=b',
      host: new URL(backEnd.url).host,
      'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
      'sec-websocket-key': expect.any(String),
      'sec-websocket-version': '13',
      'user-agent': 'test/1',
      'x-amzn-apigateway-api-id': fixtureApiId,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-room': 'mapped',
    });
  });

  it.each([
    ['takes the subprotocol that the integration chose', 'b', 'b'],
    ['has no subprotocol when the integration chose one that was not offered', 'c', undefined],
    ['has no subprotocol when the integration chose none', undefined, undefined],
  ])('%s', async (_case, chosen, subprotocol) => {
    const headers: Record<string, string> = chosen === undefined ? {} : { 'Sec-WebSocket-Protocol': chosen };
    const backEnd = await startBenchBackEnd(() => ({ headers }));
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }],
    });
    expect((await rawUpgrade(endpoint, { 'Sec-WebSocket-Protocol': 'a, b' })).protocol).toBe(subprotocol);
  });

  it.each([
    ['/dev', 'dev'],
    ['/', '$draft'],
  ])('is possible at %s of the host of an API', async (path, stage) => {
    const { gateway, event } = await startBench({ routes: [] }, { draft: true });
    const host = `${fixtureApiId}.execute-api.us-east-1.localhost:4610`;
    await connectClient(gateway.url + path, { headers: { Host: host, Origin: 'https://example.test' } });
    expect(await event('connection-opened')).toMatchObject({ apiId: fixtureApiId, stage });
  });

  it('is possible at the bare address of an API when drafts are served', async () => {
    const { endpoint, gateway, events } = await startBench({ routes: [], stages: {} }, { draft: true });
    await connectClient(`${gateway.url}/${fixtureApiId}`);
    await connectClient(`${gateway.url}/${fixtureApiId}/$draft`);
    expect(events).toMatchObject([
      { kind: 'connection-opened', stage: '$draft' },
      { kind: 'connection-opened', stage: '$draft' },
    ]);
    expect((await connectRefused(endpoint)).status).toBe(403);
  });
});

describe('a handshake that is refused', () => {
  it.each([
    ['an unknown stage', `/${fixtureApiId}/other`],
    ['an unknown API', '/zzzzzzzzzz/dev'],
    ['a path that goes on after the stage', `/${fixtureApiId}/dev/more`],
    ['the bare address of an API when drafts are not served', `/${fixtureApiId}`],
    ['the draft stage when drafts are not served', `/${fixtureApiId}/$draft`],
    ['an address of the control plane', '/v2/apis'],
    ['a stage named like a member of every object', `/${fixtureApiId}/constructor`],
  ])('gets 403 at %s', async (_case, path) => {
    const { gateway } = await startBench({ routes: [] });
    expect(await connectRefused(gateway.url + path)).toEqual({
      status: 403,
      headers: {
        date: expect.any(String),
        'content-type': 'application/json',
        'content-length': '23',
        connection: 'keep-alive',
        'x-amzn-errortype': 'ForbiddenException',
        'x-amz-apigw-id': expect.stringMatching(/^.{15}=$/),
      },
      body: '{"message":"Forbidden"}',
    });
  });

  it('gets 403 when the stage has no deployment or the endpoint is disabled', async () => {
    const { endpoint, store } = await startBench({ routes: [], stages: { dev: { deploymentId: 'none' } } });
    expect((await connectRefused(endpoint)).status).toBe(403);
    await putApi(store, { routes: [], api: { disableExecuteApiEndpoint: true } });
    expect((await connectRefused(endpoint)).status).toBe(403);
  });

  it.each([
    ['asks for IAM', { authorizationType: 'AWS_IAM' }],
    ['asks for an authorizer', { authorizationType: 'CUSTOM', authorizerId: 'auth1' }],
    ['asks for an API key', { apiKeyRequired: true }],
  ] as const)('gets 403 in the gateway’s words when $connect %s', async (_case, route) => {
    const { endpoint, event } = await startBench({ routes: [{ routeKey: '$connect', integration: mock, ...route }] });
    const { status, headers, body } = await connectRefused(endpoint);
    expect(status).toBe(403);
    expect(headers).toEqual({
      date: expect.any(String),
      'content-type': 'application/json; charset=UTF-8',
      'content-length': String(body.length),
      connection: 'keep-alive',
      'x-amz-apigw-id': expect.stringMatching(/^.{15}=$/),
    });
    expect(body).toMatch(/^\{"message": "Forbidden", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/);
    expect(body).toContain(`"requestId":"${headers['x-amz-apigw-id']}"`);
    expect(await event('connection-refused')).toMatchObject({ status: 403, message: 'Forbidden' });
  });

  it('is told that an API has the protocol HTTP, as its owner and every HTTP client are', async () => {
    const { endpoint, event } = await startBench({ routes: [], api: { protocolType: 'HTTP' } });
    const message = `The API "${fixtureApiId}" has the protocol HTTP, which is configured here and not served; one of the protocol WEBSOCKET is expected.`;
    const body = JSON.stringify({ message });
    expect(await connectRefused(endpoint)).toMatchObject({
      status: 501,
      headers: { 'x-amzn-errortype': 'NotImplementedException' },
      body,
    });
    expect(await event('connection-refused')).toMatchObject({ status: 501, message });
    const url = endpoint.replace(/^ws/, 'http');
    for (const request of [new Request(url), new Request(`${url}/pets?a=b`, { method: 'POST', body: 'x' })]) {
      const response = await fetch(request);
      expect([response.status, await response.text()]).toEqual([501, body]);
    }
  });

  it('gets 400 when a required parameter is missing', async () => {
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$connect', requestParameters: { 'route.request.querystring.room': { required: true } } }],
    });
    const { status, body } = await connectRefused(endpoint);
    expect(status).toBe(400);
    expect(body).toContain('{"message": "Missing required request parameters: [room]", "connectionId"');
    await connectClient(`${endpoint}?room=42`);
  });

  it('gets the names of all parameters that are missing', async () => {
    const required = { required: true };
    const { endpoint } = await startBench({
      routes: [
        {
          routeKey: '$connect',
          requestParameters: { 'route.request.querystring.room': required, 'route.request.header.X-User': required },
        },
      ],
    });
    expect((await connectRefused(endpoint)).body).toContain('"Missing required request parameters: [X-User, room]"');
    expect((await connectRefused(`${endpoint}?room=1`)).body).toContain(
      '"Missing required request parameters: [X-User]"',
    );
  });

  it('gets the status, headers and body of the back end', async () => {
    const backEnd = await startBenchBackEnd(() => ({
      status: 403,
      headers: { 'Content-Type': 'application/json', 'Retry-After': '5' },
      body: '{"reason":"no"}',
    }));
    const { endpoint, events } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }],
    });
    expect(await connectRefused(endpoint)).toEqual({
      status: 403,
      headers: {
        date: expect.any(String),
        'content-type': 'application/json; charset=UTF-8',
        'content-length': '15',
        connection: 'keep-alive',
        'retry-after': '5',
        'x-amz-apigw-id': expect.any(String),
      },
      body: '{"reason":"no"}',
    });
    expect(events).toEqual([
      {
        kind: 'connection-refused',
        apiId: fixtureApiId,
        stage: 'dev',
        status: 403,
        message: 'The integration answered 403.',
      },
    ]);
  });

  it('gets 504 when the integration takes too long', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url, timeoutInMillis: 50 } }],
    });
    const { status, body } = await connectRefused(endpoint);
    expect([status, body]).toEqual([504, expect.stringContaining('{"message": "Endpoint request timed out", ')]);
  });

  it.each([
    [
      'refuses the connection',
      { integrationUri: 'http://127.0.0.1:9/x' },
      504,
      '"http://127.0.0.1:9/x" refused the connection',
    ],
    [
      'has no such name',
      { integrationUri: 'http://gateway.invalid/' },
      504,
      'has a host name that could not be resolved',
    ],
    [
      'is in a private network',
      { connectionType: 'VPC_LINK', connectionId: 'link' },
      501,
      'goes through the VPC link "link", which this gateway cannot reach',
    ],
    ['has no valid URL', { integrationUri: 'ftp://x' }, 500, '"ftp://x" is not valid'],
  ] as const)(
    'gets an error and the owner a reason when the back end %s',
    async (_case, integration, status, reason) => {
      const bench = await startBench({ routes: [{ routeKey: '$connect', integration }] });
      const refused = await connectRefused(bench.endpoint);
      expect([refused.status, refused.body]).toEqual([
        status,
        expect.stringContaining('{"message": "Internal server error", '),
      ]);
      expect(bench.eventsOf('integration-failed')).toEqual([
        {
          kind: 'integration-failed',
          apiId: fixtureApiId,
          stage: 'dev',
          routeKey: '$connect',
          integrationId: 'integ0',
          reason: expect.stringContaining(reason),
        },
      ]);
    },
  );

  it.each([
    [{ 'Sec-WebSocket-Version': '8' }, 426],
    [{ 'Sec-WebSocket-Key': 'short' }, 400],
    [{ Upgrade: 'h2c' }, 403],
    [{ 'Sec-WebSocket-Protocol': 'a,,b' }, 400],
  ])('gets an error of HTTP for the headers %j', async (headers, status) => {
    const { endpoint } = await startBench({ routes: [] });
    expect((await rawUpgrade(endpoint, headers)).status).toBe(status);
  });
});

describe('a URL', () => {
  it('may have 4096 characters', async () => {
    const { endpoint } = await startBench({ routes: [] });
    const path = `${new URL(endpoint).pathname}?x=`;
    await connectClient(`${endpoint}?x=${'y'.repeat(4096 - path.length)}`);
    expect((await connectRefused(`${endpoint}?x=${'y'.repeat(4097 - path.length)}`)).status).toBe(414);
  });
});

describe('a pending handshake', () => {
  it('is given up, with its integration, when the client leaves', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint, events } = await startBench({
      routes: [
        { routeKey: '$connect', integration: { integrationUri: backEnd.url } },
        { routeKey: '$disconnect', integration: { integrationUri: backEnd.url } },
      ],
    });
    const { socket } = connectPending(endpoint);
    await backEnd.next();
    socket.end();
    await expect.poll(backEnd.abandoned).toBe(1);
    expect(events).toEqual([]);
    expect(backEnd.requests).toHaveLength(1);
  });

  it('ends with 1001 when the API was deleted meanwhile', async () => {
    const bench = await startBench(undefined);
    const backEnd = await startBenchBackEnd(async () => {
      await deleteApi(bench.store);
      return {};
    });
    await putApi(bench.store, { routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }] });
    const client = await connectClient(bench.endpoint);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('ends with 1001 when the API was deleted meanwhile and another client has learnt of it', async () => {
    const bench = await startBench({ routes: [] });
    const other = await connectClient(bench.endpoint);
    const backEnd = await startBenchBackEnd(async () => {
      await deleteApi(bench.store);
      await other.closed;
      return {};
    });
    await putApi(bench.store, { routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }] });
    const client = await connectClient(bench.endpoint);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it.each([
    ['with its upgrade request', true],
    ['before the answer', false],
  ])('keeps a message that the client sends %s', async (_case, isAtOnce) => {
    let answerConnect = (): void => {};
    const backEnd = await startBenchBackEnd(async () => {
      await new Promise<void>((resolve) => {
        answerConnect = resolve;
      });
      return {};
    });
    const { endpoint, event } = await startBench({
      routes: [
        { routeKey: '$connect', integration: { integrationUri: backEnd.url } },
        { routeKey: '$default', integration: mock },
      ],
    });
    // The text "hi", masked with zeros (RFC 6455 §5.2).
    const frame = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
    const { socket } = connectPending(endpoint, isAtOnce ? frame : undefined);
    await backEnd.next();
    if (!isAtOnce) await new Promise<void>((resolve) => socket.write(frame, () => resolve()));
    answerConnect();
    expect(await event('message-routed')).toMatchObject({ routeKey: '$default' });
    socket.destroy();
  });

  it('routes the messages that come whole before a frame over 32 KB, and not that frame', async () => {
    const { endpoint, event, eventsOf } = await startBench({ routes: [{ routeKey: '$default', integration: mock }] });
    const short = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
    const long = Buffer.concat([Buffer.from([0x81, 0xfe, 0x80, 0x01, 0, 0, 0, 0]), Buffer.alloc(32_769, 0x61)]);
    const { socket } = connectPending(endpoint, Buffer.concat([short, short, long, short]));
    await event('message-routed');
    socket.destroy();
    expect(await event('connection-closed')).toMatchObject({ code: 1009, reason: 'Message too big' });
    expect(eventsOf('message-routed')).toHaveLength(2);
  });

  it('ends with its socket when the client sends too much before it was answered', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationUri: backEnd.url } }],
    });
    const { socket, closed } = connectPending(endpoint);
    await backEnd.next();
    socket.write(Buffer.alloc(200_000));
    await closed;
    await expect.poll(backEnd.abandoned).toBe(1);
  });
});

const upgradeHeaders = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Key': 'c3ludGhldGljLWtleS0wMQ==',
  'Sec-WebSocket-Version': '13',
};

function rawUpgrade(
  endpoint: string,
  headers: Record<string, string>,
): Promise<{ status: number; protocol: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(endpoint, { headers: { ...upgradeHeaders, ...headers } });
    const finish = (status = 0, protocol?: string): void => {
      resolve({ status, protocol });
      sent.destroy();
    };
    sent.on('upgrade', ({ headers: received }) => finish(101, received['sec-websocket-protocol']));
    sent.on('response', ({ statusCode }) => finish(statusCode));
    sent.on('error', reject);
    sent.end();
  });
}

function connectPending(
  endpoint: string,
  early: Buffer = Buffer.alloc(0),
): { readonly socket: ReturnType<typeof connect>; readonly closed: Promise<void> } {
  const { hostname, port, pathname } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ Host: 'localhost', ...upgradeHeaders }).map(([name, value]) => `${name}: ${value}`);
  socket.write(Buffer.concat([Buffer.from(`GET ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), early]));
  socket.on('error', () => {});
  return { socket, closed: new Promise((resolve) => socket.on('close', () => resolve())) };
}
