import { describe, expect, it } from 'vitest';
import type { BackEndAnswer, ReceivedRequest } from '../testing/back-end.ts';
import { startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { fixtureApiId, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:chat';
const uriOf = (arn: string): string =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

function route(routeKey: string, arn = functionArn): RouteFixture {
  return { routeKey, isTwoWay: true, integration: { integrationType: 'AWS_PROXY', integrationUri: uriOf(arn) } };
}

/** A gateway whose functions answer as told. */
async function startWithLambda(
  routes: readonly RouteFixture[],
  answer: (request: ReceivedRequest) => BackEndAnswer | Promise<BackEndAnswer>,
  stageVariables: Readonly<Record<string, string>> = {},
) {
  const lambda = await startBenchBackEnd(answer);
  const clock = createVirtualClock();
  const bench = await startBench(
    { routes, stages: { dev: { stageVariables } } },
    { clock, aws: { endpoints: { lambda: `${lambda.url}/base` } } },
  );
  return { ...bench, lambda, clock };
}

const returning = (value: unknown): BackEndAnswer => ({ body: JSON.stringify(value) });

describe('a function behind a route', () => {
  it('is invoked by its name, signed, with the event, and its body comes back', async () => {
    const { endpoint, lambda, clock } = await startWithLambda([route('$default')], () =>
      returning({ statusCode: 500, headers: { 'x-a': 'b' }, body: 'hello "you"' }),
    );
    const client = await connectClient(endpoint);
    client.send('hi');
    expect(await client.next()).toBe('hello "you"');
    const [request] = lambda.requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/base/2015-03-31/functions/chat/invocations',
      headers: {
        host: new URL(lambda.url).host,
        'content-type': 'application/json',
        'user-agent': `AmazonAPIGateway_${fixtureApiId}`,
        'x-amz-date': '20260925T000113Z',
        'x-amz-invocation-type': 'RequestResponse',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-6ab5b9c9-[0-9a-f]{24}$/),
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=local\/20260925\/eu-west-1\/lambda\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-invocation-type, Signature=[0-9a-f]{64}$/,
        ),
      },
    });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      requestContext: { routeKey: '$default', eventType: 'MESSAGE', requestTimeEpoch: clock.now() },
      body: 'hi',
    });
  });

  it.each([
    [`${functionArn}:live`, '/base/2015-03-31/functions/chat/invocations?Qualifier=live'],
    [`${functionArn}:$LATEST`, '/base/2015-03-31/functions/chat/invocations?Qualifier=%24LATEST'],
    [
      `${functionArn}-\${stageVariables.name}:\${stageVariables.alias}`,
      '/base/2015-03-31/functions/chat-two/invocations?Qualifier=blue',
    ],
    [`\${stageVariables.arn}`, '/base/2015-03-31/functions/other/invocations'],
  ])('may have a qualifier and stage variables in its ARN: %s', async (arn, url) => {
    const { endpoint, lambda } = await startWithLambda([route('$connect', arn)], () => returning({ statusCode: 200 }), {
      name: 'two',
      alias: 'blue',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:other',
    });
    await connectClient(endpoint);
    expect(lambda.requests.map((request) => request.url)).toEqual([url]);
  });

  it('gets the event of the handshake, with one trace id, and of the end', async () => {
    const { endpoint, lambda } = await startWithLambda([route('$connect'), route('$disconnect')], () =>
      returning({ statusCode: 204 }),
    );
    const client = await connectClient(`${endpoint}?a=1`);
    client.socket.close(3001, 'bye');
    const [connect, disconnect] = [await lambda.next(), await lambda.next()];
    expect(JSON.parse(connect.body)).toMatchObject({
      headers: { 'X-Amzn-Trace-Id': connect.headers['x-amzn-trace-id'] },
      queryStringParameters: { a: '1' },
      requestContext: { eventType: 'CONNECT' },
    });
    expect(JSON.parse(disconnect.body)).toMatchObject({
      requestContext: { eventType: 'DISCONNECT', disconnectStatusCode: 3001, disconnectReason: 'bye' },
    });
  });

  it('says nothing with a missing, null or empty body', async () => {
    const answers = [{ statusCode: 200 }, { statusCode: 200, body: null }, { statusCode: 200, body: '' }];
    const { endpoint } = await startWithLambda([route('$default')], ({ body }) => {
      const { body: text } = JSON.parse(body) as { body: string };
      return returning(answers[Number(text)] ?? { statusCode: 200, body: 'end' });
    });
    const client = await connectClient(endpoint);
    for (const text of ['0', '1', '2', '3']) client.send(text);
    expect(await client.next()).toBe('end');
  });

  it('is given up when it answers with more than Lambda does', async () => {
    const { endpoint, event } = await startWithLambda([route('$connect')], () => ({ body: ' '.repeat(6_291_557) }));
    expect(await connectRefused(endpoint)).toMatchObject({ status: 502 });
    expect((await event('integration-failed')).reason).toContain('answered with more than 6291556 bytes');
  });

  it('may answer with as much as a message holds, and not more', async () => {
    const { endpoint, event } = await startWithLambda([route('$default')], ({ body }) => {
      const { body: text } = JSON.parse(body) as { body: string };
      return returning({ statusCode: 200, body: '"'.repeat(Number(text)) });
    });
    const client = await connectClient(endpoint);
    client.send('131072');
    expect(await client.next()).toHaveLength(131_072);
    client.send('131073');
    expect(await client.next()).toContain('{"message": "Internal server error", ');
    expect(await event('integration-failed')).toMatchObject({
      reason: expect.stringContaining('a "body" of at most 131072 bytes is expected'),
    });
  });
});

describe('a function behind $connect', () => {
  it('chooses a subprotocol, in any letter case', async () => {
    const { endpoint } = await startWithLambda([route('$connect')], () =>
      returning({ statusCode: 200, headers: { 'SEC-websocket-PROTOCOL': 'two', 'x-a': 'b' }, body: 'unseen' }),
    );
    const client = await connectClient(endpoint, { subprotocols: ['one', 'two'] });
    expect(client.socket.protocol).toBe('two');
    expect(client.headers).not.toHaveProperty('x-a');
  });

  it('refuses with its own status and body', async () => {
    const { endpoint } = await startWithLambda([route('$connect')], () =>
      returning({ statusCode: 403, headers: { 'Content-Type': 'application/json', 'X-A': 'b' }, body: '{"no":1}' }),
    );
    expect(await connectRefused(endpoint)).toEqual({
      status: 403,
      body: '{"no":1}',
      headers: {
        date: expect.any(String),
        connection: 'keep-alive',
        'content-length': '8',
        'content-type': 'application/json; charset=UTF-8',
        'x-a': 'b',
        'x-amz-apigw-id': expect.any(String),
      },
    });
  });
});

const functionError = (error: unknown): BackEndAnswer => ({
  headers: { 'X-Amz-Function-Error': 'Unhandled' },
  body: JSON.stringify(error),
});
const lambdaError = (status: number, type: string): BackEndAnswer => ({
  status,
  headers: { 'x-amzn-ErrorType': type },
  body: '{"Message":"secret"}',
});

describe('a function that fails', () => {
  it.each<[string, BackEndAnswer, number, string]>([
    [
      'throws',
      functionError({ errorType: 'TypeError', errorMessage: 'secret' }),
      502,
      'Function "chat" failed with "TypeError".',
    ],
    [
      'throws what has no name',
      functionError({ errorType: 'a secret', errorMessage: 'x' }),
      502,
      'Function "chat" failed with "an error without a name".',
    ],
    ['throws nothing readable', { ...functionError(null), body: '<' }, 502, 'Function "chat" failed with "an error'],
    ['returns no status', returning({ body: 'x' }), 502, 'a "statusCode" from 200 to 599 is expected'],
    [
      'does not exist',
      lambdaError(404, 'ResourceNotFoundException:http://internal/'),
      500,
      'Function "chat" could not be invoked: Lambda answered 404, ResourceNotFoundException.',
    ],
    ['is throttled', lambdaError(429, 'TooManyRequestsException'), 500, 'answered 429, TooManyRequestsException.'],
    ['may not be invoked', lambdaError(403, 'AccessDeniedException'), 500, 'answered 403, AccessDeniedException.'],
    ['is behind a broken service', { status: 502 }, 500, 'Function "chat" could not be invoked: Lambda answered 502.'],
    ['is only queued', { status: 202 }, 502, 'cannot use: JSON is expected.'],
  ])('because it %s: the client gets an error, the owner the reason', async (_case, answer, status, reason) => {
    const { endpoint, event } = await startWithLambda([route('$connect')], () => answer);
    const { status: actual, body } = await connectRefused(endpoint);
    expect([actual, body]).toEqual([status, expect.stringContaining('{"message": "Internal server error", ')]);
    const failed = await event('integration-failed');
    expect(failed.reason).toContain(reason);
    expect(failed.reason).not.toContain('secret');

    const other = await startWithLambda([{ ...route('$default'), isTwoWay: false }], () => answer);
    const client = await connectClient(other.endpoint);
    client.send('x');
    expect(await client.next()).toContain('{"message": "Internal server error", ');
  });

  it('by taking too long: 504 on a handshake, a frame on a message', async () => {
    const never = new Promise<BackEndAnswer>(() => undefined);
    const { endpoint, lambda, clock } = await startWithLambda([route('$connect')], () => never);
    const refused = connectRefused(endpoint);
    await lambda.next();
    clock.advance(29_000);
    expect(await refused).toMatchObject({
      status: 504,
      body: expect.stringContaining('{"message": "Endpoint request timed out", '),
    });

    const other = await startWithLambda([route('$default')], () => never);
    const client = await connectClient(other.endpoint);
    client.send('x');
    await other.lambda.next();
    other.clock.advance(29_000);
    expect(await client.next()).toContain('{"message": "Endpoint request timed out", ');
  });
});

describe('a function that is nowhere', () => {
  it.each<[string, RouteFixture, string]>([
    ['no endpoint was given', route('$connect'), 'The AWS service "lambda" has no endpoint'],
    ['a stage variable has no value', route('$connect', `\${stageVariables.none}`), 'is not valid: arn:{partition}:'],
    [
      'the URI is of another service',
      {
        routeKey: '$connect',
        integration: { integrationType: 'AWS_PROXY', integrationUri: 'arn:aws:apigateway:eu-west-1:sqs:path/1/q' },
      },
      'is that of another AWS service: arn:{partition}:apigateway:{region}:lambda:path',
    ],
  ])('because %s is not looked for elsewhere', async (_case, fixture, reason) => {
    const { endpoint, event } = await startBench({ routes: [fixture] });
    expect(await connectRefused(endpoint)).toMatchObject({ status: 500 });
    expect((await event('integration-failed')).reason).toContain(reason);
  });
});
