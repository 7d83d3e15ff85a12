import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiGatewayV2Client, CreateApiCommand, CreateIntegrationCommand } from '@aws-sdk/client-apigatewayv2';
import type { Clock } from '../clock.ts';
import { type ControlPlaneOptions, createControlPlane, defaultQuotas } from '../control-plane/control-plane.ts';
import { createMemoryStore } from '../stores/memory.ts';

/** What a test needs to drive the control plane from outside. */
export interface ServedControlPlane {
  /** Speaks wire names; member names are under `memberNamesPath`. */
  readonly url: string;
  readonly client: ApiGatewayV2Client;
  /** Moves the clock of the control plane. */
  readonly pass: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

export const memberNamesPath = '/_gatewright/member-names';
const startTime = Date.parse('2026-09-25T00:01:10.789Z');

/** Serves a control plane on a port of its own, with the AWS SDK's client for it. */
export async function serveControlPlane(options: Partial<ControlPlaneOptions> = {}): Promise<ServedControlPlane> {
  let now = startTime;
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const controlPlane = createControlPlane({
    onFault: (error) => {
      throw error;
    },
    store: createMemoryStore(),
    clock,
    region: 'us-east-1',
    accountId: '123456789012',
    apiEndpoint: (apiId) => `ws://127.0.0.1:4610/${apiId}`,
    allowChosenApiIds: true,
    hasLoggingRole: true,
    limits: 'none',
    quotas: defaultQuotas,
    ...options,
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new ApiGatewayV2Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    url,
    client,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The members of an answer that the service sent. */
export async function members<Output extends { readonly $metadata: unknown }>(
  answer: Promise<Output>,
): Promise<Readonly<Record<string, unknown>>> {
  const { $metadata: _metadata, ...sent } = await answer;
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

export async function createApi(client: ApiGatewayV2Client): Promise<{ readonly ApiId: string }> {
  const { ApiId = '' } = await client.send(
    new CreateApiCommand({ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  );
  return { ApiId };
}

/** Creates a MOCK integration; the answer is its target as a route names it. */
export async function createTarget(
  client: ApiGatewayV2Client,
  api: { readonly ApiId: string },
): Promise<{ readonly Target: string }> {
  const { IntegrationId } = await client.send(new CreateIntegrationCommand({ ...api, IntegrationType: 'MOCK' }));
  return { Target: `integrations/${IntegrationId}` };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
