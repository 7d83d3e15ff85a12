import {
  CreateApiCommand,
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  CreateRouteCommand,
  DeleteAuthorizerCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { createApiForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { members } from '../testing/serve-control-plane.ts';

const served = serveForTests();
const api = createApiForEachTest(served);

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:authorize';
const request = {
  AuthorizerType: 'REQUEST' as const,
  AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  IdentitySource: ['route.request.header.Authorization'],
  Name: 'tokens',
};
const create = (changes: Record<string, unknown> = {}) =>
  members(
    served.client.send(new CreateAuthorizerCommand({ ...api, ...request, ...changes } as CreateAuthorizerCommandInput)),
  );

describe('an authorizer', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await create();
    expect(created).toEqual({ ...request, AuthorizerId: expect.stringMatching(/^[a-z0-9]{6}$/) });
    const authorizer = { ...api, AuthorizerId: String(created.AuthorizerId) };
    expect(await members(served.client.send(new GetAuthorizerCommand(authorizer)))).toEqual(created);

    const update = {
      Name: 'keys',
      IdentitySource: ['context.identity.sourceIp', 'stageVariables.key'],
      AuthorizerCredentialsArn: 'arn:aws:iam::123456789012:role/invoke',
      IdentityValidationExpression: '^key-.*$',
    };
    const changed = { ...created, ...update };
    const answer = served.client.send(new UpdateAuthorizerCommand({ ...authorizer, ...update }));
    expect(await members(answer)).toEqual(changed);
    expect((await served.client.send(new GetAuthorizersCommand(api))).Items).toEqual([changed]);

    const deletion = new DeleteAuthorizerCommand(authorizer);
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(deletion)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Authorizer identifier specified',
    });
  });

  it.each([[undefined], [[]], [['']]])('needs no identity source: %j', async (IdentitySource) => {
    expect(await create({ IdentitySource })).not.toHaveProperty('IdentitySource');
  });

  it('has its identity sources apart, however commas separate them', async () => {
    const IdentitySource = ['route.request.header.A, route.request.querystring.b,', 'context.identity.sourceIp'];
    expect(await create({ IdentitySource })).toMatchObject({
      IdentitySource: ['route.request.header.A', 'route.request.querystring.b', 'context.identity.sourceIp'],
    });
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { AuthorizerType: 'JWT' },
      'Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.',
    ],
    [{ AuthorizerResultTtlInSeconds: 0 }, 'AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.'],
    [{ EnableSimpleResponses: false }, 'EnableSimpleResponses cannot be set for WEBSOCKET protocol Apis.'],
    [
      { EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: '2.0' },
      'AuthorizerPayloadFormatVersion cannot be set for WEBSOCKET protocol Apis.',
    ],
    [{ JwtConfiguration: {} }, 'JwtConfiguration cannot be set for WEBSOCKET protocol Apis.'],
    [
      { IdentitySource: ['$request.header.Authorization'] },
      "Invalid request identity source expression: $request.header.Authorization. The sources must be separated by comma, and each source must be either a request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'",
    ],
    [{ IdentityValidationExpression: '(' }, 'Invalid validation expression: ('],
    [
      { AuthorizerUri: 'arn:aws:apigateway:us-east-1:sqs:path/q' },
      'AuthorizerUri is "arn:aws:apigateway:us-east-1:sqs:path/q"; expected arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations.',
    ],
    [{ AuthorizerCredentialsArn: 'arn:aws:iam::123456789012:user/u' }, 'Invalid role ARN'],
    [
      { AuthorizerUri: functionArn },
      `AuthorizerUri is "${functionArn}"; expected arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations.`,
    ],
  ])('is refused: %j', async (changes, message) => {
    await expect(create(changes)).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect((await served.client.send(new GetAuthorizersCommand(api))).Items).toEqual([]);
  });

  it('has a name of its own among those of its API, and may keep it', async () => {
    const AuthorizerId = String((await create()).AuthorizerId);
    const other = await create({ Name: 'keys' });
    const taken = (name: string) => ({
      name: 'BadRequestException',
      message: `Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`,
    });
    const rename = (Name: string) => served.client.send(new UpdateAuthorizerCommand({ ...api, AuthorizerId, Name }));
    await expect(create()).rejects.toMatchObject(taken('tokens'));
    await expect(rename('keys')).rejects.toMatchObject(taken('keys'));
    expect(await rename('tokens')).toMatchObject({ Name: 'tokens' });
    expect((await served.client.send(new GetAuthorizersCommand(api))).Items).toHaveLength(2);

    const elsewhere = await served.client.send(
      new CreateApiCommand({ Name: 'other', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.a' }),
    );
    expect(await create({ ApiId: elsewhere.ApiId })).toMatchObject({ Name: 'tokens' });
    await served.client.send(new DeleteAuthorizerCommand({ ...api, AuthorizerId: String(other.AuthorizerId) }));
    expect(await rename('keys')).toMatchObject({ Name: 'keys' });
  });

  it('is not deleted while a route asks for it', async () => {
    const AuthorizerId = String((await create()).AuthorizerId);
    const route = { ...api, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId } as const;
    const { RouteId } = await served.client.send(new CreateRouteCommand(route));
    await expect(served.client.send(new DeleteAuthorizerCommand({ ...api, AuthorizerId }))).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Cannot delete Authorizer because it is referenced by the following Routes with Ids: [${RouteId}]`,
    });
  });

  it('is one of ten at most', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => create({ Name: `a${index}` })));
    await expect(create()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message:
        'Maximum number of Authorizers for this API has been reached. Please contact AWS if you need additional Authorizers.',
    });
  });
});
