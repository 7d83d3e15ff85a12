import { randomUUID } from 'node:crypto';
import { BadRequestException, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../api/operations.ts';
import { systemClock } from '../clock.ts';
import { createMemoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import { memberNamesPath, type ServedControlPlane, serveControlPlane } from '../testing/serve-control-plane.ts';
import { createControlPlane, defaultQuotas } from './control-plane.ts';
import { handlers } from './handlers.ts';

let served: ServedControlPlane;

beforeAll(async () => {
  served = await serveControlPlane();
});

afterAll(() => served.close());

interface SendOptions {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

async function send(path: string, { method = 'POST', body, headers }: SendOptions = {}) {
  const response = await fetch(`${served.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    errorType: response.headers.get('x-amzn-errortype'),
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

describe('the control plane', () => {
  it('has handlers only for operations of the table', () => {
    expect([...operations.keys()]).toEqual(expect.arrayContaining(Object.keys(handlers)));
  });

  it('identifies every answer', async () => {
    for (const path of ['/v2/apis', '/v2/apis/none', '/v2/none']) {
      const { headers } = await send(path, { method: 'GET' });
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(headers.get('x-amz-apigw-id')).toMatch(/^[\w-]{15}=$/);
    }
  });

  it('names the methods that a path has', async () => {
    const response = await fetch(`${served.url}/v2/apis`, { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('GET, POST, PUT');
  });

  it.each<[string, string, SendOptions, number, string, string]>([
    [
      'an unknown path',
      '/v2/nothing',
      {},
      404,
      'NotFoundException',
      'No operation of API Gateway V2 has the path "/v2/nothing".',
    ],
    [
      'another method',
      '/v2/apis',
      { method: 'DELETE' },
      405,
      'MethodNotAllowedException',
      'The path "/v2/apis" does not support the method DELETE; expected one of GET, POST, PUT.',
    ],
    [
      'a broken path',
      '/v2/apis/%E0%A4%A',
      { method: 'GET' },
      400,
      'BadRequestException',
      'The path segment "%E0%A4%A" is not valid percent-encoding.',
    ],
    [
      'an operation without a handler',
      '/v2/portals',
      {},
      501,
      'NotImplementedException',
      'The operation CreatePortal is not implemented yet.',
    ],
    ['text', '/v2/apis', { body: 'name=chat' }, 400, 'BadRequestException', 'The request body is not valid JSON.'],
    ['a list', '/v2/apis', { body: '[]' }, 400, 'BadRequestException', 'The request body is not a JSON object.'],
    ['no body', '/v2/apis', {}, 400, 'BadRequestException', '"name" is required.'],
    [
      'bytes that are no text',
      '/v2/apis',
      { body: new Uint8Array([0xff, 0xfe]) },
      400,
      'BadRequestException',
      'The request body is not valid UTF-8.',
    ],
    [
      'deep nesting',
      '/v2/apis',
      { body: `{"name":${'['.repeat(200)}` },
      400,
      'BadRequestException',
      'The request body is nested more than 100 times.',
    ],
    [
      'another media type',
      '/v2/apis',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'UnsupportedMediaTypeException',
      'The content type is "text/plain"; expected "application/json".',
    ],
  ])('refuses %s', async (_name, path, options, status, errorType, message) => {
    expect(await send(path, options)).toMatchObject({ status, errorType, body: { message } });
    expect(await send(memberNamesPath + path, options)).toMatchObject({ status, errorType });
  });

  it.each([{ MaxResults: '0' }, { MaxResults: 'all' }, { NextToken: 'not a token' }])(
    'refuses the page %j',
    async (page) => {
      await expect(served.client.send(new GetApisCommand(page))).rejects.toBeInstanceOf(BadRequestException);
    },
  );

  it('tells its owner, and not the caller, what went wrong inside', async () => {
    const store: Store = {
      ...createMemoryStore(),
      head: () => Promise.reject(new Error('The password of the disk is "secret".')),
    };
    const faults: unknown[] = [];
    const controlPlane = createControlPlane({
      store,
      onFault: (error) => faults.push(error),
      clock: systemClock,
      region: 'us-east-1',
      accountId: '123456789012',
      apiEndpoint: (apiId) => apiId,
      allowChosenApiIds: false,
      hasLoggingRole: true,
      limits: 'none',
      quotas: defaultQuotas,
    });
    const request = { method: 'GET', target: '/v2/apis/a', headers: {}, body: new Uint8Array() };
    expect(await controlPlane(request, 'wire-names')).toMatchObject({
      status: 500,
      operation: 'GetApi',
      headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
      body: '{"message":"Internal server error"}',
    });
    expect(faults).toEqual([new Error('The password of the disk is "secret".')]);
  });

  it('conflicts when another writer is always faster', async () => {
    const memory = createMemoryStore();
    const store: Store = {
      ...memory,
      commit: async ({ heads: [head] }) => ({ kind: 'conflict', key: head?.key ?? '' }),
    };
    const other = await serveControlPlane({ store });
    await memory.commit({
      objects: [],
      heads: [
        {
          key: 'api/a',
          expectedRevision: 0,
          value: JSON.stringify({
            api: { apiId: 'a' },
            configuration: { routes: {}, integrations: {}, models: {}, authorizers: {} },
            deployed: {},
            stages: {},
          }),
        },
      ],
    });
    const answer = await fetch(`${other.url}/v2/apis/a/routes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routeKey: randomUUID() }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { message: 'Unable to complete operation due to concurrent modification. Please try again later.' },
    ]);
    await other.close();
  });
});

describe('the dialect of member names', () => {
  const sendNames = (method: string, path: string, body?: unknown) =>
    send(memberNamesPath + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

  it('carries the build of a WebSocket API', async () => {
    const api = await sendNames('POST', '/v2/apis', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
      Description: null,
    });
    expect(api).toMatchObject({ status: 201, body: { Name: 'chat' } });
    const path = `/v2/apis/${api.body.ApiId}`;
    const integration = await sendNames('POST', `${path}/integrations`, {
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'http://127.0.0.1:9000/',
      PayloadFormatVersion: '1.0',
      RequestParameters: { 'integration.request.header.RouteKey': 'context.routeKey' },
    });
    expect(integration).toMatchObject({
      status: 201,
      body: { RequestParameters: { 'integration.request.header.RouteKey': 'context.routeKey' } },
    });
    const target = `integrations/${integration.body.IntegrationId}`;
    const route = await sendNames('POST', `${path}/routes`, { RouteKey: '$connect', Target: target, Unknown: 1 });
    expect(route).toMatchObject({ status: 201, body: { RouteKey: '$connect', Target: target } });
    const routes = await sendNames('GET', `${path}/routes?MaxResults=1`);
    expect(routes).toMatchObject({ status: 200, body: { Items: [route.body] } });
    expect(await sendNames('DELETE', path)).toMatchObject({ status: 204, body: undefined });
  });

  it('answers errors in member names', async () => {
    expect(await sendNames('GET', '/v2/apis/unknown')).toMatchObject({
      status: 404,
      errorType: 'NotFoundException',
      body: { Message: 'Invalid API identifier specified', ResourceType: 'API' },
    });
    expect(await sendNames('POST', '/v2/apis', { name: 'chat' })).toMatchObject({
      status: 400,
      body: { Message: '"Name" is required.' },
    });
  });
});
