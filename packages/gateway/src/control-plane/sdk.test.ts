import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  BadRequestException,
  ConflictException,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  DeleteApiCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  DeleteRouteResponseCommand,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  GetRouteCommand,
  GetRouteResponseCommand,
  GetRouteResponsesCommand,
  GetRoutesCommand,
  NotFoundException,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateRouteResponseCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { createControlPlane } from './control-plane.ts';

const memberNamesPath = '/_gatewright/member-names';
const lambdaUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

const controlPlane = createControlPlane({
  store: createMemoryStore(),
  clock: systemClock,
  region: 'us-east-1',
  accountId: '123456789012',
  apiEndpoint: (apiId) => `ws://127.0.0.1:4610/${apiId}`,
  allowChosenApiIds: true,
});

const server = createServer(async (request, response) => {
  const url = request.url ?? '';
  const isMemberNames = url.startsWith(memberNamesPath);
  const answer = await controlPlane(
    {
      method: request.method ?? '',
      target: isMemberNames ? url.slice(memberNamesPath.length) : url,
      headers: request.headers,
      body: await readBody(request),
    },
    isMemberNames ? 'member-names' : 'wire-names',
  );
  response.writeHead(answer.status, answer.headers).end(answer.body);
});

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

let client: ApiGatewayV2Client;
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new ApiGatewayV2Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The members of an answer that the service sent. */
async function members<Output extends { readonly $metadata: unknown }>(answer: Promise<Output>) {
  const { $metadata: _metadata, ...sent } = await answer;
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

async function createApi(): Promise<{ readonly ApiId: string }> {
  const { ApiId = '' } = await client.send(
    new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  );
  return { ApiId };
}

async function createMock(api: { readonly ApiId: string }): Promise<string> {
  const { IntegrationId } = await client.send(new CreateIntegrationCommand({ ...api, IntegrationType: 'MOCK' }));
  return IntegrationId ?? '';
}

describe('the AWS SDK', () => {
  it('creates, reads, changes and deletes an API', async () => {
    const request = {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
      Tags: { team: 'chat' },
    } as const;
    const created = await members(client.send(new CreateApiCommand(request)));
    expect(created).toEqual({
      ...request,
      ApiEndpoint: `ws://127.0.0.1:4610/${created.ApiId}`,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CreatedDate: expect.any(Date),
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
    });
    const api = { ApiId: String(created.ApiId) };
    expect(await members(client.send(new GetApiCommand(api)))).toEqual(created);

    const update = { Description: 'Rooms', RouteSelectionExpression: '$request.body.type' };
    expect(await members(client.send(new UpdateApiCommand({ ...api, ...update })))).toEqual({ ...created, ...update });
    expect(await members(client.send(new UpdateApiCommand({ ...api, Description: '' })))).toEqual({
      ...created,
      RouteSelectionExpression: '$request.body.type',
    });

    expect((await client.send(new DeleteApiCommand(api))).$metadata.httpStatusCode).toBe(204);
    await expect(client.send(new GetApiCommand(api))).rejects.toBeInstanceOf(NotFoundException);
  });

  it('creates, reads, changes and deletes an integration', async () => {
    const api = await createApi();
    const request = { IntegrationType: 'AWS_PROXY', IntegrationUri: lambdaUri } as const;
    const created = await members(client.send(new CreateIntegrationCommand({ ...api, ...request })));
    expect(created).toEqual({
      ...request,
      ConnectionType: 'INTERNET',
      IntegrationId: expect.stringMatching(/^[a-z0-9]{7}$/),
      IntegrationMethod: 'POST',
      PassthroughBehavior: 'WHEN_NO_MATCH',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 29_000,
    });
    const integration = { ...api, IntegrationId: String(created.IntegrationId) };
    expect(await members(client.send(new GetIntegrationCommand(integration)))).toEqual(created);
    expect((await client.send(new GetIntegrationsCommand(api))).Items).toEqual([created]);

    const mapped = {
      RequestParameters: { 'integration.request.header.A': "'a'", 'integration.request.header.B': "'b'" },
    };
    await client.send(new UpdateIntegrationCommand({ ...integration, ...mapped }));
    const changed = await members(
      client.send(
        new UpdateIntegrationCommand({
          ...integration,
          TimeoutInMillis: 50,
          RequestParameters: { 'integration.request.header.A': '' },
        }),
      ),
    );
    expect(changed).toEqual({
      ...created,
      TimeoutInMillis: 50,
      RequestParameters: { 'integration.request.header.B': "'b'" },
    });

    expect((await client.send(new DeleteIntegrationCommand(integration))).$metadata.httpStatusCode).toBe(204);
    await expect(client.send(new GetIntegrationCommand(integration))).rejects.toThrow(
      'Invalid Integration identifier specified',
    );
  });

  it('creates, reads, changes and deletes a route and its response', async () => {
    const api = await createApi();
    const target = { Target: `integrations/${await createMock(api)}` };
    const created = await members(client.send(new CreateRouteCommand({ ...api, RouteKey: 'join', ...target })));
    expect(created).toEqual({
      ...target,
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      RouteId: expect.stringMatching(/^[a-z0-9]{7}$/),
      RouteKey: 'join',
    });
    const route = { ...api, RouteId: String(created.RouteId) };
    expect(await members(client.send(new GetRouteCommand(route)))).toEqual(created);

    const update = { RouteKey: 'leave', RouteResponseSelectionExpression: '$default' };
    const answer = client.send(new UpdateRouteCommand({ ...route, ...update }));
    expect((await answer).$metadata.httpStatusCode).toBe(201);
    expect(await members(answer)).toEqual({ ...created, ...update });

    const response = await members(
      client.send(new CreateRouteResponseCommand({ ...route, RouteResponseKey: '$default' })),
    );
    expect(response).toEqual({
      RouteResponseId: expect.stringMatching(/^[a-z0-9]{6}$/),
      RouteResponseKey: '$default',
    });
    const routeResponse = { ...route, RouteResponseId: String(response.RouteResponseId) };
    expect(await members(client.send(new GetRouteResponseCommand(routeResponse)))).toEqual(response);
    expect((await client.send(new GetRouteResponsesCommand(route))).Items).toEqual([response]);
    await expect(
      client.send(new CreateRouteResponseCommand({ ...route, RouteResponseKey: '$default' })),
    ).rejects.toBeInstanceOf(ConflictException);
    const models = { ResponseModels: { $default: 'Empty' } };
    expect(await members(client.send(new UpdateRouteResponseCommand({ ...routeResponse, ...models })))).toEqual({
      ...response,
      ...models,
    });
    // A change of the route leaves what stands below it alone.
    await client.send(new UpdateRouteCommand({ ...route, OperationName: 'Leave' }));
    expect((await client.send(new GetRouteResponsesCommand(route))).Items).toHaveLength(1);
    await client.send(new DeleteRouteResponseCommand(routeResponse));
    expect((await client.send(new GetRouteResponsesCommand(route))).Items).toEqual([]);

    await client.send(new DeleteRouteCommand(route));
    expect((await client.send(new GetRoutesCommand(api))).Items).toEqual([]);
  });

  it('refuses a second route of one key, also by update', async () => {
    const api = await createApi();
    await client.send(new CreateRouteCommand({ ...api, RouteKey: '$connect' }));
    const { RouteId } = await client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }));
    const conflict = {
      name: 'ConflictException',
      message: 'Route with key $connect already exists for this API',
      $metadata: { httpStatusCode: 409 },
    };
    await expect(client.send(new CreateRouteCommand({ ...api, RouteKey: '$connect' }))).rejects.toMatchObject(conflict);
    await expect(client.send(new UpdateRouteCommand({ ...api, RouteId, RouteKey: '$connect' }))).rejects.toMatchObject(
      conflict,
    );
  });

  it('refuses to delete an integration that a route targets', async () => {
    const api = await createApi();
    const IntegrationId = await createMock(api);
    const { RouteId } = await client.send(
      new CreateRouteCommand({ ...api, RouteKey: 'join', Target: `integrations/${IntegrationId}` }),
    );
    await expect(client.send(new DeleteIntegrationCommand({ ...api, IntegrationId }))).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Cannot delete Integration because it is referenced by the following Routes with Ids: [${RouteId}]`,
    });
  });

  it('pages through lists in the order of ids', async () => {
    const api = await createApi();
    const keys = Array.from({ length: 30 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((RouteKey) => client.send(new CreateRouteCommand({ ...api, RouteKey }))));

    const first = await client.send(new GetRoutesCommand(api));
    expect([first.Items?.length, typeof first.NextToken]).toEqual([25, 'string']);

    const pages: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetRoutesCommand({ ...api, MaxResults: '7', NextToken }));
      pages.push((page.Items ?? []).map(({ RouteId }) => RouteId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 2]);
    expect(pages.flat()).toEqual([...new Set(pages.flat())].sort());
    expect((await client.send(new GetRoutesCommand({ ...api, MaxResults: '500' }))).Items).toHaveLength(30);
  });

  it('pages through APIs', async () => {
    const created = await Promise.all([createApi(), createApi(), createApi()]);
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetApisCommand({ MaxResults: '2', NextToken }));
      ids.push(...(page.Items ?? []).map(({ ApiId }) => ApiId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(created.map(({ ApiId }) => ApiId)));
  });

  it.each([{ MaxResults: '0' }, { MaxResults: 'all' }, { NextToken: 'not a token' }])(
    'refuses the page %j',
    async (page) => {
      await expect(client.send(new GetApisCommand(page))).rejects.toBeInstanceOf(BadRequestException);
    },
  );

  it('reads the error of an unknown API on every level', async () => {
    const api = { ApiId: 'unknown' };
    const unknown = { name: 'NotFoundException', message: 'Invalid API identifier specified', ResourceType: 'API' };
    await expect(client.send(new GetApiCommand(api))).rejects.toMatchObject(unknown);
    await expect(client.send(new DeleteApiCommand(api))).rejects.toMatchObject(unknown);
    await expect(client.send(new UpdateApiCommand({ ...api, Name: 'x' }))).rejects.toMatchObject(unknown);
    await expect(client.send(new GetRoutesCommand(api))).rejects.toMatchObject(unknown);
    await expect(client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }))).rejects.toMatchObject(unknown);
    await expect(client.send(new CreateIntegrationCommand({ ...api, IntegrationType: 'MOCK' }))).rejects.toMatchObject(
      unknown,
    );
  });
});

describe('the dialect of member names', () => {
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${memberNamesPath}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const chat = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };

  it('carries the build of a WebSocket API', async () => {
    const api = await send('POST', '/v2/apis', { ...chat, Description: null });
    expect(api).toMatchObject({ status: 201, body: { Name: 'chat' } });
    const path = `/v2/apis/${api.body.ApiId}`;
    const integration = await send('POST', `${path}/integrations`, {
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
    const route = await send('POST', `${path}/routes`, { RouteKey: '$connect', Target: target });
    expect(route).toMatchObject({ status: 201, body: { RouteKey: '$connect', Target: target } });
    expect(await send('GET', `${path}/routes?MaxResults=1`)).toEqual({ status: 200, body: { Items: [route.body] } });
    expect(await send('DELETE', path)).toEqual({ status: 204, body: undefined });
  });

  it('answers errors in member names', async () => {
    expect(await send('GET', '/v2/apis/unknown')).toEqual({
      status: 404,
      body: { Message: 'Invalid API identifier specified', ResourceType: 'API' },
    });
    expect(await send('POST', '/v2/apis', { name: 'chat' })).toEqual({
      status: 400,
      body: { Message: '"Name" is required.' },
    });
  });

  it('creates an API under a chosen id, replacing what has it', async () => {
    const chosen = { 'x-gatewright-api-id': 'chosen0001' };
    await send('POST', '/v2/apis', chat, chosen);
    await send('POST', '/v2/apis/chosen0001/routes', { RouteKey: 'join' });
    expect(await send('POST', '/v2/apis', { ...chat, Name: 'other' }, chosen)).toMatchObject({
      status: 201,
      body: { ApiId: 'chosen0001', Name: 'other' },
    });
    expect(await send('GET', '/v2/apis/chosen0001/routes')).toEqual({ status: 200, body: { Items: [] } });
    expect(await send('POST', '/v2/apis', chat, { 'x-gatewright-api-id': 'Chosen' })).toMatchObject({ status: 400 });
  });
});
