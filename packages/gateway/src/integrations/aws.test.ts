import { describe, expect, it } from 'vitest';
import type { BackEnd, BackEndAnswer, ReceivedRequest } from '../testing/back-end.ts';
import { type GatewayBench, startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const functionUri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:chat:live/invocations';

type Members = Omit<RouteFixture, 'routeKey'>;

/** A gateway with one route of type AWS, all of whose services are one back end. */
async function start(
  routeKey: string,
  integrationUri: string,
  { integration, ...members }: Members = {},
  answer: (request: ReceivedRequest) => BackEndAnswer = () => ({ body: '{}' }),
  stageVariables: Readonly<Record<string, string>> = {},
): Promise<GatewayBench & { readonly service: BackEnd }> {
  const service = await startBenchBackEnd(answer);
  const bench = await startBench(
    {
      routes: [
        {
          routeKey,
          isTwoWay: true,
          integration: { integrationType: 'AWS', integrationUri, ...integration },
          integrationResponses: { $default: {} },
          ...members,
        },
      ],
      stages: { dev: { stageVariables } },
    },
    { clock: createVirtualClock(), aws: { endpoints: { '*': service.url } } },
  );
  return { ...bench, service };
}

/** The request that one message makes. */
async function send(
  integrationUri: string,
  members: Members = {},
  message = '{"room":"a b"}',
): Promise<ReceivedRequest> {
  const { endpoint, service } = await start('$default', integrationUri, members, () => ({ body: '{}' }), { q: 'jobs' });
  const client = await connectClient(endpoint);
  client.send(message);
  return service.next();
}

describe('an action of an AWS service', () => {
  it('of the JSON protocol is named by a header, and signed', async () => {
    const request = await send('arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem', {
      integration: {
        requestTemplates: { $default: `{"TableName":"t","Item":{"id":{"S":"$context.routeKey"}}}` },
      },
    });
    expect(request).toEqual({
      method: 'POST',
      url: '/',
      body: '{"TableName":"t","Item":{"id":{"S":"$default"}}}',
      headers: {
        accept: 'application/json',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=local\/20260925\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=accept;content-type;host;x-amz-date;x-amz-target;x-amzn-apigateway-api-id, Signature=[0-9a-f]{64}$/,
        ),
        connection: 'keep-alive',
        'content-length': '48',
        'content-type': 'application/x-amz-json-1.0',
        host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        'user-agent': `AmazonAPIGateway_${fixtureApiId}`,
        'x-amz-date': '20260925T000113Z',
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        'x-amzn-apigateway-api-id': fixtureApiId,
        'x-amzn-trace-id': expect.any(String),
      },
    });
  });

  it('of another protocol is named by the query, with the parameters of the URI and those that are mapped', async () => {
    const request = await send('arn:aws:apigateway:eu-west-1:sns:action/Publish&Version=2010-03-31', {
      integration: {
        requestParameters: {
          'integration.request.querystring.Message': 'route.request.body.room',
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
        requestTemplates: { $default: 'Subject=x' },
      },
    });
    expect([request.url, request.body]).toEqual(['/?Action=Publish&Version=2010-03-31&Message=a%20b', 'Subject=x']);
    expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request.headers).not.toHaveProperty('x-amz-target');
  });

  it('takes mapped headers instead of its own', async () => {
    const request = await send('arn:aws:apigateway:eu-west-1:events:action/PutEvents', {
      integration: {
        requestParameters: {
          'integration.request.header.X-Amz-Target': "'Other.Action'",
          'integration.request.header.Content-Type': "'text/plain'",
          'integration.request.header.Authorization': "'mine'",
        },
      },
    });
    expect(request.headers).toMatchObject({
      'x-amz-target': 'Other.Action',
      'content-type': 'text/plain',
      authorization: expect.stringContaining('/events/aws4_request'),
    });
  });
});

describe('a path of an AWS service', () => {
  it.each([
    [`arn:aws:apigateway:eu-west-1:sqs:path/123456789012/\${stageVariables.q}`, '/123456789012/jobs'],
    ['arn:aws:apigateway:eu-west-1:s3:path/{bucket}/a', '/a%20b/a'],
    ['arn:aws:apigateway:eu-west-1:abc.execute-api:path/dev/x?y=z', '/dev/x?y=z'],
  ])('is called with stage variables and path parameters: %s', async (uri, url) => {
    const request = await send(uri, {
      integration: {
        integrationMethod: 'PUT',
        requestParameters: { 'integration.request.path.bucket': 'route.request.body.room' },
      },
    });
    expect([request.method, request.url, request.body]).toEqual(['PUT', url, '{"room":"a b"}']);
  });

  it('is answered through the integration response of its status', async () => {
    const { endpoint } = await start(
      '$default',
      'arn:aws:apigateway:eu-west-1:dynamodb:action/GetItem',
      {
        integrationResponses: {
          '/4\\d\\d/': { responseTemplates: { $default: `sorry: $input.path('$.__type')` } },
          $default: { responseTemplates: { $default: `$input.path('$.Item.id.S').length()` } },
        },
      },
      ({ body }) => {
        const { ok } = JSON.parse(body) as { ok: boolean };
        const item = { Item: { id: { S: 'x'.repeat(500_000) } } };
        return ok ? { body: JSON.stringify(item) } : { status: 400, body: '{"__type":"ValidationException"}' };
      },
    );
    const client = await connectClient(endpoint);
    client.send('{"ok":true}');
    expect(await client.next()).toBe('500000');
    client.send('{"ok":false}');
    expect(await client.next()).toBe('sorry: ValidationException');
  });

  it('gives an error when the client would get more than a message holds', async () => {
    const { endpoint, event } = await start('$default', 'arn:aws:apigateway:eu-west-1:s3:path/b/k', {}, () => ({
      body: 'x'.repeat(131_073),
    }));
    const client = await connectClient(endpoint);
    client.send('x');
    expect(await client.next()).toContain('{"message": "Internal server error", ');
    expect((await event('integration-failed')).reason).toContain('131073 bytes long; at most 131072 are expected');
  });
});

describe('a function behind an integration of type AWS', () => {
  it('gets what the template makes, and its answer is the answer', async () => {
    const { endpoint, service } = await start(
      '$default',
      functionUri,
      { integration: { requestTemplates: { $default: `{"text": "$input.body"}` } } },
      () => ({ body: '{"returned":true}' }),
    );
    const client = await connectClient(endpoint);
    client.send('hi');
    expect(await client.next()).toBe('{"returned":true}');
    expect(service.requests).toMatchObject([
      {
        method: 'POST',
        url: '/2015-03-31/functions/chat/invocations?Qualifier=live',
        body: '{"text": "hi"}',
        headers: { authorization: expect.stringContaining('/lambda/aws4_request') },
      },
    ]);
  });

  it('may only be queued', async () => {
    const { endpoint, service } = await start(
      '$connect',
      functionUri,
      { integration: { requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } } },
      () => ({ status: 202 }),
    );
    await connectClient(endpoint);
    expect(service.requests.map(({ headers }) => headers['x-amz-invocation-type'])).toEqual(['Event']);
  });

  const throwing = (errorMessage: string) => (): BackEndAnswer => ({
    headers: { 'X-Amz-Function-Error': 'Unhandled' },
    body: JSON.stringify({ errorMessage, errorType: 'Error' }),
  });
  const responses = {
    '/.*not found.*/': { responseTemplates: { $default: `{"missing": $input.json('$.errorMessage')}` } },
    $default: { responseTemplates: { $default: '{"other": true}' } },
  };

  it.each([
    ['room not found', '{"missing": "room not found"}'],
    ['out of luck', '{"other": true}'],
  ])('that throws "%s" is answered by the integration response that its message selects', async (message, frame) => {
    const { endpoint } = await start('$default', functionUri, { integrationResponses: responses }, throwing(message));
    const client = await connectClient(endpoint);
    client.send('x');
    expect(await client.next()).toBe(frame);
  });

  it('that throws turns a handshake away, whatever makes the answer', async () => {
    const { endpoint } = await start(
      '$connect',
      functionUri,
      { integrationResponses: responses },
      throwing('not found'),
    );
    expect(await connectRefused(endpoint)).toMatchObject({ status: 502, body: '{"missing": "not found"}' });
    const without = await start('$connect', functionUri, { integrationResponses: {} }, throwing('x'));
    expect(await connectRefused(without.endpoint)).toMatchObject({ status: 502 });
  });

  it('that does not exist gives an error, and the owner the reason', async () => {
    const { endpoint, event } = await start('$connect', functionUri, {}, () => ({
      status: 404,
      headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException' },
    }));
    expect(await connectRefused(endpoint)).toMatchObject({ status: 500 });
    expect((await event('integration-failed')).reason).toContain('Lambda answered 404, ResourceNotFoundException.');
  });
});

describe('an integration of type AWS that cannot be called', () => {
  it.each([
    ['arn:aws:apigateway:eu-west-1:sqs:path/1/q', 'The AWS service "sqs" has no endpoint'],
    [functionUri, 'The AWS service "lambda" has no endpoint'],
    ['http://127.0.0.1/', 'The integration URI "http://127.0.0.1/" is not valid: arn:'],
    [`\${stageVariables.none}`, 'The integration URI "" is not valid: arn:'],
  ])('says why: %s', async (integrationUri, reason) => {
    const { endpoint, event } = await startBench({
      routes: [{ routeKey: '$connect', integration: { integrationType: 'AWS', integrationUri } }],
    });
    expect(await connectRefused(endpoint)).toMatchObject({ status: 500 });
    expect((await event('integration-failed')).reason).toContain(reason);
  });
});
