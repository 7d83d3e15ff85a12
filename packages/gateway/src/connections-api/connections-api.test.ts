import { request } from 'node:http';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  ForbiddenException,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../stores/memory.ts';
import { type GatewayBench, startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, putApi } from '../testing/put-api.ts';
import { connectClient, connectRefused, type WebSocketClient } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';

interface Connected {
  readonly bench: GatewayBench;
  readonly client: WebSocketClient;
  readonly connectionId: string;
}

async function connectOne(...options: Parameters<typeof startBench>): Promise<Connected> {
  const bench = await startBench(...options);
  const client = await connectClient(bench.endpoint, { headers: { 'User-Agent': 'example-client/1.0' } });
  return { bench, client, connectionId: (await bench.event('connection-opened')).connectionId };
}

function createSdkClient(endpoint: string): ApiGatewayManagementApiClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new ApiGatewayManagementApiClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

describe('the SDK client', () => {
  it('posts to, describes and deletes a connection', async () => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    const sdk = createSdkClient(bench.endpoint);
    const posted = await sdk.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'hello' }));
    expect(posted.$metadata.httpStatusCode).toBe(200);
    expect(await client.next()).toBe('hello');

    const described = await sdk.send(new GetConnectionCommand({ ConnectionId: connectionId }));
    expect(described).toMatchObject({
      ConnectedAt: expect.any(Date),
      LastActiveAt: expect.any(Date),
      Identity: { SourceIp: '127.0.0.1', UserAgent: 'example-client/1.0' },
    });

    const deleted = await sdk.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    await expect(sdk.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))).rejects.toThrow(GoneException);
  });

  it('learns of ids that were never issued and of unknown stages', async () => {
    const { bench, connectionId } = await connectOne({ routes: [] });
    const post = (endpoint: string, id: string): Promise<unknown> =>
      createSdkClient(endpoint).send(new PostToConnectionCommand({ ConnectionId: id, Data: 'x' }));
    await expect(post(bench.endpoint, 'AAAAAAAAAAAAAAA=')).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Invalid connectionId: AAAAAAAAAAAAAAA=',
    });
    await expect(post(`${bench.gateway.url}/${fixtureApiId}/other`, connectionId)).rejects.toThrow(ForbiddenException);
  });

  it('may have an endpoint that ends in a slash', async () => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    await createSdkClient(`${bench.endpoint}/`).send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' }),
    );
    expect(await client.next()).toBe('x');
  });
});

describe('POST', () => {
  it.each([
    ['text', Buffer.from('grüße'), 'grüße'],
    ['nothing', Buffer.alloc(0), ''],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'a\uFFFD\uFFFD'],
    ['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x61]), '\uFEFFa'],
  ])('delivers %s as a text message', async (_case, body, content) => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    expect(await send(bench, 'POST', `/${fixtureApiId}/dev/@connections/${connectionId}`, { body })).toEqual({
      status: 200,
      headers: {
        date: expect.any(String),
        connection: 'keep-alive',
        'content-type': 'application/json',
        'content-length': '0',
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'x-amz-apigw-id': expect.stringMatching(/^.{15}=$/),
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
      },
      body: '',
    });
    expect(await client.next()).toBe(content);
  });

  it('takes 131072 bytes and refuses one more with a bare 413', async () => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    const path = `/${fixtureApiId}/dev/@connections/${connectionId}`;
    expect((await send(bench, 'POST', path, { body: Buffer.alloc(131_072, 'x') })).status).toBe(200);
    expect(await client.next()).toHaveLength(131_072);
    expect(await send(bench, 'POST', path, { body: Buffer.alloc(131_073) })).toEqual({
      status: 413,
      headers: {
        date: expect.any(String),
        connection: 'keep-alive',
        'content-length': '0',
      },
      body: '',
    });
  });

  it.each([
    ['percent-encoded', (id: string) => `/${fixtureApiId}/dev/%40connections/${encodeURIComponent(id)}`, 200],
    ['of another stage of the same API', (id: string) => `/${fixtureApiId}/other/@connections/${id}`, 200],
    ['of the stage alone', (id: string) => `/dev/@connections/${id}`, 200],
    ['of no stage', (id: string) => `/@connections/${id}`, 200],
    ['of the API alone when drafts are served', (id: string) => `/${fixtureApiId}/@connections/${id}`, 200],
    ['of the draft stage', (id: string) => `/$draft/@connections/${id}`, 200],
    ['of a stage that does not exist', (id: string) => `/missing/@connections/${id}`, 403],
    ['of an API that does not exist', (id: string) => `/zzzzzzzzzz/dev/@connections/${id}`, 403],
    ['of a wrong API that has the stage', (id: string) => `/b1b2c3d4e5/dev/@connections/${id}`, 400],
    ['that is too long', (id: string) => `/a/b/c/@connections/${id}`, 404],
  ])('at an address %s', async (_case, path, status) => {
    const { bench, connectionId } = await connectOne({ routes: [], stages: { dev: {}, other: {} } }, { draft: true });
    await putApi(bench.store, { routes: [], api: { apiId: 'b1b2c3d4e5' } });
    expect((await send(bench, 'POST', path(connectionId))).status).toBe(status);
  });

  it('reaches a connection by the host of its API', async () => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    const headers = { Host: `${fixtureApiId}.execute-api.us-east-1.amazonaws.com`, Origin: 'https://example.test' };
    expect(
      (await send(bench, 'POST', `/dev/@connections/${connectionId}`, { headers, body: Buffer.from('x') })).status,
    ).toBe(200);
    expect(await client.next()).toBe('x');
  });

  it('makes the connection active', async () => {
    const clock = createVirtualClock();
    const { bench, connectionId } = await connectOne({ routes: [] }, { clock });
    const path = `/${fixtureApiId}/dev/@connections/${connectionId}`;
    clock.advance(1500);
    await send(bench, 'GET', path);
    await send(bench, 'POST', path);
    clock.advance(1500);
    expect((await send(bench, 'GET', path)).body).toBe(
      [
        '{',
        '  "identity" : {',
        '    "sourceIp" : "127.0.0.1",',
        '    "userAgent" : "example-client/1.0"',
        '  },',
        '  "connectedAt" : "2026-09-25T00:01:13.687Z",',
        '  "lastActiveAt" : "2026-09-25T00:01:15.187Z"',
        '}',
      ].join('\n'),
    );
  });
});

describe('any method', () => {
  it.each([['GET'], ['POST'], ['DELETE']])('%s says what is wrong with an id', async (method) => {
    const { bench, client, connectionId } = await connectOne({ routes: [] });
    const path = `/${fixtureApiId}/dev/@connections/`;
    expect(await send(bench, method, `${path}AAAAAAAAAAAAAAA=`)).toEqual({
      status: 400,
      headers: expect.objectContaining({ 'x-amzn-errortype': 'BadRequestException' }),
      body: '{"message":"Invalid connectionId: AAAAAAAAAAAAAAA="}',
    });
    client.socket.close();
    await bench.event('connection-closed');
    const { status, headers, body } = await send(bench, method, path + connectionId);
    expect([status, headers['x-amzn-errortype'], headers['content-length'], body]).toEqual([
      410,
      'GoneException',
      '0',
      '',
    ]);
  });

  it('that the service does not have is refused', async () => {
    const { bench, connectionId } = await connectOne({ routes: [] });
    const { status, body } = await send(bench, 'PUT', `/${fixtureApiId}/dev/@connections/${connectionId}`);
    expect([status, body]).toEqual([403, '{"message":"Missing Authentication Token"}']);
  });

  it('finds no user agent in the description of a client that sent none', async () => {
    const bench = await startBench({ routes: [] });
    await connectClient(bench.endpoint);
    const { connectionId } = await bench.event('connection-opened');
    const { body } = await send(bench, 'GET', `/${fixtureApiId}/dev/@connections/${connectionId}`);
    expect(JSON.parse(body)).toMatchObject({ identity: { sourceIp: '127.0.0.1' } });
    expect(body).not.toContain('userAgent');
  });
});

describe('a connection id', () => {
  it('is gone while its $connect integration works', async () => {
    let status = 0;
    const bench = await startBench(undefined);
    const backEnd = await startBenchBackEnd(async ({ headers }) => {
      const path = `/${fixtureApiId}/dev/@connections/${String(headers.connectionid)}`;
      status = (await send(bench, 'POST', path, { body: Buffer.from('early') })).status;
      return { status: 403 };
    });
    await putApi(bench.store, {
      routes: [
        {
          routeKey: '$connect',
          integration: {
            integrationUri: backEnd.url,
            requestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
          },
        },
      ],
    });
    await connectRefused(bench.endpoint);
    expect(status).toBe(410);
  });

  it('is gone, and not invalid, after a restart on the same store', async () => {
    const store = createMemoryStore();
    const { bench, connectionId } = await connectOne({ routes: [] }, { store });
    await bench.gateway.close();
    const next = await startBench(undefined, { store });
    expect((await send(next, 'GET', `/${fixtureApiId}/dev/@connections/${connectionId}`)).status).toBe(410);
  });
});

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Sends the path as it is: other clients would normalise it. */
function send(
  bench: GatewayBench,
  method: string,
  path: string,
  { body = Buffer.alloc(0), headers = {} }: { readonly body?: Buffer; readonly headers?: Record<string, string> } = {},
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request(bench.gateway.url, { method, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
