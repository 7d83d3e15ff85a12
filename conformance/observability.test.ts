import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

const StageName = 'dev';
const format =
  '{"id":"$context.requestId","event":"$context.eventType","route":"$context.routeKey","status":$context.status}';

let folder: string;
let accessLog: string;
let serving: ServingProcess;
let client: ApiGatewayV2Client;
let ApiId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-logs-'));
  accessLog = join(folder, 'access.log');
  serving = await startServing(['serve', '--access-log', accessLog, '--execution-log', 'stdout']);
  client = new ApiGatewayV2Client({
    endpoint: serving.gateway,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const api = await client.send(
    new CreateApiCommand({ Name: 'x', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  );
  ApiId = api.ApiId ?? '';
  const { IntegrationId } = await client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'MOCK' }));
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: 'echo', Target: `integrations/${IntegrationId}` }));
  const { DeploymentId } = await client.send(new CreateDeploymentCommand({ ApiId }));
  await client.send(
    new CreateStageCommand({
      ApiId,
      StageName,
      DeploymentId,
      AccessLogSettings: { DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:access', Format: format },
      DefaultRouteSettings: { LoggingLevel: 'INFO', DetailedMetricsEnabled: true },
    }),
  );
});

afterAll(async () => {
  client.destroy();
  await serving.kill();
  await rm(folder, { recursive: true });
});

describe('a stage whose settings were made with the official client', () => {
  it('is throttled, counted and logged by them, without a deployment; a log is whole when the server has stopped', async () => {
    const endpoint = `${serving.gateway.replace('http', 'ws')}/${ApiId}/${StageName}`;
    const socket = await connect(endpoint);
    socket.send('{"action":"echo"}');
    socket.send('{"action":"nowhere"}');
    expect(JSON.parse(await socket.message())).toMatchObject({ message: 'Forbidden' });

    const echoLimits = { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 };
    const limit = { ApiId, StageName, RouteSettings: { echo: echoLimits, $connect: echoLimits } };
    await client.send(new UpdateStageCommand(limit));
    socket.send('{"action":"echo"}');
    expect(JSON.parse(await socket.message())).toMatchObject({ message: 'Too Many Requests' });
    expect(await refusal(endpoint)).toMatchObject({ status: 429 });

    const metrics = await (await fetch(`${serving.gateway}/_gatewright/metrics`)).text();
    const stage = `ApiId="${ApiId}",Stage="${StageName}"`;
    expect(metrics.split('\n')).toEqual(
      expect.arrayContaining([
        `ConnectCount{${stage},Route="$connect"} 1`,
        `MessageCount{${stage},Route="echo"} 1`,
        `ClientError{${stage},Route="echo"} 1`,
        `ClientError{${stage},Route="$connect"} 1`,
        `ClientError{${stage}} 1`,
        'gatewright_open_connections 1',
      ]),
    );
    const finished = ({ kind, text }: { readonly kind: string; readonly text?: unknown }): boolean =>
      kind === 'execution-log' && String(text).endsWith(`sent to API [${ApiId}] with response status code [429].`);
    expect(await serving.record(finished)).toMatchObject({ logGroup: `/aws/apigateway/${ApiId}/${StageName}` });

    expect(await serving.stop()).toBe(0);
    const lines = (await readFile(accessLog, 'utf8')).trimEnd().split('\n');
    const logged = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly event: string });
    expect(new Set(logged.map(({ id }) => id)).size).toBe(6);
    // Messages are worked on at the same time, so that the first may end last.
    expect(logged.map(({ id: _id, ...rest }) => Object.values(rest).join(' ')).sort()).toEqual([
      'CONNECT $connect 200',
      'CONNECT $connect 429',
      'DISCONNECT $disconnect 200',
      'MESSAGE - 403',
      'MESSAGE echo 200',
      'MESSAGE echo 429',
    ]);
  });
});

describe('a log that cannot be opened', () => {
  it('is said before anything is served', async () => {
    const ended = await gatewright(['serve', '--port', '0', '--access-log', join(folder, 'missing', 'access.log')]);
    expect(ended).toMatchObject({ exitCode: 3, stdout: '' });
    expect(ended.stderr).toMatch(/^.*The log ".*access\.log" cannot be written \(ENOENT\): stdout or a file .*\n$/);
  });
});
