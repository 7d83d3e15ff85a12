import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { startAwsService } from './harness/aws-service.ts';
import { credentials } from './harness/aws-signature.ts';
import type { BackEnd, ReceivedRequest } from './harness/back-end.ts';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

const environment = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
};

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:chat';
const functionUri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

function proxy(routeKey: string, isTwoWay = true): RouteDescription {
  return { routeKey, isTwoWay, integration: { integrationType: 'AWS_PROXY', integrationUri: functionUri } };
}

describe('the Lambda Invoke API', () => {
  let lambda: BackEnd;
  let serving: ServingProcess;

  beforeAll(async () => {
    lambda = await startAwsService('lambda', ({ body }) => {
      const { body: message } = JSON.parse(body) as { body?: string };
      return { status: 200, body: JSON.stringify({ statusCode: 200, body: message }) };
    });
    serving = await startServing(['serve', '--endpoint', `lambda=${lambda.url}`], environment);
  });

  afterAll(async () => {
    await serving.kill();
    await lambda.close();
  });

  const received = (eventType: string): Promise<ReceivedRequest> =>
    lambda.request(({ body }) => body.includes(`"eventType":"${eventType}"`));

  it('gets the events of a connection, signed, byte by byte as they were recorded', async () => {
    const { apiId, endpoint } = await deployApi(serving.gateway, {
      routes: [proxy('$connect', false), proxy('$default'), proxy('$disconnect', false)],
      stageVariables: { phase: 'initial' },
    });
    const client = await connect(`${endpoint}?room=42&tag=first&tag=second`, {
      headers: { Zulu: '1', alpha: '2', 'User-Agent': 'example-client/1.0' },
    });
    const message = 'Grüße, "quoted"\n\u2028';
    client.send(message);
    expect(await client.message()).toBe(message);
    await client.close(3001, 'client says bye');

    const { host } = new URL(serving.gateway);
    const context = ({ body }: ReceivedRequest) => {
      const event = JSON.parse(body) as { readonly requestContext: Readonly<Record<string, unknown>> };
      const { requestId, connectedAt, requestTimeEpoch, requestTime, connectionId, messageId } = event.requestContext;
      expect(String(requestId)).toMatch(/^[\w-]{15}=$/);
      expect(String(connectionId)).toMatch(/^[\w-]{18}==$/);
      expect(String(requestTime)).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
      return { requestId, connectedAt, requestTimeEpoch, requestTime, connectionId, messageId };
    };
    const shared = (request: ReceivedRequest) => {
      const { requestId, connectedAt, requestTimeEpoch, connectionId } = context(request);
      return {
        stage: 'test',
        connectedAt,
        requestTimeEpoch,
        identity: { userAgent: 'example-client/1.0', sourceIp: '127.0.0.1' },
        requestId,
        domainName: host,
        connectionId,
        apiId,
      };
    };
    const opening = (request: ReceivedRequest) => {
      const { requestId, requestTime } = context(request);
      return { extendedRequestId: requestId, requestTime, messageDirection: 'IN' };
    };

    const connected = await received('CONNECT');
    const handshakeHeaders = {
      alpha: '2',
      Host: host,
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
      'Sec-WebSocket-Key': (JSON.parse(connected.body) as { headers: Record<string, string> }).headers[
        'Sec-WebSocket-Key'
      ],
      'Sec-WebSocket-Version': '13',
      'User-Agent': 'example-client/1.0',
      'X-Amzn-Trace-Id': connected.headers['x-amzn-trace-id'],
      'X-Forwarded-For': '127.0.0.1',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
      Zulu: '1',
    };
    const lists = (values: object) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
    expect(connected.body).toBe(
      JSON.stringify({
        headers: handshakeHeaders,
        multiValueHeaders: lists(handshakeHeaders),
        queryStringParameters: { room: '42', tag: 'second' },
        multiValueQueryStringParameters: { room: ['42'], tag: ['first', 'second'] },
        stageVariables: { phase: 'initial' },
        requestContext: { routeKey: '$connect', eventType: 'CONNECT', ...opening(connected), ...shared(connected) },
        isBase64Encoded: false,
      }),
    );

    const routed = await received('MESSAGE');
    expect(routed.body).toBe(
      JSON.stringify({
        stageVariables: { phase: 'initial' },
        requestContext: {
          routeKey: '$default',
          messageId: context(routed).messageId,
          eventType: 'MESSAGE',
          ...opening(routed),
          ...shared(routed),
        },
        body: message,
        isBase64Encoded: false,
      }),
    );

    const disconnected = await received('DISCONNECT');
    const disconnectHeaders = { Host: host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
    expect(disconnected.body).toBe(
      JSON.stringify({
        headers: disconnectHeaders,
        multiValueHeaders: lists(disconnectHeaders),
        stageVariables: { phase: 'initial' },
        requestContext: {
          routeKey: '$disconnect',
          disconnectStatusCode: 3001,
          eventType: 'DISCONNECT',
          ...opening(disconnected),
          disconnectReason: 'client says bye',
          ...shared(disconnected),
        },
        isBase64Encoded: false,
      }),
    );
    for (const { method, url, headers } of [connected, routed, disconnected]) {
      expect([method, url]).toEqual(['POST', '/2015-03-31/functions/chat/invocations']);
      expect(headers['x-amz-invocation-type']).toBe('RequestResponse');
    }
  });

  it('is called nowhere without an endpoint, and the owner is told what to give', async () => {
    const other = await startServing(['serve'], { ...environment, AWS_ENDPOINT_URL_LAMBDA: '' });
    const { apiId, endpoint } = await deployApi(other.gateway, { routes: [proxy('$connect')] });
    expect(await refusal(endpoint)).toMatchObject({ status: 500 });
    const failed = await other.record((record) => record.kind === 'integration-failed' && record.apiId === apiId);
    expect(failed.reason).toContain('give the endpoint "lambda" a URL, or "aws" for AWS itself');
    await other.stop();
  });

  it('refuses an endpoint that is none before anything starts', async () => {
    const { exitCode, stderr } = await gatewright(['serve', '--endpoint', 'lambda=127.0.0.1:9001']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('The endpoint of service "lambda" is not valid')]);
  });
});

describe('a handler as it is written for the service', () => {
  let runtime: ChildProcess;
  let serving: ServingProcess;
  let endpoint: string;

  beforeAll(async () => {
    const path = (name: string) => fileURLToPath(new URL(`functions/${name}`, import.meta.url));
    runtime = spawn(process.execPath, [path('runtime.mjs'), path('chat.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...environment,
        AWS_REGION: 'eu-west-1',
        NODE_EXTRA_CA_CERTS: (await gatewright(['certificate'])).stdout.trim(),
      },
    });
    const [url] = (await once(runtime.stdout ?? runtime, 'data')) as [Buffer];
    serving = await startServing(['serve'], { AWS_ENDPOINT_URL_LAMBDA: String(url).trim() });
    const routes = [proxy('$connect', false), proxy('$disconnect', false), proxy('say'), proxy('fail', false)];
    endpoint = (await deployApi(serving.gateway, { routes })).endpoint;
  });

  afterAll(async () => {
    await serving.kill();
    runtime.kill('SIGKILL');
    await once(runtime, 'close');
  });

  it('turns away, chooses a subprotocol, replies, pushes to others, and hears who leaves', async () => {
    const refused = await refusal(endpoint);
    expect([refused.status, refused.body]).toEqual([401, '{"reason":"who are you?"}']);

    const ada = await connect(`${endpoint}?name=Ada`, { subprotocols: ['chat'] });
    const bob = await connect(`${endpoint}?name=Bob`, { subprotocols: ['other', 'chat'] });
    expect([ada.socket.protocol, bob.socket.protocol]).toEqual(['chat', 'chat']);
    ada.send('{"action":"say","text":"hello"}');
    expect(await bob.message()).toBe('Ada: hello');
    expect(await ada.message()).toBe('{"heard":1}');
    bob.send('{"action":"fail"}');
    expect(await bob.message()).toContain('{"message": "Internal server error", ');
    const failed = await serving.record(({ kind }) => kind === 'integration-failed');
    expect(failed.reason).toBe('Function "chat" failed with "TypeError".');
    await bob.close(1000, 'tired');
    expect(await ada.message()).toBe('Bob has left (tired)');
    await ada.close(1000);
  });
});

describe('an action of an AWS service', () => {
  it('is asked for with what the template makes, signed, and answered by what is made of its answer', async () => {
    const dynamodb = await startAwsService('dynamodb', ({ headers }) => ({
      status: 200,
      body: JSON.stringify({ Items: [{ text: { S: String(headers['x-amz-target']) } }] }),
    }));
    const serving = await startServing(['serve'], { ...environment, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url });
    const { endpoint } = await deployApi(serving.gateway, {
      routes: [
        {
          routeKey: '$default',
          integration: {
            integrationType: 'AWS',
            integrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/Query',
            integrationMethod: 'POST',
            credentialsArn: 'arn:aws:iam::123456789012:role/any',
            requestTemplates: { $default: `{"Key":{"id":{"S":"$context.connectionId"}},"Room":$input.json('$.room')}` },
          },
          integrationResponses: {
            $default: { responseTemplates: { $default: `{"text":"$input.path('$.Items[0].text.S')"}` } },
          },
        },
      ],
    });
    const client = await connect(endpoint);
    client.send('{"room":"Zürich"}');
    expect(await client.message()).toBe('{"text":"DynamoDB_20120810.Query"}');
    expect(dynamodb.received.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^\{"Key":\{"id":\{"S":"[\w-]{18}=="\}\},"Room":"Zürich"\}$/),
    ]);
    await client.close(1000);
    await serving.stop();
    await dynamodb.close();
  });
});
