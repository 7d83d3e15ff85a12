import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { type BackEnd, closedPort, startBackEnd } from './harness/back-end.ts';
import { type JsonRecord, type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

let serving: ServingProcess;
let backEnd: BackEnd;
let unreachable: string;

beforeAll(async () => {
  serving = await startServing(['serve']);
  unreachable = `http://127.0.0.1:${await closedPort()}`;
  backEnd = await startBackEnd(({ url, headers, body }) => {
    if (url === '/slow') return new Promise(() => {});
    const status = Number(/^\/status\/(\d{3})/.exec(url)?.[1] ?? 200);
    return {
      status,
      headers: { 'x-kind': 'echo', 'x-protocol': 'chat' },
      body: url.startsWith('/raw') ? body : JSON.stringify({ url, body, mapped: headers['x-mapped'] ?? null }),
    };
  });
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

/** A `$default` route to the path of the back end, whose integration response has the template. */
function http(path: string, members: object = {}, template = '$input.body'): RouteDescription {
  return {
    routeKey: '$default',
    integration: { integrationType: 'HTTP', integrationMethod: 'POST', integrationUri: backEnd.url + path, ...members },
    integrationResponses: { $default: { responseTemplates: { $default: template } } },
  };
}

/** A `$default` route whose MOCK integration has status 200. */
function mock(members: Partial<RouteDescription> = {}): RouteDescription {
  return {
    routeKey: '$default',
    integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
    ...members,
  };
}

/** The frame that a message is answered with, and what the gateway told its owner of it. */
async function exchange(
  route: RouteDescription,
  message: string,
  more: { readonly models?: Readonly<Record<string, object>>; readonly stageVariables?: Record<string, string> } = {},
): Promise<{ readonly frame: string; readonly apiId: string }> {
  const { apiId, endpoint } = await deployApi(serving.gateway, { routes: [route], ...more });
  const client = await connect(endpoint);
  client.send(message);
  const frame = await client.message();
  await client.close(1000);
  return { frame, apiId };
}

const errorFrame = (message: string): RegExp =>
  new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{18}==", "requestId":"[\\w-]{15}="\\}$`);

describe('an HTTP integration', () => {
  it.each<[string, object, string, unknown]>([
    ['passes a message on', {}, '{"a":1}', { body: '{"a":1}' }],
    ['passes on what is not JSON', {}, 'plain', { body: 'plain' }],
    [
      'sends what its template makes',
      {
        requestTemplates: {
          $default: `{"to":"$context.routeKey","list":[#foreach($i in $input.path('$.list'))"$i"#if($foreach.hasNext),#end#end],"mode":"$stageVariables.mode"}`,
        },
      },
      '{"list":["x","y"]}',
      { body: '{"to":"$default","list":["x","y"],"mode":"blue"}' },
    ],
    [
      'selects its template by the message',
      { requestTemplates: { a: 'A', b: 'B' }, templateSelectionExpression: '$request.body.kind' },
      '{"kind":"b"}',
      { body: 'B' },
    ],
    [
      'passes a message on that no template fits',
      { requestTemplates: { a: 'A' }, templateSelectionExpression: '$request.body.kind' },
      '{"kind":"c"}',
      { body: '{"kind":"c"}' },
    ],
    [
      'falls back to the template under $default',
      {
        requestTemplates: { a: 'A', $default: 'D' },
        templateSelectionExpression: '$request.body.kind',
        passthroughBehavior: 'NEVER',
      },
      '{"kind":"c"}',
      { body: 'D' },
    ],
    ['decodes with CONVERT_TO_BINARY', { contentHandlingStrategy: 'CONVERT_TO_BINARY' }, 'aGk=', { body: 'hi' }],
    [
      'fills placeholders, query and headers in',
      {
        integrationUri: 'PLACE/rooms/{room}',
        requestParameters: {
          'integration.request.path.room': 'route.request.body.room',
          'integration.request.querystring.mode': 'stageVariables.mode',
          'integration.request.header.X-Mapped': 'context.stage',
        },
      },
      '{"room":"a/b"}',
      { url: '/rooms/a%2Fb?mode=blue', mapped: 'test' },
    ],
    [
      'takes its address from stage variables',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the service's own notation.
      { integrationUri: 'http://${stageVariables.host}/by-variable' },
      '{}',
      { url: '/by-variable' },
    ],
  ])('%s', async (_case, members, message, received) => {
    const route = http('/', {
      ...members,
      ...('integrationUri' in members && {
        integrationUri: String(members.integrationUri).replace('PLACE', backEnd.url),
      }),
    });
    const stageVariables = { mode: 'blue', host: new URL(backEnd.url).host };
    const { frame } = await exchange(route, message, { stageVariables });
    expect(JSON.parse(frame)).toMatchObject(received as object);
  });

  const responses = {
    '/2\\d\\d/': { responseTemplates: { $default: 'fine $context.status' } },
    '/4\\d{2}/': { responseTemplates: { $default: 'yours $context.status' } },
    '/500|502/': { responseTemplates: { $default: 'ours $context.status' } },
    $default: { responseTemplates: { $default: 'else $context.status' } },
  };
  it.each([
    [201, 'fine 201'],
    [404, 'yours 404'],
    [502, 'ours 502'],
    [503, 'else 503'],
  ])('answers status %i by the integration response that matches', async (status, expected) => {
    const { frame } = await exchange({ ...http(`/status/${status}`), integrationResponses: responses }, '{}');
    expect(frame).toBe(expected);
  });

  it.each<[string, object, string, string]>([
    ['the body without a template', {}, 'raw text', 'raw text'],
    ['a template over the body', { responseTemplates: { $default: "<$input.path('$.a.b')>" } }, '{"a":{"b":7}}', '<7>'],
    [
      'the template that a header selects',
      {
        responseTemplates: { echo: 'by header' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the service's own notation.
        templateSelectionExpression: '${integration.response.header.X-Kind}',
      },
      '{}',
      'by header',
    ],
    [
      'what CONVERT_TO_BINARY decodes',
      { contentHandlingStrategy: 'CONVERT_TO_BINARY', responseTemplates: { $default: "$util.base64Encode('ü')" } },
      '{}',
      'ü',
    ],
  ])('replies with %s', async (_case, response, message, expected) => {
    const { frame } = await exchange({ ...http('/raw'), integrationResponses: { $default: response } }, message);
    expect(frame).toBe(expected);
  });

  it('answers a handshake with status, mapped headers and the template, and chooses the subprotocol', async () => {
    const responseParameters = {
      'method.response.header.Sec-WebSocket-Protocol': 'integration.response.header.x-protocol',
      'method.response.header.X-Why': "'because'",
    };
    const onConnect = (path: string): RouteDescription => ({
      ...http(path, {}),
      routeKey: '$connect',
      integrationResponses: {
        $default: { responseParameters, responseTemplates: { $default: '{"s":$context.status}' } },
      },
      isTwoWay: false,
    });
    const accepting = await deployApi(serving.gateway, { routes: [onConnect('/')] });
    const client = await connect(accepting.endpoint, { subprotocols: ['other', 'chat'] });
    expect(client.socket.protocol).toBe('chat');
    await client.close(1000);

    const refusing = await deployApi(serving.gateway, { routes: [onConnect('/status/403')] });
    const { status, headers, body } = await refusal(refusing.endpoint);
    expect([status, body, headers['x-why'], headers['content-type'], headers['x-kind']]).toEqual([
      403,
      '{"s":403}',
      'because',
      'application/json; charset=UTF-8',
      undefined,
    ]);
  });
});

describe('a route', () => {
  it('sends nothing back without a route response, whatever its integration response says', async () => {
    const template = { $default: { responseTemplates: { $default: '$context.routeKey' } } };
    const failing = { '/4../': {} };
    const { endpoint } = await deployApi(serving.gateway, {
      routes: [
        mock({ routeKey: 'silent', isTwoWay: false, integrationResponses: template }),
        mock({ routeKey: 'unmatched', isTwoWay: false, integrationResponses: failing }),
        mock({
          routeKey: 'expression',
          isTwoWay: false,
          integrationResponses: template,
          route: { routeResponseSelectionExpression: '$default' },
        }),
        mock({ integrationResponses: template }),
      ],
    });
    const client = await connect(endpoint);
    for (const action of ['silent', 'unmatched', 'expression', 'loud']) client.send(JSON.stringify({ action }));
    expect(await client.message()).toBe('$default');
    await client.close(1000);
  });
});

describe('a MOCK integration', () => {
  it.each<[string, Partial<RouteDescription>, string]>([
    [
      'replies with its response template',
      { integrationResponses: { $default: { responseTemplates: { $default: '$input.body|$context.status' } } } },
      '|200',
    ],
    [
      'is selected by the status that its request template makes',
      {
        integration: {
          integrationType: 'MOCK',
          requestTemplates: { $default: `{"statusCode": #if($input.path('$.ok') == true)200#else 422#end}` },
        },
        integrationResponses: {
          '/200/': { responseTemplates: { $default: 'yes' } },
          '/4\\d\\d/': { responseTemplates: { $default: 'no' } },
        },
      },
      'no',
    ],
  ])('%s', async (_case, members, expected) => {
    expect((await exchange(mock(members), '{}')).frame).toBe(expected);
  });

  it('refuses a handshake by $context.responseOverride', async () => {
    const template = `#if($input.params('token') != 'good')#set($context.responseOverride.status = 401)#end{"ok":false}`;
    const { endpoint } = await deployApi(serving.gateway, {
      routes: [
        mock({
          routeKey: '$connect',
          isTwoWay: false,
          integrationResponses: { $default: { responseTemplates: { $default: template } } },
        }),
      ],
    });
    expect(await refusal(`${endpoint}?token=bad`)).toMatchObject({ status: 401, body: '{"ok":false}' });
    const client = await connect(`${endpoint}?token=good`);
    await client.close(1000);
  });
});

describe('a model', () => {
  const models = {
    Order: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['item'],
      properties: { item: { type: 'string' }, count: { type: 'integer', minimum: 0, exclusiveMinimum: true } },
    },
    Note: { type: 'object', required: ['text'] },
  };
  const route = (requestModels: object): RouteDescription =>
    mock({
      route: { modelSelectionExpression: '$request.body.kind', requestModels },
      integrationResponses: { $default: { responseTemplates: { $default: 'taken' } } },
    });

  it.each<[string, object, boolean]>([
    ['{"kind":"order","item":"tea","count":1}', { order: 'Order' }, true],
    ['{"kind":"order","item":"tea","count":0}', { order: 'Order' }, false],
    ['{"kind":"order"}', { order: 'Order' }, false],
    ['{"kind":"other","text":"t"}', { order: 'Order', $default: 'Note' }, true],
    ['{"kind":"other"}', { order: 'Order', $default: 'Note' }, false],
    ['{"kind":"other","item":"tea"}', { order: 'Order' }, false],
    ['plain', { order: 'Order', $default: 'Note' }, false],
  ])('%s with the models %j is taken: %j', async (message, requestModels, isTaken) => {
    const { frame } = await exchange(route(requestModels), message, { models });
    if (isTaken) expect(frame).toBe('taken');
    else {
      expect(frame).toMatch(
        /^\{"message" : "Bad request body", "connectionId": "[\w-]{18}==", "messageId": "[\w-]{18}=="\}$/,
      );
    }
  });

  it('judges nothing on $connect, which has no body', async () => {
    const { endpoint } = await deployApi(serving.gateway, {
      models,
      routes: [{ ...route({ order: 'Order' }), routeKey: '$connect', isTwoWay: false }],
    });
    const client = await connect(endpoint);
    await client.close(1000);
  });
});

describe('what goes wrong', () => {
  it.each<[string, () => RouteDescription, string, string]>([
    [
      'no template fits and NEVER',
      () => http('/', { passthroughBehavior: 'NEVER' }),
      'Unsupported Media Type',
      'and its passthrough behavior is "NEVER".',
    ],
    [
      'a request template fails',
      () => http('/', { requestTemplates: { $default: '{\n"a": $util.parseJson($input.body)}' } }),
      'Internal server error',
      'cannot be rendered: At line 2, column 6: "$util.parseJson" was given a text that is no JSON.',
    ],
    [
      'a response template fails',
      () => http('/raw', {}, "$input.path('$.a')"),
      'Internal server error',
      'cannot be rendered: At line 1, column 1: "$input" was asked for JSON, and the body is none.',
    ],
    [
      'no integration response matches',
      () => ({ ...http('/status/500'), integrationResponses: { '/2../': {} } }),
      'Internal server error',
      'matches the answer with status 500, and there is none with the key "$default".',
    ],
    [
      'there is no integration response',
      () => ({ ...http('/'), integrationResponses: {} }),
      'Internal server error',
      'has no integration response, so there is nothing to reply with',
    ],
    [
      'a message is not in Base64',
      () => http('/', { contentHandlingStrategy: 'CONVERT_TO_BINARY' }),
      'Internal server error',
      'converts its request to binary, and the request is not in Base64.',
    ],
    [
      'the back end takes too long',
      () => http('/slow', { timeoutInMillis: 50 }),
      'Endpoint request timed out',
      '/slow" did not answer within 50 ms.',
    ],
    [
      'nothing listens there',
      () => http('/', { integrationUri: unreachable }),
      'Internal server error',
      'refused the connection (ECONNREFUSED).',
    ],
    [
      'a stage variable is missing',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the service's own notation.
      () => http('/', { integrationUri: 'http://${stageVariables.nowhere}/' }),
      'Internal server error',
      'and the stage has no variable "nowhere".',
    ],
  ])('%s: an error frame, and one event that says what', async (_case, route, message, reason) => {
    const { frame, apiId } = await exchange(route(), 'not JSON!');
    expect(frame).toMatch(errorFrame(message));
    const isTold = (record: JsonRecord): boolean => record.kind === 'integration-failed' && record.apiId === apiId;
    await serving.record(isTold);
    const told = serving.records.filter(isTold);
    expect(told).toEqual([expect.objectContaining({ routeKey: '$default', reason: expect.stringContaining(reason) })]);
  });
});
