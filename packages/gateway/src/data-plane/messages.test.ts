import { describe, expect, it } from 'vitest';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { connectClient } from '../testing/web-socket-client.ts';

describe('messages', () => {
  it('go to the back end of their route, whose body comes back on a route with a response', async () => {
    const backEnd = await startBenchBackEnd(({ body }) => ({ body: `echo ${body}` }));
    const { endpoint } = await startBench({
      routes: [
        { routeKey: '$connect', integration: { integrationType: 'MOCK' } },
        { routeKey: 'echo', integration: { integrationUri: `${backEnd.url}/echo?a=1` }, isTwoWay: true },
      ],
    });
    const client = await connectClient(endpoint);
    client.send('{"action":"echo"}');
    expect(await client.next()).toBe('echo {"action":"echo"}');
    expect(backEnd.requests).toMatchObject([{ method: 'POST', url: '/echo?a=1', body: '{"action":"echo"}' }]);
  });
});
