import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, putApi, type RouteFixture } from '../testing/put-api.ts';
import { connectClient } from '../testing/web-socket-client.ts';
import { maxCharactersInFlight, maxMessagesInFlight } from './limits.ts';

describe('messages', () => {
  it('go to the back end of their route, whose body comes back on a route with a response', async () => {
    const backEnd = await startBenchBackEnd(({ body }) => ({ status: 503, body: `echo ${body}` }));
    const { endpoint, event } = await startBench({
      routes: [{ routeKey: 'echo', integration: { integrationUri: `${backEnd.url}/echo?a=1` }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    client.send('{"action":"echo"}');
    expect(await client.next()).toBe('echo {"action":"echo"}');
    expect(backEnd.requests).toEqual([
      {
        method: 'POST',
        url: '/echo?a=1',
        body: '{"action":"echo"}',
        headers: {
          accept: 'application/json',
          connection: 'keep-alive',
          'content-length': '17',
          'content-type': 'application/json',
          host: new URL(backEnd.url).host,
          'user-agent': `AmazonAPIGateway_${fixtureApiId}`,
          'x-amzn-apigateway-api-id': fixtureApiId,
          'x-amzn-trace-id': expect.any(String),
        },
      },
    ]);
    expect(await event('message-routed')).toMatchObject({ apiId: fixtureApiId, stage: 'dev', routeKey: 'echo' });
  });

  it('are not answered on a route without response, whatever the back end says', async () => {
    const backEnd = await startBenchBackEnd(() => ({ body: 'silent' }));
    const { endpoint } = await startBench({
      routes: [
        { routeKey: 'quiet', integration: { integrationUri: backEnd.url } },
        {
          routeKey: 'expression',
          routeResponseSelectionExpression: '$default',
          integration: { integrationUri: backEnd.url },
        },
      ],
    });
    const client = await connectClient(endpoint);
    client.send('{"action":"quiet"}');
    await backEnd.next();
    client.send('{"action":"expression"}');
    await backEnd.next();
    client.send('nonsense');
    expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
  });

  it.each([
    ['{"action":"echo"}', 'echo'],
    ['{"action":"$default"}', '$default'],
    ['{"action":"$connect"}', '$default'],
    ['{"action":"$disconnect"}', '$default'],
    ['{"action":"unknown"}', '$default'],
    ['{"action":1}', '1'],
    ['{"action":"ECHO"}', '$default'],
    ['plain text', '$default'],
    ['["echo"]', '$default'],
    ['null', '$default'],
    ['', '$default'],
  ])('%s is routed to %s', async (text, routeKey) => {
    const keys = ['echo', '1', '$default', '$connect', '$disconnect'];
    const { endpoint, event } = await startBench({
      routes: keys.map((key): RouteFixture => ({ routeKey: key, integration: { integrationType: 'MOCK' } })),
    });
    const client = await connectClient(endpoint);
    client.send(text);
    expect(await event('message-routed')).toMatchObject({ routeKey });
  });

  it('take parameters from the body, the context and stage variables to the back end', async () => {
    const backEnd = await startBenchBackEnd();
    const { endpoint } = await startBench({
      stages: { dev: { stageVariables: { base: new URL(backEnd.url).host, mode: 'blue' } } },
      routes: [
        {
          routeKey: '$default',
          integration: {
            // biome-ignore lint/suspicious/noTemplateCurlyInString: the service's own notation.
            integrationUri: 'http://${stageVariables.base}/rooms/{room}?keep=1',
            integrationMethod: 'PUT',
            requestParameters: {
              'integration.request.path.room': 'route.request.body.room.name',
              'integration.request.querystring.mode': 'stageVariables.mode',
              'integration.request.header.route': 'context.routeKey',
              'integration.request.header.Content-Type': "'text/plain'",
              'integration.request.header.text': 'route.request.body.text',
              'integration.request.header.missing': 'route.request.body.missing',
              'integration.request.header.transfer-encoding': "'chunked'",
            },
          },
        },
      ],
    });
    const client = await connectClient(endpoint);
    client.send('{"room":{"name":"a/b c"},"text":"ä\\r\\nX: y"}');
    const { method, url, headers } = await backEnd.next();
    expect([method, url]).toEqual(['PUT', '/rooms/a%2Fb%20c?keep=1&mode=blue']);
    expect(headers).toMatchObject({ route: '$default', 'content-type': 'text/plain', 'content-length': '45' });
    expect(Buffer.from(String(headers.text), 'latin1').toString('utf8')).toBe('ä  X: y');
    expect(headers).not.toHaveProperty('missing');
  });

  it('that no route takes get an error frame, and the connection stays', async () => {
    const { endpoint } = await startBench({ routes: [] });
    const client = await connectClient(endpoint);
    for (const text of ['one', 'two']) {
      client.send(text);
      expect(await client.next()).toMatch(
        /^\{"message": "Forbidden", "connectionId":"[\w-]{18}==", "requestId":"[\w-]{15}="\}$/,
      );
    }
  });

  it.each([
    ['asks for an API key', { apiKeyRequired: true, integration: { integrationType: 'MOCK' } }, 'Forbidden'],
    ['has no integration', {}, 'Internal server error'],
    ['calls a Lambda function', { integration: { integrationType: 'AWS_PROXY' } }, 'Internal server error'],
    ['cannot reach its back end', { integration: { integrationUri: 'http://127.0.0.1:9' } }, 'Internal server error'],
    [
      'has a model that does not exist',
      { modelSelectionExpression: 'm', requestModels: { m: 'm' }, integration: { integrationType: 'MOCK' } },
      'Internal server error',
    ],
  ] as const)('get an error frame, also without a response, from a route that %s', async (_case, route, message) => {
    const { endpoint } = await startBench({ routes: [{ routeKey: '$default', ...route }] });
    const client = await connectClient(endpoint);
    client.send('{}');
    expect(await client.next()).toContain(`{"message": "${message}", "connectionId":"`);
  });

  it('that do not fit the model of their route get an error frame, and no integration is called', async () => {
    const backEnd = await startBenchBackEnd(() => ({ body: 'called' }));
    const { endpoint, eventsOf } = await startBench({
      models: { order: { type: 'object', required: ['item'], properties: { item: { type: 'string' } } } },
      routes: [
        {
          routeKey: '$default',
          modelSelectionExpression: '$request.body.kind',
          requestModels: { order: 'order' },
          integration: { integrationUri: backEnd.url },
          isTwoWay: true,
        },
      ],
    });
    const client = await connectClient(endpoint);
    for (const message of ['{"kind":"order"}', '{"kind":"order","item":1}', '{"kind":"other"}', 'no JSON']) {
      client.send(message);
      expect(await client.next()).toMatch(
        /^\{"message" : "Bad request body", "connectionId": "[\w-]{18}==", "messageId": "[\w-]{18}=="\}$/,
      );
    }
    client.send('{"kind":"order","item":"tea"}');
    expect(await client.next()).toBe('called');
    expect(backEnd.requests).toHaveLength(1);
    expect(eventsOf('message-invalid').map(({ routeKey, reason }) => [routeKey, reason])).toEqual([
      [
        '$default',
        `A message on route "$default" does not fit the model "order": The value must have required property 'item'.`,
      ],
      [
        '$default',
        'A message on route "$default" does not fit the model "order": The value at "/item" must be string.',
      ],
      ['$default', 'A message on route "$default" selects none of its models, and there is none under "$default".'],
      ['$default', 'A message on route "$default" is not JSON.'],
    ]);
  });

  it('get an error frame when the integration takes too long', async () => {
    const backEnd = await startBenchBackEnd(() => new Promise(() => {}));
    const { endpoint, event } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: `${backEnd.url}/slow`, timeoutInMillis: 50 } }],
    });
    const client = await connectClient(endpoint);
    client.send('{}');
    expect(await client.next()).toContain('{"message": "Endpoint request timed out", "connectionId":"');
    expect(await event('integration-failed')).toMatchObject({
      reason: `The back end "${backEnd.url}/slow" did not answer within 50 ms.`,
    });
    await expect.poll(backEnd.abandoned).toBe(1);
  });

  it.each([
    ['of 131072 bytes comes back whole', 131_072, 'x'.repeat(131_072)],
    ['of more bytes is an error', 131_073, undefined],
  ])('whose answer is %s', async (_case, length, reply) => {
    const backEnd = await startBenchBackEnd(() => ({ body: 'x'.repeat(length) }));
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    client.send('{}');
    const received = await client.next();
    if (reply === undefined) expect(received).toContain('"Internal server error"');
    else expect(received === reply).toBe(true);
  });

  it('are answered in text also when the back end sends bytes that are none', async () => {
    const backEnd = await startBenchBackEnd(() => ({ body: Buffer.from([0x61, 0xff, 0x62]) }));
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    client.send('{}');
    expect(await client.next()).toBe('a\uFFFDb');
  });

  it('of one connection are worked on a bounded number at a time, and all of them in the end', async () => {
    let atWork = 0;
    let most = 0;
    const backEnd = await startBenchBackEnd(async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      // As many as may come do so before the first is answered.
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return { body: 'done' };
    });
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    const count = maxMessagesInFlight * 10;
    for (let index = 0; index < count; index++) client.send(`{"index":${index}}`);
    for (let index = 0; index < count; index++) expect(await client.next()).toBe('done');
    expect(most).toBe(maxMessagesInFlight);
  });

  it('of one connection that are long are worked on fewer at a time', async () => {
    let atWork = 0;
    let most = 0;
    const backEnd = await startBenchBackEnd(async () => {
      most = Math.max(most, ++atWork);
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return { body: 'done' };
    });
    const { endpoint } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url }, isTwoWay: true }],
    });
    const client = await connectClient(endpoint);
    const length = 32_768;
    const count = (maxCharactersInFlight / length) * 3;
    for (let index = 0; index < count; index++) client.send('x'.repeat(length));
    for (let index = 0; index < count; index++) expect(await client.next()).toBe('done');
    expect(most).toBe(maxCharactersInFlight / length);
  });

  it('that came before the client closed are all worked on, however many wait', async () => {
    const backEnd = await startBenchBackEnd(() => ({ body: '' }));
    const { endpoint, event } = await startBench({
      routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url } }],
    });
    const client = await connectClient(endpoint);
    const texts = Array.from({ length: maxMessagesInFlight * 4 }, (_, index) => `{"index":${index}}`);
    const written = client.socket as unknown as { readonly _socket: Socket };
    // One write: all of it is read before the first message has been answered.
    written._socket.cork();
    for (const text of texts) client.send(text);
    client.socket.close();
    written._socket.uncork();
    await event('connection-closed');
    await expect.poll(() => backEnd.requests.length).toBe(texts.length);
    expect(backEnd.requests.map(({ body }) => body).sort()).toEqual(texts.sort());
  });

  it('use a changed configuration as soon as its write is acknowledged', async () => {
    const { gateway, store } = await startBench({ routes: [], stages: {} }, { draft: true });
    const client = await connectClient(`${gateway.url}/${fixtureApiId}`);
    const backEnd = await startBenchBackEnd(({ url }) => ({ body: url }));
    for (const path of ['/one', '/two', '/three']) {
      await putApi(store, {
        routes: [{ routeKey: '$default', integration: { integrationUri: backEnd.url + path }, isTwoWay: true }],
        stages: {},
      });
      client.send('{}');
      expect(await client.next()).toBe(path);
    }
  });
});
