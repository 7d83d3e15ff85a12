import { describe, expect, it } from 'vitest';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';

/** What the client gets for one message on a two-way `$default` route. */
async function reply(route: Omit<RouteFixture, 'routeKey'>, message = '{"name":"Ada"}'): Promise<string> {
  const { endpoint } = await startBench({ routes: [{ routeKey: '$default', isTwoWay: true, ...route }] });
  const client = await connectClient(endpoint);
  client.send(message);
  return client.next();
}

describe('an HTTP integration', () => {
  it('sends what its template makes, and replies with what the integration response makes', async () => {
    const backEnd = await startBenchBackEnd(() => ({
      status: 201,
      headers: { 'x-own': 'not passed on' },
      body: '{"id":7,"tags":["a"]}',
    }));
    const frame = await reply({
      integration: {
        integrationType: 'HTTP',
        integrationMethod: 'PUT',
        integrationUri: `${backEnd.url}/people/{name}`,
        requestParameters: {
          'integration.request.path.name': 'route.request.body.name',
          'integration.request.querystring.stage': 'context.stage',
          'integration.request.header.X-Connection': "'c'",
        },
        requestTemplates: { $default: `{"person": $input.json('$.name'), "route": "$context.routeKey"}` },
      },
      integrationResponses: {
        '/2\\d\\d/': { responseTemplates: { $default: `{"made": $input.json('$.id'), "status": $context.status}` } },
        $default: { responseTemplates: { $default: 'unexpected' } },
      },
    });
    expect(frame).toBe('{"made": 7, "status": 201}');
    expect(backEnd.requests).toEqual([
      {
        method: 'PUT',
        url: '/people/Ada?stage=dev',
        body: '{"person": "Ada", "route": "$default"}',
        headers: {
          accept: 'application/json',
          connection: 'keep-alive',
          'content-length': '38',
          'content-type': 'application/json',
          host: new URL(backEnd.url).host,
          'user-agent': `AmazonAPIGateway_${fixtureApiId}`,
          'x-amzn-apigateway-api-id': fixtureApiId,
          'x-amzn-trace-id': expect.any(String),
          'x-connection': 'c',
        },
      },
    ]);
  });

  it.each([
    [404, 'gone 404'],
    [500, 'other'],
  ])('replies to status %i by the integration response for it', async (status, frame) => {
    const backEnd = await startBenchBackEnd(() => ({ status }));
    const integrationResponses = {
      '/4\\d\\d/': { responseTemplates: { $default: 'gone $context.status' } },
      $default: { responseTemplates: { $default: 'other' } },
    };
    const integration = { integrationType: 'HTTP', integrationUri: backEnd.url } as const;
    expect(await reply({ integration, integrationResponses })).toBe(frame);
  });

  it('gives $connect nothing of the client, and its answer only what is mapped', async () => {
    const backEnd = await startBenchBackEnd(() => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic', 'x-own': 'x' },
      body: '{"why":"no"}',
    }));
    const { endpoint } = await startBench({
      routes: [
        {
          routeKey: '$connect',
          integration: { integrationType: 'HTTP', integrationUri: backEnd.url },
          integrationResponses: {
            $default: {
              responseParameters: {
                'method.response.header.WWW-Authenticate': 'integration.response.header.www-authenticate',
              },
              responseTemplates: { $default: `{"reason":$input.json('$.why')}` },
            },
          },
        },
      ],
    });
    const { status, headers, body } = await connectRefused(`${endpoint}?token=t`, { headers: { 'x-client': 'c' } });
    expect([status, body]).toEqual([401, '{"reason":"no"}']);
    expect(headers).toEqual({
      connection: 'keep-alive',
      'content-length': '15',
      'content-type': 'application/json; charset=UTF-8',
      date: expect.any(String),
      'www-authenticate': 'Basic',
      'x-amz-apigw-id': expect.any(String),
    });
    const [request] = backEnd.requests;
    expect([request?.url, request?.body, request?.headers['x-client']]).toEqual(['/', '', undefined]);
  });

  it('sends bytes after CONVERT_TO_BINARY', async () => {
    const backEnd = await startBenchBackEnd();
    await reply(
      {
        integration: {
          integrationType: 'HTTP',
          integrationUri: backEnd.url,
          contentHandlingStrategy: 'CONVERT_TO_BINARY',
        },
        integrationResponses: { $default: { responseTemplates: { $default: 'ok' } } },
      },
      'aGVsbG8=',
    );
    expect(backEnd.requests.map(({ body }) => body)).toEqual(['hello']);
  });
});

it('tells the back end of $disconnect by a template, and nobody waits for its answer', async () => {
  const backEnd = await startBenchBackEnd(() => ({ status: 500 }));
  const { endpoint, event, eventsOf } = await startBench({
    routes: [
      {
        routeKey: '$disconnect',
        integration: {
          integrationType: 'HTTP',
          integrationUri: backEnd.url,
          requestTemplates: { $default: '$context.eventType of $context.stage' },
        },
        integrationResponses: { '/2../': {} },
      },
    ],
  });
  const client = await connectClient(endpoint);
  client.socket.close(1000, 'bye');
  expect((await backEnd.next()).body).toBe('DISCONNECT of dev');
  await event('connection-closed');
  expect(eventsOf('integration-failed')).toEqual([]);
});

describe('a MOCK integration', () => {
  const request = { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode": 202}' } } as const;

  it('replies with what its response template makes', async () => {
    const integrationResponses = {
      '/202/': { responseTemplates: { $default: '{"to":"$context.connectionId","status":$context.status}' } },
    };
    expect(await reply({ integration: request, integrationResponses })).toMatch(
      /^\{"to":"[\w-]{18}==","status":202\}$/,
    );
  });

  it('chooses the subprotocol of a handshake by a response parameter', async () => {
    const { endpoint } = await startBench({
      routes: [
        {
          routeKey: '$connect',
          integration: request,
          integrationResponses: {
            $default: { responseParameters: { 'method.response.header.Sec-WebSocket-Protocol': "'chat'" } },
          },
        },
      ],
    });
    const client = await connectClient(endpoint, { subprotocols: ['other', 'chat'] });
    expect(client.socket.protocol).toBe('chat');
  });
});

describe('a non-proxy integration that fails', () => {
  const mock = { integrationType: 'MOCK' } as const;
  it.each<[string, Omit<RouteFixture, 'routeKey'>, string, number, string]>([
    [
      'no template fits and none is forbidden',
      { integration: { ...mock, passthroughBehavior: 'NEVER' } },
      'Unsupported Media Type',
      415,
      'No request template of integration "integ0" was selected, there is none under "$default", and its passthrough behavior is "NEVER".',
    ],
    [
      'the request template cannot be rendered',
      { integration: { ...mock, requestTemplates: { $default: '\n$util.parseJson("x")' } } },
      'Internal server error',
      500,
      'The request template "$default" of integration "integ0" cannot be rendered: At line 2, column 1: "$util.parseJson" was given a text that is no JSON.',
    ],
    [
      'no integration response matches',
      { integration: mock, integrationResponses: { '/4../': {} } },
      'Internal server error',
      500,
      'No integration response of integration "integ0" matches the answer with status 200, and there is none with the key "$default".',
    ],
  ])('because %s gives the frame, the status and one event', async (_case, route, message, status, reason) => {
    const routes = ['$default', '$connect'].map((routeKey): RouteFixture => ({ routeKey, isTwoWay: true, ...route }));
    const onMessage = await startBench({ routes: routes.slice(0, 1) });
    const client = await connectClient(onMessage.endpoint);
    client.send('{}');
    expect(await client.next()).toMatch(
      new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{18}==", "requestId":"[\\w-]{15}="\\}$`),
    );
    expect(onMessage.eventsOf('integration-failed')).toEqual([
      {
        kind: 'integration-failed',
        apiId: fixtureApiId,
        stage: 'dev',
        routeKey: '$default',
        integrationId: 'integ0',
        reason,
      },
    ]);

    const onConnect = await startBench({ routes: routes.slice(1) });
    expect(await connectRefused(onConnect.endpoint)).toMatchObject({
      status,
      body: expect.stringContaining(`{"message": "${message}", "connectionId":"`),
    });
    expect(onConnect.eventsOf('integration-failed')).toHaveLength(1);
  });
});
