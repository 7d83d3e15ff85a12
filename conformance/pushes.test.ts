import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { type Answer, type BackEnd, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, type WebSocketClient } from './harness/web-socket-client.ts';

const domainName = 'chat.example.com';

let serving: ServingProcess;
let backEnd: BackEnd;
let answerConnect: (connectionId: string) => Promise<void> = async () => {};
let apiId: string;
let endpoint: string;

beforeAll(async () => {
  serving = await startServing(['serve']);
  backEnd = await startBackEnd(async ({ headers }): Promise<Answer> => {
    await answerConnect(String(headers['connection-id']));
    return { status: 200 };
  });
  ({ apiId, endpoint } = await deployApi(serving.gateway, { routes: [connectRoute(), who] }));
  await create('/v2/domainnames', {
    domainName,
    domainNameConfigurations: [{ certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' }],
  });
  await create(`/v2/domainnames/${domainName}/apimappings`, { apiId, stage: 'test' });
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

function connectRoute(): RouteDescription {
  return {
    routeKey: '$connect',
    isTwoWay: false,
    integration: {
      integrationType: 'HTTP_PROXY',
      integrationUri: backEnd.url,
      requestParameters: { 'integration.request.header.connection-id': 'context.connectionId' },
    },
  };
}

const who: RouteDescription = {
  routeKey: '$default',
  integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
  integrationResponses: { $default: { responseTemplates: { $default: '$context.connectionId' } } },
};

async function create(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(serving.gateway + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.status).toBe(201);
}

async function connectKnown(): Promise<WebSocketClient & { readonly connectionId: string }> {
  const client = await connect(endpoint);
  client.send('who');
  return { ...client, connectionId: await client.message() };
}

interface HttpAnswer {
  readonly status: number | undefined;
  /** In lower case, sorted; without those that Node adds for connections that are kept. */
  readonly headers: readonly string[];
  readonly errorType: string | undefined;
  readonly body: string;
}

function call(method: string, { path, host }: Address, body: string | Uint8Array = ''): Promise<HttpAnswer> {
  const { hostname, port } = new URL(serving.gateway);
  const headers = { 'content-length': String(Buffer.byteLength(body)), ...(host && { host }) };
  return new Promise((resolve, reject) => {
    const sent = request({ method, hostname, port, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => {
        text += data;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: Object.keys(response.headers).sort(),
          errorType: [response.headers['x-amzn-errortype']].flat()[0],
          body: text,
        }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

interface Address {
  readonly path: string;
  readonly host?: string;
}

const forms: readonly (readonly [string, (connectionId: string) => Address])[] = [
  ['the path form', (id) => ({ path: `/${apiId}/test/@connections/${encodeURIComponent(id)}` })],
  [
    'the path form, with all of it encoded',
    (id) => ({ path: `/${apiId}/test/%40connections/${encodeURIComponent(id)}` }),
  ],
  [
    'the path form, with a slash too many',
    (id) => ({ path: `/${apiId}/test//@connections/${encodeURIComponent(id)}` }),
  ],
  ['the path form, with the id as it is', (id) => ({ path: `/${apiId}/test/@connections/${id}` })],
  [
    'the host form',
    (id) => ({
      path: `/test/@connections/${encodeURIComponent(id)}`,
      host: `${apiId}.execute-api.us-east-1.amazonaws.com`,
    }),
  ],
  ['a custom domain', (id) => ({ path: `/@connections/${encodeURIComponent(id)}`, host: domainName })],
  ['the address of the stage alone', (id) => ({ path: `/test/@connections/${encodeURIComponent(id)}` })],
  ['an address without stage', (id) => ({ path: `/@connections/${encodeURIComponent(id)}` })],
];

const frontHeaders = ['connection', 'content-length', 'content-type', 'date', 'x-amz-apigw-id', 'x-amzn-requestid'];
const served = [...frontHeaders, 'x-amzn-trace-id'];
const refused = [...frontHeaders, 'x-amzn-errortype'].sort();
const gone: HttpAnswer = {
  status: 410,
  headers: [...served, 'x-amzn-errortype'].sort(),
  errorType: 'GoneException',
  body: '',
};

/** As well formed as before, and never issued. */
function change(connectionId: string): string {
  return `${connectionId.startsWith('A') ? 'B' : 'A'}${connectionId.slice(1)}`;
}

describe.each(forms)('@connections in %s', (_form, addressOf) => {
  it('takes what is pushed to a connection, up to 128 KB', async () => {
    const client = await connectKnown();
    const address = addressOf(client.connectionId);
    const delivered = { status: 200, headers: served, errorType: undefined, body: '' };
    for (const content of ['pushed', '', 'x'.repeat(131_072)]) {
      expect(await call('POST', address, content)).toEqual(delivered);
      expect((await client.message()) === content).toBe(true);
    }
    expect(await call('POST', address, 'x'.repeat(131_073))).toEqual({
      status: 413,
      headers: ['connection', 'content-length', 'date'],
      errorType: undefined,
      body: '',
    });
    expect(await call('POST', address, 'still there')).toEqual(delivered);
    expect(await client.message()).toBe('still there');
    await client.close();
  });

  it('knows connections that are gone from those that never were', async () => {
    const client = await connectKnown();
    const { connectionId } = client;
    const address = addressOf(connectionId);
    expect((await call('GET', address)).body).toMatch(
      /^\{\n {2}"identity" : \{\n {4}"sourceIp" : "127\.0\.0\.1"\n {2}\},\n/,
    );
    expect(await call('DELETE', address)).toMatchObject({ status: 204, body: '' });
    expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await call(method, address)).toEqual(gone);
      for (const unknown of [change(connectionId), 'nothing', connectionId.slice(1)]) {
        expect(await call(method, addressOf(unknown))).toEqual({
          status: 400,
          headers: refused,
          errorType: 'BadRequestException',
          body: `{"message":"Invalid connectionId: ${unknown}"}`,
        });
      }
    }
  });

  it('says that a connection is gone while its $connect integration works', async () => {
    const answers: HttpAnswer[] = [];
    answerConnect = async (connectionId) => {
      for (const method of ['GET', 'POST', 'DELETE']) answers.push(await call(method, addressOf(connectionId)));
    };
    const client = await connectKnown();
    answerConnect = async () => {};
    expect(answers).toEqual([gone, gone, gone]);
    expect(await call('GET', addressOf(client.connectionId))).toMatchObject({ status: 200 });
    await client.close();
  });
});

describe('@connections of a stage that does not exist', () => {
  it.each<[string, (id: string) => Address]>([
    ['in the path form', (id) => ({ path: `/${apiId}/none/@connections/${id}` })],
    ['of another API', (id) => ({ path: `/zzzzzzzzzz/test/@connections/${id}` })],
    [
      'in the host form',
      (id) => ({ path: `/none/@connections/${id}`, host: `${apiId}.execute-api.us-east-1.amazonaws.com` }),
    ],
    ['in a custom domain', (id) => ({ path: `/none/@connections/${id}`, host: domainName })],
    ['alone', (id) => ({ path: `/none/@connections/${id}` })],
  ])('are refused with 403, %s', async (_case, addressOf) => {
    const client = await connectKnown();
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await call(method, addressOf(client.connectionId))).toEqual({
        status: 403,
        headers: refused,
        errorType: 'ForbiddenException',
        body: '{"message":"Forbidden"}',
      });
    }
    await client.close();
  });
});

describe('pushes of many clients at once', () => {
  it('arrive all, each once, and those of one client in its order', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, connectKnown));
    const [pushers, pushes] = [10, 20];
    await Promise.all(
      Array.from({ length: pushers }, async (_, pusher) => {
        for (let count = 0; count < pushes; count += 1) {
          const answers = clients.map(({ connectionId }) =>
            call('POST', { path: `/${apiId}/test/@connections/${connectionId}` }, `${pusher} ${count}`),
          );
          for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
        }
      }),
    );
    const inOrder = Array.from({ length: pushers }, (_, pusher) =>
      Array.from({ length: pushes }, (__, count) => `${pusher} ${count}`),
    );
    for (const client of clients) {
      const received: string[] = [];
      for (let count = 0; count < pushers * pushes; count += 1) received.push(await client.message());
      const byPusher = inOrder.map((_, pusher) => received.filter((content) => content.startsWith(`${pusher} `)));
      expect(byPusher).toEqual(inOrder);
      await client.close();
    }
  });
});
