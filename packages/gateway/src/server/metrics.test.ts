import { describe, expect, it } from 'vitest';
import { type GatewayBench, startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { deleteApi, fixtureApiId, putApi, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';

const echo: RouteFixture = { routeKey: 'echo', integration: { integrationType: 'MOCK' } };

/** The counters that are not zero, and the open connections. */
async function readMetrics({ gateway }: GatewayBench): Promise<readonly string[]> {
  const text = await (await fetch(`${gateway.url}/_gatewright/metrics`)).text();
  const lines = text.split('\n').filter((line) => /^(?!#|IntegrationLatency_(bucket|sum))./.test(line));
  return lines.filter((line) => !line.endsWith(' 0')).map((line) => line.replace(`ApiId="${fixtureApiId}",`, ''));
}

describe('/_gatewright/metrics', () => {
  it('counts what a stage does', async () => {
    const backEnd = await startBenchBackEnd(({ url }) => (url === '/bad' ? { status: 500 } : { body: 'hello' }));
    const bench = await startBench({
      routes: [
        { routeKey: '$connect', integration: { integrationUri: `${backEnd.url}/connect` } },
        { routeKey: 'two-way', integration: { integrationUri: backEnd.url }, isTwoWay: true },
        { routeKey: 'bad', integration: { integrationUri: `${backEnd.url}/bad` }, isTwoWay: true },
        { routeKey: 'down', integration: { integrationUri: 'http://127.0.0.1:1/' } },
      ],
    });
    const client = await connectClient(bench.endpoint);
    client.send('{"action":"two-way"}');
    expect(await client.next()).toBe('hello');
    client.send('{"action":"bad"}');
    client.send('{"action":"down"}');
    expect(await client.next()).toContain('Internal server error');
    client.send('{"action":"nowhere"}');
    const { connectionId } = JSON.parse(await client.next()) as { readonly connectionId: string };
    await fetch(`${bench.endpoint}/@connections/${encodeURIComponent(connectionId)}`, { method: 'POST', body: 'x' });
    await fetch(`${bench.endpoint}/@connections/nonsense`, { method: 'POST', body: 'x' });
    expect(await readMetrics(bench)).toEqual([
      'ConnectCount{Stage="dev"} 1',
      // The connect, three messages, one reply, one post.
      'MessageCount{Stage="dev"} 6',
      'IntegrationError{Stage="dev"} 1',
      'ClientError{Stage="dev"} 2',
      'ExecutionError{Stage="dev"} 1',
      'IntegrationLatency_count{Stage="dev"} 4',
      'gatewright_open_connections 1',
    ]);
  });

  it('counts by route where detailed metrics are enabled, and goes on counting when they are switched off', async () => {
    const detailed = { defaultRouteSettings: { detailedMetricsEnabled: true } };
    const bench = await startBench({ routes: [echo], stages: { dev: detailed } });
    const client = await connectClient(bench.endpoint);
    client.send('{"action":"echo"}');
    client.send('{"action":"nowhere"}');
    const { connectionId } = JSON.parse(await client.next()) as { readonly connectionId: string };
    await fetch(`${bench.endpoint}/@connections/${encodeURIComponent(connectionId)}`, { method: 'POST', body: 'x' });
    await client.next();
    await putApi(bench.store, { routes: [echo] });
    client.send('{"action":"echo"}');
    client.send('{"action":"nowhere"}');
    await client.next();
    expect(await readMetrics(bench)).toEqual([
      'ConnectCount{Stage="dev",Route="$connect"} 1',
      'MessageCount{Stage="dev",Route="$connect"} 1',
      'MessageCount{Stage="dev",Route="echo"} 1',
      'MessageCount{Stage="dev"} 1',
      'MessageCount{Stage="dev",Route="POST /@connections/{connectionId}"} 1',
      'ClientError{Stage="dev"} 2',
      'gatewright_open_connections 1',
    ]);
  });

  it('counts a refused handshake as the client’s error', async () => {
    const bench = await startBench({ routes: [{ routeKey: '$connect', authorizationType: 'AWS_IAM' }] });
    expect((await connectRefused(bench.endpoint)).status).toBe(403);
    expect(await readMetrics(bench)).toEqual(['ClientError{Stage="dev"} 1']);
  });

  it('has nothing of what clients only ask for', async () => {
    const bench = await startBench({ routes: [echo] });
    const url = `${bench.gateway.url}/${fixtureApiId}`;
    for (const path of ['/nowhere', '/dev2', '']) expect((await connectRefused(url + path)).status).toBe(403);
    await fetch(`${url}/nowhere/@connections/x`, { method: 'POST', body: 'x' });
    expect(await (await fetch(`${bench.gateway.url}/_gatewright/metrics`)).text()).not.toContain('ApiId');
  });

  it('forgets a stage that is gone', async () => {
    const bench = await startBench({ routes: [echo] });
    const client = await connectClient(bench.endpoint);
    client.socket.close();
    await bench.event('connection-closed');
    expect(await readMetrics(bench)).toHaveLength(2);
    await deleteApi(bench.store);
    expect(await readMetrics(bench)).toEqual([]);
  });

  it('is in the text format of Prometheus, for GET and HEAD alone', async () => {
    const { gateway } = await startBench(undefined);
    const url = `${gateway.url}/_gatewright/metrics`;
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    const refused = await fetch(url, { method: 'POST', body: '{}' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is refused to web pages', async () => {
    const { gateway } = await startBench(undefined);
    const response = await fetch(`${gateway.url}/_gatewright/metrics`, { headers: { origin: 'https://example.com' } });
    expect(response.status).toBe(403);
  });
});
