import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { createApi } from './harness/control-plane.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { exampleDocument, temporaryFolder } from './harness/paths.ts';
import { published } from './harness/published-document.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

let backEnd: BackEnd;

beforeAll(async () => {
  backEnd = await startBackEnd(({ url, body, headers }) => {
    if (url.startsWith('/refuse')) return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'not you' };
    return { status: 200, body: `answer to ${body} for ${headers['connection-id']}` };
  });
});

afterAll(() => backEnd.close());

const inputs = (connectPath = '/connect') => [
  ...['-i', 'name=chat', '-i', 'routeSelectionExpression=$request.body.action', '-i', 'integrationType=HTTP_PROXY'],
  ...['-i', `integrationUri=${backEnd.url}${connectPath}`, '-i', 'routeKey=$connect'],
  ...['-i', `messageIntegrationUri=${backEnd.url}/message`],
];
const publishedInputs = () => inputs().slice(0, -2);

describe('gatewright up', () => {
  let up: ServingProcess;

  beforeAll(async () => {
    up = await startServing(['up', exampleDocument, ...inputs()]);
  });

  afterAll(() => up.kill());

  it('prints every event of the run, then that it is ready', () => {
    const steps = up.records
      .filter(({ kind }) => kind === 'response')
      .map(({ stepId, method, status }) => ({ stepId, method, status }));
    expect(steps).toEqual(
      [
        'createApi',
        'createIntegration',
        'createRoute',
        'createMessageIntegration',
        'createDefaultRoute',
        'createDefaultRouteResponse',
      ].map((stepId) => ({ stepId, method: 'POST', status: 201 })),
    );
    expect(up.outputs).toEqual({
      apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      apiEndpoint: `${up.gateway.replace('http', 'ws')}/${up.outputs.apiId}`,
      integrationId: expect.stringMatching(/^[a-z0-9]{7}$/),
      routeId: expect.stringMatching(/^[a-z0-9]{7}$/),
      routeResponseId: expect.stringMatching(/^[a-z0-9]{6}$/),
    });
    expect(Object.keys(up.workflows)).toEqual(['build-websocket-api', 'answer-messages']);
  });

  it('leaves out of the request the optional inputs that were not given', () => {
    const createApi = up.records.find(({ kind, stepId }) => kind === 'request' && stepId === 'createApi');
    expect(createApi?.body).toEqual({
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
  });

  it('serves clients at the endpoint: the back end is asked, messages are answered, pushes arrive', async () => {
    const client = await connect(up.outputs.apiEndpoint ?? '');
    expect(backEnd.received.at(-1)).toMatchObject({ method: 'POST', url: '/connect', body: '' });

    client.send('{"action":"greet"}');
    const answer = await client.message();
    const connectionId = answer.split(' ').at(-1) ?? '';
    expect(answer).toBe(`answer to {"action":"greet"} for ${connectionId}`);
    expect(connectionId).toMatch(/^[A-Za-z0-9_-]{18}==$/);

    const push = `${up.gateway}/${up.outputs.apiId}/@connections/${encodeURIComponent(connectionId)}`;
    expect((await fetch(push, { method: 'POST', body: 'pushed' })).status).toBe(200);
    expect(await client.message()).toBe('pushed');
    await client.close(1000);
    expect((await fetch(push, { method: 'POST', body: 'pushed' })).status).toBe(410);
  });

  it('gives the same API the same id at every start, and ends with 0 when it is stopped', async () => {
    const again = await startServing(['up', exampleDocument, ...inputs()]);
    expect(again.outputs.apiId).toBe(up.outputs.apiId);
    expect(await again.stop()).toBe(0);
  });

  it('replaces the API of the start before in a durable store, and nothing else', async () => {
    const folder = await temporaryFolder();
    try {
      const store = ['--store', `sqlite:${folder.path}/gateway.db`];
      const first = await startServing(['up', exampleDocument, ...inputs(), ...store]);
      const { apiId: other } = await createApi(first.gateway, 'another');
      await first.stop();
      const second = await startServing(['up', exampleDocument, ...inputs(), ...store]);
      expect(await apiIds(second.gateway)).toEqual([first.outputs.apiId, other].sort());
      await second.stop();
    } finally {
      await folder.remove();
    }
  });

  it('runs the workflow asked for alone', async () => {
    const one = await startServing(['up', exampleDocument, 'build-websocket-api', ...publishedInputs()]);
    expect(Object.keys(one.workflows)).toEqual(['build-websocket-api']);
    await one.stop();
  });

  it('starts without a document', async () => {
    const empty = await startServing(['up']);
    expect(await apiIds(empty.gateway)).toEqual([]);
    await empty.stop();
  });

  it('passes a refusal of the back end on to the client, and keeps nothing of it', async () => {
    const refusing = await startServing(['up', exampleDocument, ...inputs('/refuse')]);
    const refused = await refusal(refusing.outputs.apiEndpoint ?? '');
    expect(refused).toMatchObject({ status: 403, body: 'not you' });
    await refusing.stop();
    expect(refusing.records.filter(({ kind }) => kind === 'connection-opened' || kind === 'connection-closed')).toEqual(
      [],
    );
  });
});

describe('a document with the idioms of published ones', () => {
  it('runs through up, with one warning for each idiom that names the section', async () => {
    const up = await startServing(['up', published, ...publishedInputs()]);
    const warnings = up.records
      .filter(({ kind }) => kind === 'diagnostic')
      .map(({ diagnostic }) => (diagnostic as { message: string }).message);
    expect(warnings).toEqual([
      expect.stringMatching(
        /"\$steps\.createIntegration\.outputs\.integrationId" .*\(Arazzo 1\.0\.1 §Runtime Expressions/,
      ),
    ]);
    const client = await connect(up.outputs.apiEndpoint ?? '');
    await client.close(1000);
    await up.stop();
  });
});

async function apiIds(gateway: string): Promise<readonly string[]> {
  const { items } = (await (await fetch(`${gateway}/v2/apis`)).json()) as { items: { apiId: string }[] };
  return items.map(({ apiId }) => apiId);
}
