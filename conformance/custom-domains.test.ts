import { request } from 'node:http';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateApiMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  DeleteApiMappingCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect } from './harness/web-socket-client.ts';

const domainName = 'chat.example.com';
let serving: ServingProcess;
let backEnd: BackEnd;
let client: ApiGatewayV2Client;
let apiId = '';
const mappingIds: Record<string, string | undefined> = {};

beforeAll(async () => {
  serving = await startServing(['serve']);
  backEnd = await startBackEnd(({ headers }) => ({
    status: 200,
    body: `${headers['domain-name']} ${headers.stage} ${headers['connection-id']}`,
  }));
  client = new ApiGatewayV2Client({
    endpoint: serving.gateway,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  ({ ApiId: apiId = '' } = await client.send(
    new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  ));
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({
      ApiId: apiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: backEnd.url,
      RequestParameters: {
        'integration.request.header.domain-name': 'context.domainName',
        'integration.request.header.stage': 'context.stage',
        'integration.request.header.connection-id': 'context.connectionId',
      },
    }),
  );
  const { RouteId } = await client.send(
    new CreateRouteCommand({ ApiId: apiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
  );
  await client.send(new CreateRouteResponseCommand({ ApiId: apiId, RouteId, RouteResponseKey: '$default' }));
  for (const StageName of ['dev', 'prod']) await client.send(new CreateStageCommand({ ApiId: apiId, StageName }));
  for (const StageName of ['dev', 'prod']) await client.send(new CreateDeploymentCommand({ ApiId: apiId, StageName }));
  await client.send(
    new CreateDomainNameCommand({
      DomainName: domainName,
      DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' }],
    }),
  );
  await map('dev', undefined);
  await map('prod', 'v1/live');
});

afterAll(async () => {
  client.destroy();
  await backEnd.close();
  await serving.kill();
});

async function map(Stage: string, ApiMappingKey: string | undefined): Promise<void> {
  const { ApiMappingId } = await client.send(
    new CreateApiMappingCommand({ DomainName: domainName, ApiId: apiId, Stage, ApiMappingKey }),
  );
  mappingIds[Stage] = ApiMappingId;
}

const connectTo = (path: string, host = domainName) =>
  connect(serving.gateway.replace('http', 'ws') + path, { headers: { host } });

async function post(path: string): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(serving.gateway);
  const sent = request({ method: 'POST', hostname, port, path, headers: { host: domainName } }).end('pushed');
  const response = await new Promise<NodeJS.ReadableStream & { statusCode?: number }>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
  });
  let body = '';
  for await (const data of response) body += String(data);
  return { status: response.statusCode, body };
}

describe('a custom domain', () => {
  it.each([
    ['/', 'dev'],
    ['/v1/live', 'prod'],
    ['/v1/live/?room=1', 'prod'],
  ])('leads at %s to the stage %s, and is the domain name that back ends learn', async (path, stage) => {
    const client = await connectTo(path);
    client.send('{}');
    expect(await client.message()).toMatch(`${domainName} ${stage} `);
    await client.close();
  });

  it('takes pushes below its mappings, without a stage', async () => {
    const client = await connectTo('/');
    client.send('{}');
    const [, , connectionId = ''] = (await client.message()).split(' ');
    const below = (path: string) => post(`${path}/@connections/${encodeURIComponent(connectionId)}`);
    // Another stage of the same API is as good.
    for (const path of ['', '/v1/live']) {
      expect(await below(path)).toEqual({ status: 200, body: '' });
      expect(await client.message()).toBe('pushed');
    }
    expect(await below('/dev')).toEqual({ status: 403, body: '{"message":"Forbidden"}' });
    await client.close();
  });

  it.each(['/dev', '/v1', '/v1/live/more', '/v1/lively'])('refuses %s, which it maps to nothing', async (path) => {
    await expect(connectTo(path)).rejects.toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  it('is known by its name in any case and with a port, and by no other name', async () => {
    await (await connectTo('/', 'Chat.Example.Com:4610')).close();
    await expect(connectTo('/', 'other.example.com')).rejects.toMatchObject({ status: 403 });
  });

  it('serves no control plane', async () => {
    expect(await post('/v2/apis')).toEqual({ status: 403, body: '{"message":"Forbidden"}' });
  });

  it('leads to an API whose default endpoint is switched off, which its own address no longer does', async () => {
    await client.send(new UpdateApiCommand({ ApiId: apiId, DisableExecuteApiEndpoint: true }));
    await client.send(new CreateDeploymentCommand({ ApiId: apiId, StageName: 'dev' }));
    await (await connectTo('/')).close();
    await expect(connectTo(`/${apiId}/dev`, new URL(serving.gateway).host)).rejects.toMatchObject({ status: 403 });
  });

  it('stops leading anywhere when its mapping is deleted', async () => {
    await client.send(new DeleteApiMappingCommand({ DomainName: domainName, ApiMappingId: mappingIds.prod }));
    await expect(connectTo('/v1/live')).rejects.toMatchObject({ status: 403 });
    await (await connectTo('/')).close();
  });
});
