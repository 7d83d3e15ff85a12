import { type ControlPlaneClient, listAll, type Members, send } from './client.ts';

/** The ids of what every test stands on. */
export type World = Readonly<Record<string, string>>;

export const webSocketApi: Members = {
  Name: 'chat',
  ProtocolType: 'WEBSOCKET',
  RouteSelectionExpression: '$request.body.action',
};
export const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
export const roleArn = 'arn:aws:iam::123456789012:role/back-end';
export const authorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

/**
 * Builds a WebSocket API whose parts are all in use (routes with a target, a model, an authorizer and a response; a stage with a
 * deployment and a custom domain name), an HTTP API, and a VPC link.
 */
export async function buildWorld(client: ControlPlaneClient): Promise<World> {
  const create = async (resource: string, input: Members, id = `${resource}Id`): Promise<string> =>
    String((await send(client, `Create${resource}`, input))[id]);

  const ApiId = await create('Api', webSocketApi);
  const IntegrationId = await create('Integration', { ApiId, IntegrationType: 'MOCK' });
  const responses = { ApiId, IntegrationId };
  const IntegrationResponseId = await create('IntegrationResponse', {
    ...responses,
    IntegrationResponseKey: '$default',
  });
  const OtherIntegrationResponseId = await create('IntegrationResponse', {
    ...responses,
    IntegrationResponseKey: '/2\\d\\d/',
  });
  const ModelId = await create('Model', { ApiId, Name: 'Used', Schema: '{"type":"integer"}' });
  const Target = `integrations/${IntegrationId}`;
  const RouteId = await create('Route', {
    ApiId,
    RouteKey: 'base',
    Target,
    RequestModels: { $default: 'Used' },
    RequestParameters: { 'route.request.querystring.a/b': { Required: true } },
  });
  const AuthorizerId = await create('Authorizer', {
    ApiId,
    Name: 'used',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: authorizerUri,
  });
  const connect = { ApiId, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId };
  const ConnectRouteId = await create('Route', connect);
  const RouteResponseId = await create('RouteResponse', {
    ApiId,
    RouteId: ConnectRouteId,
    RouteResponseKey: '$default',
  });
  const DeploymentId = await create('Deployment', { ApiId });
  const RouteSettings = { $connect: { ThrottlingBurstLimit: 1 } };
  const StageName = await create('Stage', { ApiId, StageName: 'base', DeploymentId, RouteSettings }, 'StageName');
  await create('Stage', { ApiId, StageName: 'automatic', AutoDeploy: true });
  const DomainName = await create(
    'DomainName',
    { DomainName: 'base.example.com', DomainNameConfigurations: [{ CertificateArn: certificateArn }] },
    'DomainName',
  );
  const ApiMappingId = await create('ApiMapping', { DomainName, ApiId, Stage: StageName, ApiMappingKey: 'base' });
  const OtherApiMappingId = await create('ApiMapping', { DomainName, ApiId, Stage: StageName, ApiMappingKey: 'other' });
  const VpcLinkId = await create('VpcLink', { Name: 'inside', SubnetIds: ['subnet-a'] });
  return {
    ...{ ApiId, IntegrationId, IntegrationResponseId, OtherIntegrationResponseId, ModelId, RouteId, AuthorizerId },
    ...{ ConnectRouteId, RouteResponseId, DeploymentId, StageName, DomainName, ApiMappingId, OtherApiMappingId },
    ...{ VpcLinkId, ...(await buildHttpApi(create)) },
  };
}

async function buildHttpApi(create: (resource: string, input: Members, id?: string) => Promise<string>) {
  const HttpApiId = await create('Api', { Name: 'pets', ProtocolType: 'HTTP' });
  const HttpIntegrationId = await create('Integration', {
    ApiId: HttpApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'http://127.0.0.1:9/',
  });
  const HttpRouteId = await create('Route', {
    ApiId: HttpApiId,
    RouteKey: 'GET /pets',
    Target: `integrations/${HttpIntegrationId}`,
  });
  await create('Stage', { ApiId: HttpApiId, StageName: 'base' });
  return { HttpApiId, HttpIntegrationId, HttpRouteId };
}

/** Everything that can be read, by the lists that lead to it. */
export async function readWorld(client: ControlPlaneClient): Promise<Members> {
  const list = (operation: string, input: Members = {}) => listAll(client, operation, input);
  const below = async (resource: string, id: string, children: readonly string[], input: Members = {}) => {
    const items = await list(`Get${resource}s`, input);
    const read = [];
    for (const item of items) {
      const name = { ...input, [id]: item[id] };
      read.push({ item, children: await readChildren(children, name) });
    }
    return read;
  };
  const readChildren = async (children: readonly string[], name: Members): Promise<Members> => {
    const lists: Record<string, unknown> = {};
    for (const child of children) {
      if (child === 'Route') lists[child] = await below(child, 'RouteId', ['RouteResponse'], name);
      else if (child === 'Integration')
        lists[child] = await below(child, 'IntegrationId', ['IntegrationResponse'], name);
      else lists[child] = await list(`Get${child}s`, name);
    }
    return lists;
  };
  return {
    apis: await below('Api', 'ApiId', ['Route', 'Integration', 'Model', 'Authorizer', 'Deployment', 'Stage']),
    domainNames: await below('DomainName', 'DomainName', ['ApiMapping']),
    vpcLinks: await list('GetVpcLinks'),
  };
}
