import { ApiGatewayV2Client, CreateVpcLinkCommand, GetVpcLinksCommand } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { startBench } from '../testing/gateway-bench.ts';
import { connectClient } from '../testing/web-socket-client.ts';
import { answerReset, type ResetRequest } from './reset.ts';

function ask(changes: Partial<ResetRequest> & { method?: string; headers?: Record<string, string> }) {
  const { method = 'POST', headers = {}, ...others } = changes;
  return answerReset({
    request: {
      method,
      target: '/_gatewright/reset',
      headers: { host: 'localhost', ...headers },
      body: new Uint8Array(),
    },
    boundHost: '127.0.0.1',
    remoteAddress: '127.0.0.1',
    reset: async () => {},
    ...others,
  });
}

describe('a reset', () => {
  it.each([
    ['is done for a client of this machine', {}, 204],
    ['is done for one that came by IPv6', { remoteAddress: '::ffff:127.0.0.1' }, 204],
    ['is refused where it was not asked for', { reset: undefined }, 403],
    ['is refused to another machine', { remoteAddress: '192.0.2.1' }, 403],
    ['is refused to a web page', { headers: { origin: 'http://example.com' } }, 403],
    ['is refused to a name that is not the gateway’s', { headers: { host: 'example.com' } }, 403],
    ['is no GET', { method: 'GET' }, 405],
  ] as const)('%s', async (_case, request, status) => {
    expect((await ask(request)).status).toBe(status);
  });

  it('deletes the configuration and closes connections, and leaves what the node knows', async () => {
    const { endpoint, gateway } = await startBench({ routes: [] }, { allowReset: true });
    const client = new ApiGatewayV2Client({
      endpoint: gateway.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await client.send(new CreateVpcLinkCommand({ Name: 'a', SubnetIds: ['subnet-a'] }));
    const connected = await connectClient(endpoint);
    const reset = () => fetch(`${gateway.url}/_gatewright/reset`, { method: 'POST' });
    expect((await reset()).status).toBe(204);
    expect(await connected.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect((await client.send(new GetVpcLinksCommand({}))).Items).toEqual([]);
    expect((await reset()).status).toBe(204);
    client.destroy();
  });

  it('is off unless the gateway is told otherwise', async () => {
    const { gateway } = await startBench({ routes: [] });
    const response = await fetch(`${gateway.url}/_gatewright/reset`, { method: 'POST' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
  });
});
