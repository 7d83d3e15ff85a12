import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from './harness/gatewright.ts';

let serving: ServingProcess;

beforeAll(async () => {
  serving = await startServing(['serve']);
});

afterAll(() => serving.kill());

describe('a web page cannot drive the control plane', () => {
  const body = JSON.stringify({
    name: 'x',
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
  const json = { 'content-type': 'application/json' };

  it.each([
    [
      'a name that was rebound to this machine',
      { ...json, host: 'attacker.example:4610' },
      403,
      'AccessDeniedException',
    ],
    ['a page of another origin', { ...json, origin: 'https://attacker.example' }, 403, 'AccessDeniedException'],
    ['a page of another port of this machine', { ...json, origin: 'http://localhost:1' }, 403, 'AccessDeniedException'],
    ['a form, which needs no permission', { 'content-type': 'text/plain' }, 415, 'UnsupportedMediaTypeException'],
    ['a body of no declared type', {}, 415, 'UnsupportedMediaTypeException'],
  ])('through %s', async (_case, headers, status, errorType) => {
    for (const path of ['/v2/apis', '/_gatewright/member-names/v2/apis']) {
      const answer = await send('POST', path, headers, body);
      expect(answer).toMatchObject({ status, errorType });
      expect(Object.values(JSON.parse(answer.body))).toEqual([expect.any(String)]);
    }
    expect(JSON.parse((await send('GET', '/v2/apis', {})).body)).toEqual({ items: [] });
  });

  it('nor read it', async () => {
    expect(await send('GET', '/v2/apis', { host: 'attacker.example' })).toMatchObject({ status: 403 });
    expect(await send('GET', '/v2/apis', { origin: 'https://attacker.example' })).toMatchObject({ status: 403 });
  });

  it('while the gateway itself may', async () => {
    expect(await send('GET', '/v2/apis', { origin: serving.gateway })).toMatchObject({ status: 200 });
    expect(await send('GET', '/v2/apis', { host: `localhost:${new URL(serving.gateway).port}` })).toMatchObject({
      status: 200,
    });
  });
});

async function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const { hostname, port } = new URL(serving.gateway);
  return new Promise<{ status: number | undefined; errorType: unknown; body: string }>((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers }, async (response) => {
      resolve({
        status: response.statusCode,
        errorType: response.headers['x-amzn-errortype'],
        body: await text(response),
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
