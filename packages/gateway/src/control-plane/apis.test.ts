import {
  CreateApiCommand,
  type CreateApiCommandInput,
  DeleteApiCommand,
  GetApiCommand,
  GetApisCommand,
  NotFoundException,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { serveForTests } from '../testing/control-plane-hooks.ts';
import { createApi, members, serveControlPlane } from '../testing/serve-control-plane.ts';

const served = serveForTests();

const chat = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;

describe('an API', () => {
  it('is created, read, changed and deleted', async () => {
    const { client } = served;
    const created = await members(client.send(new CreateApiCommand({ ...chat, Tags: { team: 'chat' } })));
    expect(created).toEqual({
      ...chat,
      ApiEndpoint: `ws://127.0.0.1:4610/${created.ApiId}`,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CreatedDate: new Date('2026-09-25T00:01:10Z'),
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      Tags: { team: 'chat' },
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
    await expect(client.send(new DeleteApiCommand(api))).rejects.toBeInstanceOf(NotFoundException);
  });

  it('has no tags when none were given', async () => {
    const created = await members(served.client.send(new CreateApiCommand({ ...chat, Tags: {} })));
    expect(created).not.toHaveProperty('Tags');
  });

  it.each<[string, Partial<Record<keyof CreateApiCommandInput, unknown>>, string]>([
    [
      'no protocol that exists',
      { ProtocolType: 'SMTP' },
      'Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]',
    ],
    [
      'no route selection',
      { RouteSelectionExpression: undefined },
      'RouteSelectionExpression is required for WEBSOCKET protocol Apis.',
    ],
    [
      'an empty route selection',
      { RouteSelectionExpression: '' },
      'RouteSelectionExpression is required for WEBSOCKET protocol Apis.',
    ],
    [
      'a cross-origin configuration',
      { CorsConfiguration: {} },
      'CorsConfiguration cannot be set for WEBSOCKET protocol Apis.',
    ],
    ['a target', { Target: 'http://a' }, 'Target cannot be set for WEBSOCKET protocol Apis.'],
    [
      'another source of API keys',
      { ApiKeySelectionExpression: '$request.header.key' },
      'ApiKeySelectionExpression is "$request.header.key"; expected one of $request.header.x-api-key, $context.authorizer.usageIdentifierKey.',
    ],
  ])('is refused with %s', async (_name, input, message) => {
    const before = await served.client.send(new GetApisCommand({ MaxResults: '500' }));
    const request = { ...chat, ...input } as CreateApiCommandInput;
    await expect(served.client.send(new CreateApiCommand(request))).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
    const after = await served.client.send(new GetApisCommand({ MaxResults: '500' }));
    expect(after.Items).toHaveLength(before.Items?.length ?? 0);
  });

  it('is refused with an expression that cannot be read', async () => {
    const request = { ...chat, RouteSelectionExpression: '${request.body.action' };
    await expect(served.client.send(new CreateApiCommand(request))).rejects.toThrow('lacks its closing brace');
  });

  it('keeps what it has when an update is refused', async () => {
    const api = await createApi(served.client);
    const before = await members(served.client.send(new GetApiCommand(api)));
    await expect(
      served.client.send(new UpdateApiCommand({ ...api, Name: 'new', RouteSelectionExpression: '' })),
    ).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(await members(served.client.send(new GetApiCommand(api)))).toEqual(before);
  });

  it('is listed with the others, page by page, in the order of ids', async () => {
    const created = await Promise.all([1, 2, 3].map(() => createApi(served.client)));
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await served.client.send(new GetApisCommand({ MaxResults: '2', NextToken }));
      ids.push(...(page.Items ?? []).map(({ ApiId }) => ApiId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(created.map(({ ApiId }) => ApiId)));
  });
});

describe('a chosen id', () => {
  const create = (id: string, name: string, url = served.url) =>
    fetch(`${url}/v2/apis`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-gatewright-api-id': id },
      body: JSON.stringify({ name, protocolType: 'WEBSOCKET', routeSelectionExpression: '$request.body.action' }),
    });

  it('replaces the API that has it entirely', async () => {
    await create('chosen0001', 'one');
    await served.client.send(new UpdateApiCommand({ ApiId: 'chosen0001', Description: 'first' }));
    served.pass(60_000);
    const answer = await create('chosen0001', 'two');
    expect([answer.status, await answer.json()]).toMatchObject([201, { apiId: 'chosen0001', name: 'two' }]);
    const api = await members(served.client.send(new GetApiCommand({ ApiId: 'chosen0001' })));
    expect(api).toMatchObject({ Name: 'two', CreatedDate: new Date('2026-09-25T00:02:10Z') });
    expect(api).not.toHaveProperty('Description');
  });

  it.each(['Chosen0001', 'short', 'chosen00012', '__proto__x'])('is refused when it is %j', async (id) => {
    const answer = await create(id, 'one');
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { message: `The header x-gatewright-api-id is "${id}"; expected 10 characters of a-z and 0-9.` },
    ]);
  });

  it('is ignored unless it is allowed', async () => {
    const other = await serveControlPlane({ allowChosenApiIds: false });
    const answer = await create('chosen0001', 'one', other.url);
    expect(answer.status).toBe(201);
    expect(await answer.json()).not.toMatchObject({ apiId: 'chosen0001' });
    await other.close();
  });
});
