import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, closedPort, startBackEnd } from './harness/back-end.ts';
import { call, createApi } from './harness/control-plane.ts';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

let serving: ServingProcess;
let backEnd: BackEnd;

beforeAll(async () => {
  serving = await startServing(['serve', '--draft']);
  backEnd = await startBackEnd(({ url, body }) => ({ status: 200, body: `${url} ${body}` }));
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

const create = (path: string, body: object) => call(serving.gateway, 'POST', path, body);

/** An API whose routes call `/{routeKey}` of the back end; the keys that end in `!` answer. */
async function createApiOf(
  routeKeys: readonly string[],
  url = backEnd.url,
): Promise<{ apiId: string; apiEndpoint: string }> {
  const { apiId, apiEndpoint } = await createApi(serving.gateway);
  for (const key of routeKeys) {
    const routeKey = key.replace('!', '');
    const { integrationId } = await create(`/v2/apis/${apiId}/integrations`, {
      integrationType: 'HTTP_PROXY',
      integrationUri: `${url}/${routeKey}`,
      requestParameters: { 'integration.request.header.connection-id': 'context.connectionId' },
    });
    const { routeId } = await create(`/v2/apis/${apiId}/routes`, { routeKey, target: `integrations/${integrationId}` });
    if (key.endsWith('!'))
      await create(`/v2/apis/${apiId}/routes/${routeId}/routeresponses`, { routeResponseKey: '$default' });
  }
  return { apiId, apiEndpoint };
}

describe('the WebSocket endpoint', () => {
  it('routes messages by the route selection expression, and the rest to $default', async () => {
    const { apiEndpoint } = await createApiOf(['join!', '$default!']);
    const client = await connect(apiEndpoint);
    for (const [message, answer] of [
      ['{"action":"join"}', '/join {"action":"join"}'],
      ['{"action":"leave"}', '/$default {"action":"leave"}'],
      ['{"action":"$connect"}', '/$default {"action":"$connect"}'],
      ['plain text', '/$default plain text'],
    ] as const) {
      client.send(message);
      expect(await client.message()).toBe(answer);
    }
    await client.close(1000);
  });

  it('answers Forbidden, in the form of the service, when no route matches', async () => {
    const { apiId, apiEndpoint } = await createApiOf([]);
    const client = await connect(apiEndpoint);
    client.send('{"action":"join"}');
    expect(await client.message()).toMatch(
      /^\{"message": "Forbidden", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/,
    );
    await serving.record((record) => record.kind === 'message-refused' && record.apiId === apiId);
    await client.close(1000);
  });

  it('is silent on a route without a route response', async () => {
    const { apiEndpoint } = await createApiOf(['quiet', '$default!']);
    const client = await connect(apiEndpoint);
    client.send('{"action":"quiet"}');
    client.send('loud');
    expect(await client.message()).toBe('/$default loud');
    await client.close(1000);
  });

  it('refuses with 504 when the back end of $connect is down, and says which', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { apiId, apiEndpoint } = await createApiOf(['$connect'], url);
    expect(await refusal(apiEndpoint)).toMatchObject({ status: 504 });
    const failed = await serving.record((record) => record.kind === 'integration-failed' && record.apiId === apiId);
    expect(failed.reason).toContain(url);
  });

  it('runs $disconnect once, whichever side closes', async () => {
    const { apiId, apiEndpoint } = await createApiOf(['$default!', '$disconnect']);
    for (const side of ['client', 'server']) {
      const client = await connect(apiEndpoint);
      client.send('hello');
      await client.message();
      const connectionId = String(backEnd.received.at(-1)?.headers['connection-id']);
      if (side === 'client') await client.close(1000, 'bye');
      else await fetch(`${serving.gateway}/${apiId}/@connections/${connectionId}`, { method: 'DELETE' });
      await client.closed;
      await backEnd.request(({ url, headers }) => url === '/$disconnect' && headers['connection-id'] === connectionId);
    }
    expect(backEnd.received.filter(({ url }) => url === '/$disconnect')).toHaveLength(2);
  });

  it('closes with 1003 when a frame is binary', async () => {
    const { apiEndpoint } = await createApiOf([]);
    const client = await connect(apiEndpoint);
    client.send(new Uint8Array([1, 2, 3]));
    expect(await client.closed).toEqual({ code: 1003, reason: 'Binary is not supported' });
  });

  it('serves a deployed stage in path form and in host form', async () => {
    const { apiId, apiEndpoint } = await createApiOf(['$default!']);
    const { deploymentId } = await create(`/v2/apis/${apiId}/deployments`, {});
    await create(`/v2/apis/${apiId}/stages`, { stageName: 'dev', deploymentId });
    const port = new URL(serving.gateway).port;
    const host = `${apiId}.execute-api.us-east-1.amazonaws.com:${port}`;
    for (const client of [
      await connect(`${apiEndpoint}/dev`),
      await connect(`ws://127.0.0.1:${port}/dev`, { headers: { host } }),
    ]) {
      client.send('hello');
      expect(await client.message()).toBe('/$default hello');
      await client.close(1000);
    }
    const forbidden = { status: 403, body: '{"message":"Forbidden"}' };
    expect(await refusal(`${apiEndpoint}/prod`)).toMatchObject(forbidden);
    expect(await refusal(`${apiEndpoint}/dev/more`)).toMatchObject(forbidden);
    expect(await refusal(`ws://127.0.0.1:${port}/prod`, { headers: { host } })).toMatchObject(forbidden);
  });

  it('serves no draft unless it is asked to', async () => {
    const plain = await startServing(['serve']);
    const { apiEndpoint } = await createApi(plain.gateway);
    expect(await refusal(apiEndpoint)).toMatchObject({ status: 403 });
    await plain.stop();
  });

  it('closes the connections of a deleted API with 1001', async () => {
    const { apiId, apiEndpoint } = await createApiOf([]);
    const client = await connect(apiEndpoint);
    expect((await fetch(`${serving.gateway}/v2/apis/${apiId}`, { method: 'DELETE' })).status).toBe(204);
    expect(await client.closed).toMatchObject({ code: 1001 });
  });

  it('refuses a route that asks for authorization, rather than let anyone through', async () => {
    const { apiId, apiEndpoint } = await createApiOf([]);
    await create(`/v2/apis/${apiId}/routes`, { routeKey: '$connect', authorizationType: 'AWS_IAM' });
    expect(await refusal(apiEndpoint)).toMatchObject({ status: 403 });
  });
});

describe('gatewright connect', () => {
  it('sends, shows what is received, and ends with 0', async () => {
    const { apiEndpoint } = await createApiOf(['$default!']);
    const ended = await gatewright(['connect', apiEndpoint, '-m', 'hello', '--wait', '300', '--json']);
    expect(ended.exitCode).toBe(0);
    expect(
      ended.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { kind: 'open', subprotocol: '' },
      { kind: 'message', text: '/$default hello' },
      { kind: 'close', code: 1000, reason: '' },
    ]);
  });

  it('sends the lines of its input', async () => {
    const { apiEndpoint } = await createApiOf(['$default!']);
    const { stdout } = await gatewright(['connect', apiEndpoint, '--wait', '300'], { input: 'one\ntwo\n' });
    expect(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('<'))
        .sort(),
    ).toEqual(['< /$default one', '< /$default two']);
  });

  it('says in one line that it was refused, or that nothing is there', async () => {
    expect(await gatewright(['connect', `${serving.gateway.replace('http', 'ws')}/aaaaaaaaaa`])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: The server refused the connection: 403 Forbidden .*\n$/),
    });
    expect(await gatewright(['connect', `ws://127.0.0.1:${await closedPort()}`])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^error: .*connection refused\).\n$/),
    });
  });
});
