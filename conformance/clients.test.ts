import { spawn, spawnSync } from 'node:child_process';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
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
  GetApiCommand,
  GetApisCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  GetRouteCommand,
  GetRoutesCommand,
  ListPortalsCommand,
  NotFoundException,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { ended, type ServingProcess, startServing } from './harness/gatewright.ts';
import { exampleDocument } from './harness/paths.ts';
import { connect } from './harness/web-socket-client.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let serving: ServingProcess;
let backEnd: BackEnd;
let client: ApiGatewayV2Client;

beforeAll(async () => {
  serving = await startServing(['serve', '--draft']);
  backEnd = await startBackEnd(({ headers }) => ({ status: 200, body: String(headers['connection-id']) }));
  client = new ApiGatewayV2Client({ endpoint: serving.gateway, region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await backEnd.close();
  await serving.kill();
});

async function createChat(): Promise<{ ApiId: string; ApiEndpoint: string }> {
  const { ApiId = '', ApiEndpoint = '' } = await client.send(
    new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  );
  return { ApiId, ApiEndpoint };
}

describe('@aws-sdk/client-apigatewayv2', () => {
  it('creates, gets, lists and deletes APIs, integrations and routes', async () => {
    const { ApiId } = await createChat();
    const integration = await client.send(
      new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP_PROXY', IntegrationUri: backEnd.url }),
    );
    const { IntegrationId } = integration;
    const Target = `integrations/${IntegrationId}`;
    const route = await client.send(new CreateRouteCommand({ ApiId, RouteKey: '$default', Target }));
    const { RouteId } = route;

    expect(await client.send(new GetApiCommand({ ApiId }))).toMatchObject({
      ApiId,
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      CreatedDate: expect.any(Date),
    });
    expect((await client.send(new GetApisCommand({}))).Items?.map((api) => api.ApiId)).toContain(ApiId);
    expect(await client.send(new GetIntegrationCommand({ ApiId, IntegrationId }))).toMatchObject({
      IntegrationId,
      TimeoutInMillis: 29_000,
    });
    expect((await client.send(new GetIntegrationsCommand({ ApiId }))).Items).toHaveLength(1);
    expect(await client.send(new GetRouteCommand({ ApiId, RouteId }))).toMatchObject({
      RouteId,
      RouteKey: '$default',
      Target,
    });
    expect((await client.send(new GetRoutesCommand({ ApiId }))).Items).toHaveLength(1);

    await expect(client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toThrow(
      ConflictException,
    );
    await client.send(new DeleteRouteCommand({ ApiId, RouteId }));
    await client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
    await client.send(new DeleteApiCommand({ ApiId }));
    await expect(client.send(new GetApiCommand({ ApiId }))).rejects.toThrow(NotFoundException);
  });

  it('receives errors as the classes that the model names', async () => {
    const { ApiId } = await createChat();
    const route = { ApiId, RouteKey: '$connect' };
    await client.send(new CreateRouteCommand(route));
    await expect(client.send(new CreateRouteCommand(route))).rejects.toThrow(ConflictException);
    await expect(client.send(new GetRouteCommand({ ApiId, RouteId: 'aaaaaaa' }))).rejects.toThrow(NotFoundException);
    await expect(client.send(new CreateApiCommand({ Name: 'x', ProtocolType: 'WEBSOCKET' }))).rejects.toThrow(
      BadRequestException,
    );
  });

  it('is told by name of an operation that does not exist yet', async () => {
    const portals = new ListPortalsCommand({});
    await expect(client.send(portals)).rejects.toMatchObject({
      name: 'NotImplementedException',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

describe('@aws-sdk/client-apigatewaymanagementapi', () => {
  it('posts to, gets and deletes a connection, which is gone afterwards', async () => {
    const { ApiId, ApiEndpoint } = await createChat();
    const { IntegrationId } = await client.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: backEnd.url,
        RequestParameters: { 'integration.request.header.connection-id': 'context.connectionId' },
      }),
    );
    const { RouteId } = await client.send(
      new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
    );
    await client.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }));

    const socket = await connect(ApiEndpoint);
    socket.send('who am I?');
    const ConnectionId = await socket.message();
    const endpoint = `${ApiEndpoint.replace('ws', 'http')}/$draft`;
    const connections = new ApiGatewayManagementApiClient({
      endpoint,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
    await connections.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('pushed') }));
    expect(await socket.message()).toBe('pushed');
    expect(await connections.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
      ConnectedAt: expect.any(Date),
      LastActiveAt: expect.any(Date),
      Identity: { SourceIp: '127.0.0.1' },
    });
    await connections.send(new DeleteConnectionCommand({ ConnectionId }));
    expect(await socket.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    await expect(connections.send(new PostToConnectionCommand({ ConnectionId, Data: 'late' }))).rejects.toThrow(
      GoneException,
    );
    await expect(connections.send(new GetConnectionCommand({ ConnectionId: 'never-issued' }))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    connections.destroy();
  });
});

const awsVersion = spawnSync('aws', ['--version'], { encoding: 'utf8' });
const hasAws = awsVersion.status === 0;

describe.skipIf(!hasAws)(`the AWS CLI${hasAws ? '' : ' (skipped: there is no "aws" on this machine)'}`, () => {
  it('creates an API and reads it back', async () => {
    const create = [
      'create-api',
      '--name',
      'cli',
      '--protocol-type',
      'WEBSOCKET',
      '--route-selection-expression',
      '$request.body.action',
    ];
    const { ApiId } = await aws(create);
    expect(await aws(['get-api', '--api-id', ApiId])).toMatchObject({ ApiId, Name: 'cli' });
  });

  async function aws(args: readonly string[]): Promise<{ readonly ApiId: string }> {
    // As the gateway prints it; version 1 of the AWS CLI does not read AWS_REGION.
    const environment = {
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
    };
    const child = spawn('aws', ['apigatewayv2', ...args, '--endpoint-url', serving.gateway, '--output', 'json'], {
      env: { ...process.env, ...environment },
    });
    const { exitCode, stdout, stderr } = await ended(child);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    return JSON.parse(stdout) as { ApiId: string };
  }
});

describe('@redocly/cli respect', () => {
  it('runs the example with all its default checks', async () => {
    const input = {
      name: 'respect',
      routeSelectionExpression: '$request.body.action',
      integrationType: 'HTTP_PROXY',
      integrationUri: backEnd.url,
      routeKey: '$connect',
      messageIntegrationUri: backEnd.url,
    };
    const redocly = new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url).pathname;
    const server = `apiGatewayV2=${serving.gateway}/_gatewright/member-names`;
    const child = spawn(
      process.execPath,
      [redocly, 'respect', exampleDocument, '-S', server, '--input', JSON.stringify(input)],
      {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
      },
    );
    const { exitCode, stdout, stderr } = await ended(child);
    expect({ exitCode, failures: (stdout + stderr).match(/✗.*/g) }).toEqual({ exitCode: 0, failures: null });
    expect(stdout + stderr).toMatch(/Checks: (\d+) passed, \1 total/);
  });
});
