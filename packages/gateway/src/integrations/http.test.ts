import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Integration } from '../model/resources.ts';
import { makeLocalCertificate } from '../server/local-certificate.ts';
import { startBenchBackEnd } from '../testing/gateway-bench.ts';
import { createHttpClient } from './back-end/http-client.ts';
import { compileHttp } from './http.ts';
import type { IntegrationCall, IntegrationResult } from './integration.ts';

const message: IntegrationCall = {
  kind: 'message',
  context: {
    connection: { apiId: 'api1', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
    eventType: 'MESSAGE',
    routeKey: 'echo',
    requestId: 'r',
    requestTimeEpoch: 0,
  },
  text: '{"id":"a/b"}',
  json: { id: 'a/b' },
  wantsReply: true,
};

async function call(members: Partial<Integration>, signal?: AbortSignal): Promise<IntegrationResult> {
  const integration: Integration = {
    integrationId: 'integ1',
    integrationType: 'HTTP',
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    payloadFormatVersion: '1.0',
    timeoutInMillis: 29_000,
    ...members,
  };
  const client = createHttpClient(systemClock);
  const response = { integrationResponseId: 'one', integrationResponseKey: '$default' };
  try {
    const record = { integration, integrationResponses: { one: response } };
    return await compileHttp(record, { path: 'p' }, { client, clock: systemClock })(message, signal);
  } finally {
    await client.close();
  }
}

describe('an HTTP integration', () => {
  it.each([
    ['POST', undefined, '/p', message.text],
    ['PUT', 'put', '/p', message.text],
    ['POST', 'ANY', '/p', message.text],
    ['GET', 'GET', '/p?id=a%2Fb', ''],
    ['DELETE', 'DELETE', '/p', message.text],
  ])('sends %s when its method is %j', async (method, integrationMethod, url, body) => {
    const backEnd = await startBenchBackEnd();
    const isQuery = url.includes('?');
    await call({
      integrationUri: `${backEnd.url}/\${stageVariables.path}`,
      ...(integrationMethod !== undefined && { integrationMethod }),
      ...(isQuery && { requestParameters: { 'integration.request.querystring.id': 'route.request.body.id' } }),
    });
    expect(backEnd.requests.map((request) => [request.method, request.url, request.body])).toEqual([
      [method, url, body],
    ]);
  });

  it('calls no back end whose certificate it cannot trust', async () => {
    const { certificate, privateKey } = await makeLocalCertificate('us-east-1', Date.now());
    const server = createServer({ cert: certificate, key: privateKey }, (_request, response) =>
      response.end('reached'),
    );
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await call({ integrationUri: url })).toEqual({
      kind: 'failed',
      cause: 'unreachable',
      reason: expect.stringMatching(
        `^The back end "${url}" could not be trusted over TLS \\(DEPTH_ZERO_SELF_SIGNED_CERT\\)\\.$`,
      ),
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends with the signal of its caller', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const controller = new AbortController();
    const result = call({ integrationUri: backEnd.url }, controller.signal);
    await backEnd.next();
    controller.abort();
    expect(await result).toMatchObject({ kind: 'failed', cause: 'abandoned' });
  });

  it('that has no URL fails, and says why', async () => {
    expect(await call({ integrationUri: 'ftp://h' })).toEqual({
      kind: 'failed',
      cause: 'misconfigured',
      reason: 'The integration URI "ftp://h" is not valid: an http or https URL is expected.',
    });
  });
});
