import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVirtualClock, up } from 'gatewright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { documentPath, exampleDocument, exampleFolder, temporaryFolder } from './harness/paths.ts';
import { connect } from './harness/web-socket-client.ts';

let backEnd: BackEnd;

beforeAll(async () => {
  backEnd = await startBackEnd(({ body }) => ({ status: 200, body }));
});

afterAll(() => backEnd.close());

const inputs = () => ({
  name: 'chat',
  routeSelectionExpression: '$request.body.action',
  integrationType: 'HTTP_PROXY',
  integrationUri: backEnd.url,
  routeKey: '$connect',
  messageIntegrationUri: backEnd.url,
});

describe('up() in a process of its user', () => {
  it('builds an API that clients talk to, and leaves nothing behind when it is closed', async () => {
    const api = await up({ document: exampleDocument, inputs: inputs() });
    const client = await connect(String(api.outputs['build-websocket-api']?.apiEndpoint));
    client.send('hello');
    expect(await client.message()).toBe('hello');
    await api.close();
    expect(await client.closed).toMatchObject({ code: 1001 });
    await expect(fetch(`${api.gateway}/v2/apis`)).rejects.toThrow('fetch failed');
  });

  it('rejects with all that is wrong, and leaves nothing behind', async () => {
    const { name: _name, ...incomplete } = inputs();
    await expect(up({ document: exampleDocument, inputs: incomplete })).rejects.toThrow(/"name"/);
  });

  it('goes by the clock that it is given: connections end when that says so', async () => {
    const clock = createVirtualClock();
    const api = await up({ document: exampleDocument, inputs: inputs(), clock });
    const idle = await connect(String(api.outputs['build-websocket-api']?.apiEndpoint));
    clock.advance(10 * 60_000 + 5_000);
    expect(await idle.closed).toEqual({ code: 1001, reason: 'Going away' });
    await api.close();
  });

  it('starts an empty gateway without a document', async () => {
    const api = await up({});
    expect(await (await fetch(`${api.gateway}/v2/apis`)).json()).toEqual({ items: [] });
    await api.close();
  });

  it('is told where AWS services are', async () => {
    await expect(up({ endpoints: { lambda: 'nowhere' } })).rejects.toThrow(
      'The endpoint of service "lambda" is not valid',
    );
    const api = await up({ endpoints: { lambda: 'http://127.0.0.1:9001', '*': 'aws' } });
    await api.close();
  });

  it('refuses an account that is none', async () => {
    await expect(up({ region: 'Europe' })).rejects.toThrow('The region is "Europe"; expected the name of one, as');
    await expect(up({ account: '42' })).rejects.toThrow('The account is "42"; expected twelve digits.');
  });

  it('gives the credentials to the servers that ask for them', async () => {
    const folder = await temporaryFolder();
    const document = join(folder.path, 'a.arazzo.json');
    const info = { title: 'Keys', version: '1' };
    const api = {
      ...{ openapi: '3.1.0', info, servers: [{ url: backEnd.url }], security: [{ key: [] }] },
      paths: { '/asked': { get: { operationId: 'ask', responses: { 200: { description: 'Yes.' } } } } },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
    };
    await writeFile(join(folder.path, 'a.json'), JSON.stringify(api));
    const steps = [{ stepId: 'a', operationId: '$sourceDescriptions.a.ask' }];
    const gatewayApi = pathToFileURL(join(exampleFolder, 'openapi/api-gateway-v2.openapi.yaml')).href;
    const sourceDescriptions = [
      { name: 'a', url: 'a.json' },
      { name: 'gateway', url: gatewayApi },
    ];
    await writeFile(
      document,
      JSON.stringify({
        ...{ arazzo: '1.0.1', info, sourceDescriptions },
        workflows: [{ workflowId: 'w', steps }],
      }),
    );
    const built = await up({ document, credentials: { 'a.key': 's3cr3t' } });
    const request = backEnd.received.find(({ url }) => url === '/asked');
    expect(request?.headers['x-key']).toBe('s3cr3t');
    await built.close();
    await folder.remove();
  });

  it('reads documents with the idioms of published ones', async () => {
    const api = await up({ document: documentPath('published-idioms.arazzo.yml'), inputs: inputs() });
    expect(Object.keys(api.outputs)).toEqual(['build-websocket-api']);
    await api.close();
  });
});
