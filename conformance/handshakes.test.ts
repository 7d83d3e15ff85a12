import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDescription, type DeployedApi, deployApi } from './harness/api.ts';
import { type BackEnd, closedPort, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { connectRaw, type RawConnection } from './harness/raw-web-socket.ts';

let serving: ServingProcess;
let backEnd: BackEnd;
let open: DeployedApi;

beforeAll(async () => {
  serving = await startServing(['serve']);
  backEnd = await startBackEnd(({ url }) => backEndAnswers[url] ?? { status: 200 });
  open = await deployApi(serving.gateway, { routes: [{ routeKey: '$default', integration: mock }] });
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

const backEndAnswers: Readonly<Record<string, { status: number; headers?: Record<string, string>; body?: string }>> = {
  '/chooses-b': { status: 200, headers: { 'Sec-WebSocket-Protocol': 'b', 'X-Other': 'dropped' }, body: 'dropped' },
  '/forbids': {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-reason': 'banned' },
    body: '{"reason":"banned"}',
  },
  '/shows-a-page': { status: 402, headers: { 'content-type': 'text/html' }, body: '<p>Pay.</p>' },
};

/** An API with a `$connect` route alone. */
function connectRoute(integration: object, route: object = {}): ApiDescription {
  const members = { ...integration } as Readonly<Record<string, unknown>>;
  return { routes: [{ routeKey: '$connect', integration: members, route: { ...route }, isTwoWay: false }] };
}

const calling = (path: string): object => ({ integrationType: 'HTTP_PROXY', integrationUri: backEnd.url + path });
const mock = { integrationType: 'MOCK' };

/** What differs from one run to the next, by its shape. */
function settle(text: string): string {
  return text
    .replace(/^(date): \w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/im, '$1: DATE')
    .replace(/^(x-amz-apigw-id): [\w-]{15}=$/im, '$1: REQUEST')
    .replace(/"connectionId":"[\w-]{18}=="/, '"connectionId":"CONNECTION"')
    .replace(/"requestId":"[\w-]{15}="/, '"requestId":"REQUEST"');
}

/** The answer and its body; the gateway ends the connection after it. */
async function readAnswer(connection: RawConnection): Promise<string> {
  const body = await connection.rest();
  return settle(connection.answer + body.toString('utf8'));
}

function lines(...content: readonly string[]): string {
  return content.join('\r\n');
}

const gatewayHeaders = ['Date: DATE', 'Content-Type: application/json; charset=UTF-8', 'x-amz-apigw-id: REQUEST'];
const frontHeaders = ['Date: DATE', 'Content-Type: application/json', 'x-amz-apigw-id: REQUEST'];

function refusal(status: string, headers: readonly string[], body: string): string {
  const length = `Content-Length: ${Buffer.byteLength(restore(body))}`;
  return lines(`HTTP/1.1 ${status}`, ...headers, length, 'Connection: keep-alive', '', body);
}

/** Ids as long as real ones. */
function restore(body: string): string {
  return body.replace('CONNECTION', 'c'.repeat(20)).replace('"REQUEST"', `"${'r'.repeat(16)}"`);
}

const refusedAddress = refusal(
  '403 Forbidden',
  ['Date: DATE', 'Content-Type: application/json', 'x-amzn-ErrorType: ForbiddenException', 'x-amz-apigw-id: REQUEST'],
  '{"message":"Forbidden"}',
);

const inOwnWords = (status: string, message: string): string =>
  refusal(status, gatewayHeaders, `{"message": "${message}", "connectionId":"CONNECTION", "requestId":"REQUEST"}`);

describe('a handshake that is accepted', () => {
  const accepted = ['connection: upgrade', 'date: date', 'sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo='];

  /** Names and tokens without regard to case, in no order: what the service sends and no more. */
  function headerSet(answer: string): string[] {
    const [status = '', ...headers] = settle(answer).trimEnd().toLowerCase().split('\r\n');
    return [status, ...headers.sort()];
  }

  it.each<[string, string | undefined, readonly string[]]>([
    ['without subprotocols', undefined, []],
    ['with the subprotocol that the integration chose', 'a, b', ['sec-websocket-protocol: b']],
    ['without a subprotocol that was not offered', 'a, c', []],
  ])('is answered with the headers of the service, %s', async (_case, offered, further) => {
    const { endpoint } = await deployApi(serving.gateway, connectRoute(calling('/chooses-b')));
    const connection = await connectRaw(endpoint, {
      'Sec-WebSocket-Protocol': offered,
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    });
    connection.socket.destroy();
    const expected = [...accepted, ...further, 'upgrade: websocket'].sort();
    expect(headerSet(connection.answer)).toEqual(['http/1.1 101 switching protocols', ...expected]);
  });
});

describe('a handshake that is refused because of its address', () => {
  it.each<[string, (endpoint: string) => string, string | undefined]>([
    ['an unknown stage', (endpoint) => `${endpoint}2`, undefined],
    ['an unknown API', (endpoint) => endpoint.replace(open.apiId, 'zzzzzzzzzz'), undefined],
    ['a path that goes on', (endpoint) => `${endpoint}/more`, undefined],
    ['no stage', (endpoint) => endpoint.replace('/test', ''), undefined],
    ['a stage that is unknown to its host', (endpoint) => new URL('/none', endpoint).href, 'host'],
    ['the control plane', (endpoint) => new URL('/v2/apis', endpoint).href, undefined],
  ])('gets 403: %s', async (_case, address, form) => {
    const host = form && `${open.apiId}.execute-api.us-east-1.amazonaws.com`;
    const connection = await connectRaw(address(open.endpoint), host ? { Host: host } : {});
    expect(await readAnswer(connection)).toBe(refusedAddress);
  });
});

describe('a handshake that is none', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['without a key', { 'Sec-WebSocket-Key': undefined }, '400 Bad Request'],
    ['with a key that is too short', { 'Sec-WebSocket-Key': 'c2hvcnQ=' }, '400 Bad Request'],
    ['that offers a subprotocol twice', { 'Sec-WebSocket-Protocol': 'a, a' }, '400 Bad Request'],
    ['that offers what is no subprotocol', { 'Sec-WebSocket-Protocol': 'a b' }, '400 Bad Request'],
    ['of version 8', { 'Sec-WebSocket-Version': '8' }, '426 Upgrade Required'],
    ['without a version', { 'Sec-WebSocket-Version': undefined }, '426 Upgrade Required'],
  ])('%s gets its status', async (_case, headers, status) => {
    const further = status.startsWith('426') ? ['Sec-WebSocket-Version: 13'] : [];
    const body = `{"message":"${status.slice(4)}"}`;
    const connection = await connectRaw(open.endpoint, headers);
    expect(await readAnswer(connection)).toBe(refusal(status, [...frontHeaders, ...further], body));
  });

  it('with two headers Authorization gets 400, in HTML', async () => {
    const connection = await connectRaw(open.endpoint, { Authorization: 'a', authorization: 'a' });
    expect(await readAnswer(connection)).toBe(
      refusal(
        '400 Bad Request',
        ['Date: DATE', 'Content-Type: text/html', 'x-amz-apigw-id: REQUEST'],
        '<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>',
      ),
    );
  });

  it('of another method gets 405', async () => {
    const connection = await connectRaw(open.endpoint, {}, 'PUT');
    expect(await readAnswer(connection)).toBe(
      refusal('405 Method Not Allowed', [...frontHeaders, 'Allow: GET'], '{"message":"Method Not Allowed"}'),
    );
  });

  it('with a URL of more than 4096 characters gets 414', async () => {
    const connection = await connectRaw(`${open.endpoint}?${'a'.repeat(4096)}`);
    expect(await readAnswer(connection)).toBe(refusal('414 URI Too Long', frontHeaders, '{"message":"URI Too Long"}'));
  });
});

describe('a handshake that is refused by its stage', () => {
  it.each<[string, () => ApiDescription | Promise<ApiDescription>, string]>([
    [
      'authorization that is not there',
      () => connectRoute(mock, { authorizationType: 'AWS_IAM' }),
      inOwnWords('403 Forbidden', 'Forbidden'),
    ],
    [
      'a required parameter that is missing',
      () => connectRoute(mock, { requestParameters: { 'route.request.querystring.room': { required: true } } }),
      inOwnWords('400 Bad Request', 'Missing required request parameters: [room]'),
    ],
    [
      'the integration, in its own words',
      () => connectRoute(calling('/forbids')),
      refusal(
        '403 Forbidden',
        ['Date: DATE', 'Content-Type: application/json; charset=UTF-8', 'x-reason: banned', 'x-amz-apigw-id: REQUEST'],
        '{"reason":"banned"}',
      ),
    ],
    [
      'the integration, with a page',
      () => connectRoute(calling('/shows-a-page')),
      refusal(
        '402 Payment Required',
        ['Date: DATE', 'Content-Type: text/html', 'x-amz-apigw-id: REQUEST'],
        '<p>Pay.</p>',
      ),
    ],
    [
      'a back end that is down',
      async () =>
        connectRoute({ integrationType: 'HTTP_PROXY', integrationUri: `http://127.0.0.1:${await closedPort()}` }),
      inOwnWords('504 Gateway Timeout', 'Internal server error'),
    ],
    [
      'a request template that is not there',
      () => connectRoute({ ...mock, requestTemplates: { a: '{}' }, passthroughBehavior: 'NEVER' }),
      inOwnWords('415 Unsupported Media Type', 'Unsupported Media Type'),
    ],
    [
      'a function that cannot be called',
      () =>
        connectRoute({
          integrationType: 'AWS_PROXY',
          integrationUri:
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
        }),
      inOwnWords('500 Internal Server Error', 'Internal server error'),
    ],
  ])('for %s', async (_case, describeApi, expected) => {
    const { endpoint } = await deployApi(serving.gateway, await describeApi());
    expect(await readAnswer(await connectRaw(endpoint))).toBe(expected);
  });
});
