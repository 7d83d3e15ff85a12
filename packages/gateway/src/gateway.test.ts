import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  DeleteStageCommand,
  UpdateApiCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { type GatewayOptions, startGateway } from './gateway.ts';
import { createMemoryStore } from './stores/memory.ts';
import { openSqliteStore } from './stores/sqlite.ts';
import type { Store } from './stores/store.ts';
import { startBench, startBenchBackEnd } from './testing/gateway-bench.ts';
import { fixtureApiId } from './testing/put-api.ts';
import { connectClient, connectRefused } from './testing/web-socket-client.ts';
import { createVirtualClock } from './virtual-clock.ts';

describe('startGateway', () => {
  it('answers at its url and reports its health', async () => {
    const { gateway } = await startBench(undefined);
    expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${gateway.url}/_gatewright/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok', draft: false }]);
  });

  it('refuses a port that is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(startGateway({ store: createMemoryStore(), port })).rejects.toMatchObject({
      name: 'GatewayError',
      code: 'port-in-use',
      message: `Port ${port} of "127.0.0.1" is in use by another program.`,
    });
    server.close();
  });

  it.each([
    ['0.0.0.0', 'address-refused'],
    ['192.0.2.1', 'address-refused'],
    ['gateway.example', 'address-refused'],
    ['127.0.0.1.example', 'address-refused'],
  ])('refuses the host %s', async (host, code) => {
    await expect(startGateway({ store: createMemoryStore(), port: 0, host })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`Host "${host}" can be reached by others`),
    });
  });

  it.each<[Partial<GatewayOptions>, string]>([
    [{ region: 'Europe' }, 'The region is "Europe"; expected the name of one, as eu-west-1.'],
    [{ region: 'us-east-1.evil' }, 'The region is "us-east-1.evil"; expected the name of one, as eu-west-1.'],
    [{ accountId: '1234' }, 'The account is "1234"; expected twelve digits.'],
    [{ quotas: { routes: Number.NaN } }, 'The quota of routes is NaN; expected a whole number from 0.'],
    [{ quotas: { stages: -1 } }, 'The quota of stages is -1; expected a whole number from 0.'],
  ])('refuses an account that is none: %j', async (options, message) => {
    await expect(startGateway({ store: createMemoryStore(), port: 0, ...options })).rejects.toMatchObject({
      name: 'GatewayError',
      code: 'account-invalid',
      message,
    });
  });

  it('listens anywhere when told so, and says when it cannot', async () => {
    const store = createMemoryStore();
    const gateway = await startGateway({ store, port: 0, host: '0.0.0.0', insecureBind: true });
    expect((await fetch(gateway.url.replace('0.0.0.0', '127.0.0.1'))).status).toBe(404);
    await gateway.close();
    await expect(startGateway({ store, port: 0, host: '192.0.2.1', insecureBind: true })).rejects.toMatchObject({
      code: 'address-unusable',
      message: expect.stringMatching(/^The gateway cannot listen on port 0 of "192\.0\.2\.1" \(\w+\)\.$/),
    });
  });

  it('answers a request that is under way when it is closed', async () => {
    const { store, release, written } = createSlowStore();
    const gateway = await startGateway({ store, port: 0 });
    const answer = createSlowly(gateway.url);
    await written;
    const closed = gateway.close();
    release();
    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([201, 'close']);
    await closed;
  });

  it('waits for such a request no longer than a few seconds', async () => {
    const { store, written } = createSlowStore();
    const clock = createVirtualClock();
    const gateway = await startGateway({ store, port: 0, clock });
    const answer = createSlowly(gateway.url);
    await written;
    const closed = gateway.close();
    clock.advance(5_000);
    await closed;
    await expect(answer).rejects.toThrow();
  });

  it('can be closed more than once, and leaves the store to its owner', async () => {
    const store = createMemoryStore();
    const gateway = await startGateway({ store, port: 0 });
    await Promise.all([gateway.close(), gateway.close()]);
    await gateway.close();
    expect(await store.head('gateway')).toMatchObject({ revision: 1 });
    await expect(fetch(gateway.url)).rejects.toThrow();
  });
});

function createSlowly(url: string): Promise<Response> {
  const api = { name: 'chat', protocolType: 'WEBSOCKET', routeSelectionExpression: '$request.body.action' };
  return fetch(`${url}/v2/apis`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(api),
  });
}

/** A store that keeps APIs waiting until it is released. */
function createSlowStore(): { readonly store: Store; readonly release: () => void; readonly written: Promise<void> } {
  const store = createMemoryStore();
  const [released, release] = createGate();
  const [written, write] = createGate();
  const commit: Store['commit'] = async (change) => {
    if (change.heads.some(({ key }) => key.startsWith('api/'))) {
      write();
      await released;
    }
    return store.commit(change);
  };
  return { store: { ...store, commit }, release, written };
}

function createGate(): readonly [passed: Promise<void>, open: () => void] {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [passed, open];
}

describe('a gateway that serves drafts', () => {
  it('answers clients as soon as an API has been created through the control plane', async () => {
    const backEnd = await startBenchBackEnd(({ body }) => ({ body }));
    const { gateway } = await startBench(undefined, { draft: true, allowChosenApiIds: true });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const sdk = new ApiGatewayV2Client({ endpoint: gateway.url, region: 'us-east-1', credentials });

    const api = await sdk.send(
      new CreateApiCommand({
        Name: 'chat',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      }),
    );
    expect(api.ApiEndpoint).toBe(`${gateway.url.replace('http', 'ws')}/${api.ApiId}`);
    const { IntegrationId } = await sdk.send(
      new CreateIntegrationCommand({ ApiId: api.ApiId, IntegrationType: 'HTTP_PROXY', IntegrationUri: backEnd.url }),
    );
    await sdk.send(
      new CreateRouteCommand({ ApiId: api.ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
    );

    const client = await connectClient(String(api.ApiEndpoint));
    client.send('first');
    expect(await backEnd.next()).toMatchObject({ method: 'POST', body: 'first' });
  });
});

describe('a gateway that serves deployments only', () => {
  it('answers at a stage what was deployed to it, and a change when that is deployed', async () => {
    const backEnd = await startBenchBackEnd(({ url }) => ({ body: url }));
    const { gateway } = await startBench(undefined);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const sdk = new ApiGatewayV2Client({ endpoint: gateway.url, region: 'us-east-1', credentials });
    const { ApiId } = await sdk.send(
      new CreateApiCommand({
        Name: 'chat',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      }),
    );
    const integrate = async (path: string): Promise<string> => {
      const integration = { ApiId, IntegrationType: 'HTTP_PROXY', IntegrationUri: backEnd.url + path } as const;
      const { IntegrationId } = await sdk.send(new CreateIntegrationCommand(integration));
      return `integrations/${IntegrationId}`;
    };
    const { RouteId } = await sdk.send(
      new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: await integrate('/one') }),
    );
    await sdk.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: '$default' }));
    const endpoint = `${gateway.url}/${ApiId}/dev`;
    expect((await connectRefused(endpoint)).status).toBe(403);

    const { DeploymentId } = await sdk.send(new CreateDeploymentCommand({ ApiId }));
    await sdk.send(new CreateStageCommand({ ApiId, StageName: 'dev', DeploymentId }));
    const client = await connectClient(endpoint);
    const ask = (): Promise<string> => {
      client.send('x');
      return client.next();
    };
    expect(await ask()).toBe('/one');

    await sdk.send(new UpdateRouteCommand({ ApiId, RouteId, Target: await integrate('/two') }));
    expect(await ask()).toBe('/one');
    await sdk.send(new CreateDeploymentCommand({ ApiId, StageName: 'dev' }));
    expect(await ask()).toBe('/two');

    await sdk.send(new UpdateApiCommand({ ApiId, DisableExecuteApiEndpoint: true }));
    (await connectClient(endpoint)).socket.close();
    await sdk.send(new CreateDeploymentCommand({ ApiId, StageName: 'dev' }));
    expect((await connectRefused(endpoint)).status).toBe(403);

    await sdk.send(new DeleteStageCommand({ ApiId, StageName: 'dev' }));
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect((await connectRefused(endpoint)).status).toBe(403);
  });
});

describe('a gateway on a SQLite store', () => {
  it('serves after a restart what was created before, and knows its connection ids', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    const path = join(folder, 'store.db');
    const store = await openSqliteStore(path);
    const bench = await startBench({ routes: [] }, { store });
    await connectClient(bench.endpoint);
    const { connectionId } = await bench.event('connection-opened');
    await bench.gateway.close();
    await store.close();

    const reopened = await openSqliteStore(path);
    const next = await startBench(undefined, { store: reopened });
    const response = await fetch(`${next.endpoint}/@connections/${encodeURIComponent(connectionId)}`);
    expect(response.status).toBe(410);
    await connectClient(next.endpoint);
    await next.gateway.close();
    await reopened.close();
    await rm(folder, { recursive: true });
  });
});

describe('the control plane', () => {
  it.each([
    [{ Origin: 'https://attacker.example' }, undefined, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, undefined, 403],
    [{ 'Content-Type': 'text/plain' }, '{"name":"x"}', 415],
    [{ 'Content-Type': 'application/json' }, 'x'.repeat(1_048_577), 413],
    [{ 'Content-Type': 'application/json' }, '{}', 400],
  ])('answers a POST with the headers %j', async (headers, body, status) => {
    const { gateway, eventsOf } = await startBench(undefined);
    const response = await fetch(`${gateway.url}/v2/apis`, {
      method: 'POST',
      headers,
      ...(body !== undefined && { body }),
    });
    expect([response.status, await response.json()]).toEqual([status, { message: expect.any(String) }]);
    expect(eventsOf('control-plane-request')).toMatchObject([{ method: 'POST', path: '/v2/apis', status }]);
  });

  it('speaks member names below its other base path', async () => {
    const { gateway } = await startBench(undefined);
    const response = await fetch(`${gateway.url}/_gatewright/member-names/v2/apis/${fixtureApiId}`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { Message: 'Invalid API identifier specified', ResourceType: 'API' },
    ]);
  });
});

describe('a client that offers HTTP/2 with its request', () => {
  it('is answered in HTTP/1.1, also when it sends a body and goes on', async () => {
    const { gateway } = await startBench(undefined);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const offer = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' };
    const send = (headers: Record<string, string>, body: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(`${gateway.url}/v2/apis`, { method: 'POST', agent, headers }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        });
        sent.on('error', reject).end(body);
      });
    const json = { 'Content-Type': 'application/json' };
    const api = '{"name":"chat","protocolType":"WEBSOCKET","routeSelectionExpression":"$request.body.action"}';
    expect([await send({ ...json, ...offer }, api), await send(json, api)]).toEqual([201, 201]);
    agent.destroy();
  });
});

describe('other paths', () => {
  it.each([
    ['/', 404, 'NotFoundException'],
    ['/_gatewright/other', 404, 'NotFoundException'],
    [`/${fixtureApiId}/dev`, 403, 'ForbiddenException'],
  ])('GET %s is answered with %i', async (path, status, errorType) => {
    const { gateway } = await startBench({ routes: [] });
    const response = await fetch(gateway.url + path);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, errorType]);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  });
});
