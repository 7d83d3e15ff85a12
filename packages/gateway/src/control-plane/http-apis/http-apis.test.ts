import {
  CreateApiCommand,
  type CreateApiCommandInput,
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  type CreateIntegrationCommandInput,
  CreateModelCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateStageCommand,
  DeleteCorsConfigurationCommand,
  DeleteRouteCommand,
  DeleteRouteSettingsCommand,
  ExportApiCommand,
  GetApiCommand,
  GetStageCommand,
  ImportApiCommand,
  ReimportApiCommand,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { makeForEachTest, serveForTests } from '../../testing/control-plane-hooks.ts';
import { members } from '../../testing/serve-control-plane.ts';

const served = serveForTests();
const api = makeForEachTest(async () => ({ ApiId: String((await createApi({})).ApiId) }));

const createApi = (request: Partial<CreateApiCommandInput>) =>
  members(served.client.send(new CreateApiCommand({ Name: 'pets', ProtocolType: 'HTTP', ...request })));
const url = { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9/', IntegrationMethod: 'GET' } as const;
const lambda = {
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: 'arn:aws:lambda:us-east-1:123456789012:function:f',
  IntegrationMethod: 'POST',
} as const;
const createIntegration = (request: Partial<CreateIntegrationCommandInput>) =>
  members(served.client.send(new CreateIntegrationCommand({ ...api, ...url, ...request })));
const createRoute = (request: Partial<CreateRouteCommandInput>) =>
  members(served.client.send(new CreateRouteCommand({ ...api, RouteKey: 'GET /pets', ...request })));
const createAuthorizer = (request: Partial<CreateAuthorizerCommandInput>) =>
  members(
    served.client.send(
      new CreateAuthorizerCommand({
        ...api,
        Name: 'tokens',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['pets'], Issuer: 'https://issuer.example.com' },
        ...request,
      }),
    ),
  );

const RouteSelectionExpression = '$request.method $request.path';
// biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
const bracedSelectionExpression = '${request.method} ${request.path}';

describe('an HTTP API', () => {
  it('is created with its own defaults, and changed', async () => {
    const CorsConfiguration = { AllowOrigins: ['*'], MaxAge: 60 };
    const created = await createApi({ CorsConfiguration });
    expect(created).toEqual({
      ApiEndpoint: `http://127.0.0.1:4610/${created.ApiId}`,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CorsConfiguration,
      CreatedDate: expect.any(Date),
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      Name: 'pets',
      ProtocolType: 'HTTP',
      RouteSelectionExpression,
    });
    const id = { ApiId: String(created.ApiId) };
    const { CorsConfiguration: _removed, ...without } = created;
    const deletion = served.client.send(new DeleteCorsConfigurationCommand(id));
    expect((await deletion).$metadata.httpStatusCode).toBe(204);
    expect(await members(served.client.send(new GetApiCommand(id)))).toEqual(without);
    const update = { CorsConfiguration: { AllowOrigins: ['https://example.com'], AllowCredentials: true } };
    const changed = await members(served.client.send(new UpdateApiCommand({ ...id, ...update })));
    expect(changed).toEqual({ ...without, ...update });
    const empty = new UpdateApiCommand({ ...id, CorsConfiguration: {} });
    expect(await members(served.client.send(empty))).toEqual(changed);
  });

  it.each<[Partial<CreateApiCommandInput>, string]>([
    [
      { RouteSelectionExpression: '$request.body.action' },
      `RouteSelectionExpression is "$request.body.action"; expected "${RouteSelectionExpression}" or "${bracedSelectionExpression}" for HTTP protocol Apis.`,
    ],
    [
      { CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } },
      'CorsConfiguration.allowOrigins has "*", which cannot be when allowCredentials is true.',
    ],
    [
      { CorsConfiguration: { MaxAge: 86_401 } },
      '"corsConfiguration.maxAge" is 86401; expected a whole number from -1 to 86400.',
    ],
    [{ RouteKey: 'GET /pets' }, 'RouteKey is part of quick create; expected a Target beside it.'],
    [{ CredentialsArn: 'arn:a' }, 'CredentialsArn is part of quick create; expected a Target beside it.'],
    [{ Target: 'ftp://example.com' }, 'IntegrationUri is "ftp://example.com"; expected the ARN of a Lambda function.'],
  ])('is refused: %j', async (request, message) => {
    await expect(createApi(request)).rejects.toMatchObject({ name: 'BadRequestException', message });
  });

  it('has its route selection expression as it was spelled', async () => {
    for (const spelled of [RouteSelectionExpression, bracedSelectionExpression]) {
      expect(await createApi({ RouteSelectionExpression: spelled })).toMatchObject({
        RouteSelectionExpression: spelled,
      });
    }
  });

  it('has routes by method and path, with JWT authorizers and scopes', async () => {
    const { IntegrationId } = await createIntegration({ IntegrationMethod: 'GET' });
    const { AuthorizerId } = await createAuthorizer({});
    const request = {
      AuthorizationScopes: ['pets:read'],
      AuthorizationType: 'JWT' as const,
      AuthorizerId: String(AuthorizerId),
      RouteKey: 'GET /pets/{id}',
      Target: `integrations/${IntegrationId}`,
    };
    expect(await createRoute(request)).toEqual({ ...request, ApiKeyRequired: false, RouteId: expect.any(String) });
    await expect(createRoute(request)).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Route with key GET /pets/{id} already exists for this API',
    });
  });

  it('does not take what is for models, which only WebSocket APIs have', async () => {
    const message = 'DisableSchemaValidation cannot be set for HTTP protocol Apis.';
    await expect(createApi({ DisableSchemaValidation: true })).rejects.toThrow(message);
    const update = new UpdateApiCommand({ ...api, DisableSchemaValidation: false });
    await expect(served.client.send(update)).rejects.toThrow(message);
  });

  it.each<[Partial<CreateRouteCommandInput>, string]>([
    [
      { RouteKey: 'join' },
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    ],
    [{ RouteKey: 'GET /{all+}/x' }, 'The provided route key is not formatted properly for HTTP protocol.'],
    [{ RequestModels: {} }, 'RequestModels cannot be set for HTTP protocol Apis.'],
    [{ ApiKeyRequired: true }, 'ApiKeyRequired is true; expected false for HTTP protocol Apis.'],
    [{ AuthorizationScopes: ['a'] }, 'AuthorizationScopes can be set only when AuthorizationType is "JWT".'],
    [{ AuthorizationType: 'JWT' }, 'Setting the authorization type to JWT requires a valid JWT authorizer.'],
    [{ AuthorizationType: 'JWT', AuthorizerId: 'none' }, 'Invalid authorizer ID specified. Setting'],
  ])('refuses the route %j', async (request, message) => {
    await expect(createRoute(request)).rejects.toThrow(message);
  });

  it('has no scopes on a route that is told to have none', async () => {
    const created = await createRoute({ AuthorizationScopes: [] });
    expect(created).not.toHaveProperty('AuthorizationScopes');
  });

  it('refuses a route that asks for a Lambda authorizer by the id of a JWT authorizer', async () => {
    const { AuthorizerId } = await createAuthorizer({});
    await expect(createRoute({ AuthorizationType: 'CUSTOM', AuthorizerId: String(AuthorizerId) })).rejects.toThrow(
      'Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  });

  it.each<[Partial<CreateIntegrationCommandInput>, string]>([
    [
      { IntegrationType: 'MOCK' },
      'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)',
    ],
    [
      { PassthroughBehavior: 'NEVER' },
      'PassthroughBehavior is "NEVER"; expected none, or WHEN_NO_MATCH, for HTTP protocol Apis.',
    ],
    [{ IntegrationMethod: '' }, 'IntegrationMethod is required for integrations of type HTTP_PROXY.'],
    [
      { ConnectionType: 'VPC_LINK', ConnectionId: 'a' },
      'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    ],
    [
      { IntegrationType: 'AWS_PROXY' },
      'IntegrationUri is "http://127.0.0.1:9/"; expected the ARN of a Lambda function.',
    ],
    [{ PayloadFormatVersion: '2.0' }, 'PayloadFormatVersion is "2.0"; expected "1.0".'],
    [{ ...lambda, PayloadFormatVersion: '3.0' }, 'PayloadFormatVersion is "3.0"; expected "1.0" or "2.0".'],
    [{ ...lambda, IntegrationMethod: 'GET' }, 'HttpMethod must be POST for AWS_PROXY IntegrationType'],
    [{ RequestParameters: { a: 'b' } }, 'RequestParameters has the key "a"; expected {append|overwrite|remove}'],
    [{ ResponseParameters: { all: {} } }, 'ResponseParameters has the key "all"; expected a status from 200 to 599.'],
  ])('refuses the integration %j', async (request, message) => {
    await expect(createIntegration(request)).rejects.toThrow(message);
  });

  it('takes the default passthrough behavior that Terraform sends, and does not give it back', async () => {
    const created = await createIntegration({ PassthroughBehavior: 'WHEN_NO_MATCH' });
    expect(created).not.toHaveProperty('PassthroughBehavior');
    const id = { ...api, IntegrationId: String(created.IntegrationId) };
    const update = new UpdateIntegrationCommand({ ...id, PassthroughBehavior: 'WHEN_NO_MATCH' });
    expect(await members(served.client.send(update))).toEqual(created);
  });

  it('merges response parameters by status, and removes those of a status that become empty', async () => {
    const ResponseParameters = { '404': { 'overwrite:statuscode': '200' }, '500': { 'append:header.a': 'b' } };
    const { IntegrationId = '' } = (await createIntegration({ ResponseParameters })) as { IntegrationId?: string };
    const update = { '404': {}, '503': { 'append:header.c': 'd' } };
    const command = new UpdateIntegrationCommand({ ...api, IntegrationId, ResponseParameters: update });
    expect(await members(served.client.send(command))).toMatchObject({
      ResponseParameters: { '500': { 'append:header.a': 'b' }, '503': { 'append:header.c': 'd' } },
    });
    const rest = { '500': {}, '503': {} };
    const removal = new UpdateIntegrationCommand({ ...api, IntegrationId, ResponseParameters: rest });
    expect(await members(served.client.send(removal))).not.toHaveProperty('ResponseParameters.500');
  });

  it('calls actions of services and functions by their own ARN', async () => {
    const request = { ...lambda, IntegrationMethod: undefined, PayloadFormatVersion: '2.0' };
    expect(await createIntegration(request)).toMatchObject({ ...lambda, PayloadFormatVersion: '2.0' });
    const action = { IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-SendMessage' } as const;
    expect(
      await createIntegration({
        ...action,
        IntegrationUri: undefined,
        IntegrationMethod: undefined,
        RequestParameters: { MessageBody: '$request.body' },
      }),
    ).toMatchObject(action);
  });

  it.each<[Partial<CreateAuthorizerCommandInput>, string]>([
    [{ JwtConfiguration: { Audience: [] } }, 'JwtConfiguration.Audience is required for JWT authorizers.'],
    [{ JwtConfiguration: { Audience: ['a'], Issuer: 'me' } }, 'JwtConfiguration.Issuer is "me"; expected the URL'],
    [{ IdentitySource: ['route.request.header.A'] }, 'IdentitySource has "route.request.header.A"; expected $request'],
    [{ IdentitySource: [] }, 'IdentitySource has 0 entries; expected one.'],
    [{ AuthorizerType: 'REQUEST' }, 'AuthorizerPayloadFormatVersion is ""; expected "1.0" or "2.0" for HTTP'],
    [
      { AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true },
      'EnableSimpleResponses can be set only when AuthorizerPayloadFormatVersion is "2.0".',
    ],
  ])('refuses the authorizer %j', async (request, message) => {
    await expect(createAuthorizer(request)).rejects.toThrow(message);
  });

  it('has a $default stage that deploys automatically', async () => {
    const stage = { ...api, StageName: '$default' };
    const created = await members(served.client.send(new CreateStageCommand({ ...stage, AutoDeploy: true })));
    expect(created).toMatchObject({ AutoDeploy: true, DefaultRouteSettings: { DetailedMetricsEnabled: false } });
    await createRoute({});
    expect(await members(served.client.send(new GetStageCommand(stage)))).toMatchObject({
      DeploymentId: expect.any(String),
    });
    const logging = new UpdateStageCommand({ ...stage, DefaultRouteSettings: { LoggingLevel: 'INFO' } });
    await expect(served.client.send(logging)).rejects.toThrow('Execution logs are not supported on protocolType HTTP');
    expect((await served.client.send(new CreateDeploymentCommand(api))).DeploymentStatus).toBe('DEPLOYED');
  });

  it('has settings of routes that it has, and of $default', async () => {
    const stage = { ...api, StageName: 'dev' };
    const settings = (...routeKeys: readonly string[]) => ({
      RouteSettings: Object.fromEntries(routeKeys.map((routeKey) => [routeKey, { ThrottlingRateLimit: 1 }])),
    });
    const create = (...routeKeys: readonly string[]) =>
      served.client.send(new CreateStageCommand({ ...stage, ...settings(...routeKeys) }));
    const update = (request: object) => served.client.send(new UpdateStageCommand({ ...stage, ...request }));
    const missing = (routeKey: string) => ({
      name: 'NotFoundException',
      message: `Unable to find Route by key ${routeKey} within the provided RouteSettings`,
    });
    const { RouteId } = await createRoute({ RouteKey: 'ANY /pets' });
    await expect(create('GET /pets')).rejects.toMatchObject(missing('GET /pets'));
    expect(await create('$default', 'ANY /pets')).toMatchObject(settings('$default', 'ANY /pets'));
    await expect(update(settings('POST /pets'))).rejects.toMatchObject(missing('POST /pets'));

    await served.client.send(new DeleteRouteCommand({ ...api, RouteId: String(RouteId) }));
    expect(await update({ Description: 'left as they are' })).toMatchObject(settings('$default', 'ANY /pets'));
    await expect(update(settings('$default'))).rejects.toMatchObject(missing('ANY /pets'));
    await served.client.send(new DeleteRouteSettingsCommand({ ...stage, RouteKey: 'ANY /pets' }));
    expect((await update(settings('$default'))).RouteSettings).toEqual(settings('$default').RouteSettings);
  });

  it('has no models and no responses', async () => {
    const model = served.client.send(new CreateModelCommand({ ...api, Name: 'Pet', Schema: '{}' }));
    await expect(model).rejects.toThrow('Models are not supported for HTTP protocol Apis.');
  });
});

describe('the TLS settings of an integration', () => {
  it('are kept with a VPC link alone', async () => {
    const TlsConfig = { ServerNameToVerify: 'pets.example.com' };
    expect(await createIntegration({ TlsConfig })).not.toHaveProperty('TlsConfig');
    const { IntegrationId } = await createIntegration({
      ...{ ConnectionType: 'VPC_LINK', ConnectionId: 'abcdef', TlsConfig },
      IntegrationUri: 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1',
    });
    const integration = { ...api, IntegrationId: String(IntegrationId) };
    const update = (request: object) =>
      served.client.send(new UpdateIntegrationCommand({ ...integration, ...request }));
    expect(await update({ Description: 'private' })).toMatchObject({ TlsConfig });
    expect(await update({ TlsConfig: {} })).not.toHaveProperty('TlsConfig');
  });
});

describe('what is for HTTP APIs and not served', () => {
  it.each([
    ['ImportApi', () => new ImportApiCommand({ Body: '{}' })],
    ['ReimportApi', () => new ReimportApiCommand({ ...api, Body: '{}' })],
    ['ExportApi', () => new ExportApiCommand({ ...api, Specification: 'OAS30', OutputType: 'JSON' })],
  ])('%s is refused in so many words', async (operation, command) => {
    await expect(served.client.send(command() as ImportApiCommand)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(new RegExp(`^${operation} is not served: `)),
    });
  });

  it('is about APIs that exist', async () => {
    const reimport = served.client.send(new ReimportApiCommand({ ApiId: 'none', Body: '{}' }));
    await expect(reimport).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
