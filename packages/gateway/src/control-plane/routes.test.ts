import {
  CreateAuthorizerCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateRouteResponseCommand,
  DeleteRouteCommand,
  DeleteRouteRequestParameterCommand,
  DeleteRouteResponseCommand,
  GetRouteCommand,
  GetRouteResponseCommand,
  GetRouteResponsesCommand,
  GetRoutesCommand,
  UpdateRouteCommand,
  UpdateRouteResponseCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { createApiForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { createTarget, members } from '../testing/serve-control-plane.ts';

const served = serveForTests();
const api = createApiForEachTest(served);

const create = (request: Partial<CreateRouteCommandInput>) =>
  members(served.client.send(new CreateRouteCommand({ ...api, ...request } as CreateRouteCommandInput)));

describe('a route', () => {
  it('is created, read, changed and deleted', async () => {
    const target = await createTarget(served.client, api);
    const created = await create({ RouteKey: 'join', ...target });
    expect(created).toEqual({
      ...target,
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      RouteId: expect.stringMatching(/^[a-z0-9]{7}$/),
      RouteKey: 'join',
    });
    const route = { ...api, RouteId: String(created.RouteId) };
    expect(await members(served.client.send(new GetRouteCommand(route)))).toEqual(created);

    const update = { RouteKey: 'leave', RouteResponseSelectionExpression: '$default' };
    const answer = served.client.send(new UpdateRouteCommand({ ...route, ...update }));
    expect((await answer).$metadata.httpStatusCode).toBe(201);
    expect(await members(answer)).toEqual({ ...created, ...update });

    expect((await served.client.send(new DeleteRouteCommand(route))).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(new DeleteRouteCommand(route))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Route identifier specified',
    });
    expect((await served.client.send(new GetRoutesCommand(api))).Items).toEqual([]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ RouteKey: '$reconnect' }, 'The provided route key is not formatted properly'],
    [
      { Target: 'integrations/none' },
      'Target is "integrations/none"; expected "integrations/{integrationId}" with an integration of this API.',
    ],
    [
      { Target: 'integrations/__proto__' },
      'Target is "integrations/__proto__"; expected "integrations/{integrationId}" with an integration of this API.',
    ],
    [{ AuthorizationType: 'AWS_IAM' }, 'Currently, authorization is restricted to the $connect route only'],
    [
      { RouteKey: '$connect', AuthorizationType: 'JWT' },
      'AuthorizationType is "JWT"; expected one of NONE, AWS_IAM, CUSTOM for WEBSOCKET protocol Apis.',
    ],
    [
      { RouteKey: '$connect', AuthorizationType: 'CUSTOM' },
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    ],
    [
      { RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId: 'abcdef' },
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    ],
    [{ RouteKey: 'a\u0007b' }, '"routeKey" is "a\\u0007b"; expected a match of ^\\P{Cc}*$.'],
    [{ AuthorizationScopes: [] }, 'AuthorizationScopes cannot be set for WEBSOCKET protocol Apis.'],
    [
      { RouteResponseSelectionExpression: '$request.body.a' },
      'RouteResponseSelectionExpression is "$request.body.a"; expected "$default".',
    ],
    [
      { RequestModels: { $default: 'Message' } },
      'RequestModels names the model "Message"; expected the name of a model of this API.',
    ],
    [
      { RequestParameters: { 'route.request.cookie.id': { Required: true } } },
      'RequestParameters has the key "route.request.cookie.id"; expected route.request.{querystring|header}.{name}.',
    ],
  ])('is refused: %j', async (request, message) => {
    await expect(create({ RouteKey: 'join', ...request })).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
    expect((await served.client.send(new GetRoutesCommand(api))).Items).toEqual([]);
  });

  it('lets go of its authorizer when it asks for none, and does not take one', async () => {
    const { AuthorizerId } = await served.client.send(
      new CreateAuthorizerCommand({
        ...api,
        Name: 'a',
        AuthorizerType: 'REQUEST',
        IdentitySource: [],
        AuthorizerUri:
          'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
      }),
    );
    const created = await create({ RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId });
    const route = { ...api, RouteId: String(created.RouteId) };
    expect(created).toMatchObject({ AuthorizerId });
    const update = new UpdateRouteCommand({ ...route, AuthorizationType: 'NONE' });
    expect(await members(served.client.send(update))).not.toHaveProperty('AuthorizerId');
    const again = new UpdateRouteCommand({ ...route, AuthorizationType: 'NONE', AuthorizerId });
    expect(await members(served.client.send(again))).not.toHaveProperty('AuthorizerId');
    expect(await create({ RouteKey: 'join', AuthorizerId })).not.toHaveProperty('AuthorizerId');
  });

  it('is refused another authorizer without the type beside it', async () => {
    const { RouteId = '' } = await create({ RouteKey: '$connect' });
    const update = new UpdateRouteCommand({ ...api, RouteId: String(RouteId), AuthorizerId: 'abcdef' });
    await expect(served.client.send(update)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Unable to update route. Authorizer type is invalid or null.',
    });
  });

  it('is refused with a key that another has, also by update', async () => {
    await create({ RouteKey: '$connect' });
    const { RouteId } = await create({ RouteKey: 'join' });
    const conflict = {
      name: 'ConflictException',
      message: 'Route with key $connect already exists for this API',
      $metadata: { httpStatusCode: 409 },
    };
    await expect(create({ RouteKey: '$connect' })).rejects.toMatchObject(conflict);
    const update = { ...api, RouteId: String(RouteId), RouteKey: '$connect' };
    await expect(served.client.send(new UpdateRouteCommand(update))).rejects.toMatchObject(conflict);
  });

  it('merges request parameters, which are deleted one by one', async () => {
    const [header, query] = ['route.request.header.Authorization', 'route.request.querystring.room/name'];
    const { RouteId } = await create({ RouteKey: '$connect', RequestParameters: { [header]: { Required: true } } });
    const route = { ...api, RouteId: String(RouteId) };
    const update = { ...route, RequestParameters: { [query]: { Required: false } } };
    expect(await members(served.client.send(new UpdateRouteCommand(update)))).toMatchObject({
      RequestParameters: { [header]: { Required: true }, [query]: { Required: false } },
    });
    const deletion = new DeleteRouteRequestParameterCommand({ ...route, RequestParameterKey: query });
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(deletion)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await served.client.send(new GetRouteCommand(route))).RequestParameters).toEqual({
      [header]: { Required: true },
    });
  });

  it('may be written side by side, up to the quota', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((RouteKey) => create({ RouteKey })));
    await expect(create({ RouteKey: 'one more' })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message:
        'Maximum number of Routes for this API has been reached. Please contact AWS if you need additional Routes.',
      LimitType: 'RoutesPerApi',
    });

    const first = await served.client.send(new GetRoutesCommand(api));
    expect([first.Items?.length, typeof first.NextToken]).toEqual([25, 'string']);
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await served.client.send(new GetRoutesCommand({ ...api, MaxResults: '70', NextToken }));
      ids.push(...(page.Items ?? []).map(({ RouteId }) => RouteId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toHaveLength(300);
  });
});

describe('a route response', () => {
  it('is created, read, changed and deleted', async () => {
    const { RouteId } = await create({ RouteKey: 'join' });
    const route = { ...api, RouteId: String(RouteId) };
    const request = { ...route, RouteResponseKey: '$default' };
    const created = await members(served.client.send(new CreateRouteResponseCommand(request)));
    expect(created).toEqual({
      RouteResponseId: expect.stringMatching(/^[a-z0-9]{6}$/),
      RouteResponseKey: '$default',
    });
    const routeResponse = { ...route, RouteResponseId: String(created.RouteResponseId) };
    expect(await members(served.client.send(new GetRouteResponseCommand(routeResponse)))).toEqual(created);
    await expect(served.client.send(new CreateRouteResponseCommand(request))).rejects.toMatchObject({
      name: 'ConflictException',
    });

    const models = { ResponseModels: { $default: 'Empty' } };
    const changed = { ...created, ...models };
    const update = new UpdateRouteResponseCommand({ ...routeResponse, ...models });
    expect(await members(served.client.send(update))).toEqual(changed);
    // A change of the route leaves what stands below it alone.
    await served.client.send(new UpdateRouteCommand({ ...route, OperationName: 'Join' }));
    expect((await served.client.send(new GetRouteResponsesCommand(route))).Items).toEqual([changed]);

    await served.client.send(new DeleteRouteResponseCommand(routeResponse));
    await expect(served.client.send(new GetRouteResponseCommand(routeResponse))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Route Response identifier specified',
    });
  });

  it('has the key $default and no other', async () => {
    const { RouteId } = await create({ RouteKey: 'join' });
    const request = { ...api, RouteId: String(RouteId), RouteResponseKey: 'ok' };
    await expect(served.client.send(new CreateRouteResponseCommand(request))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'RouteResponseKey is "ok"; expected "$default".',
    });
  });
});
