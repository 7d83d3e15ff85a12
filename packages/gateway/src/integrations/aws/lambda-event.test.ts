import { describe, expect, it } from 'vitest';
import type { ConnectionContext, RequestContext } from '../../model/request-context.ts';
import { createEventWriter } from './lambda-event.ts';

const connection: ConnectionContext = {
  apiId: 'a1b2c3d4e5',
  stage: 'dev',
  domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  connectionId: 'gbzQ0AbCdEfGhIjKLw==',
  connectedAt: 1790294473687,
  sourceIp: '203.0.113.7',
  userAgent: 'example-client/1.0',
};

const connectContext: RequestContext = {
  connection,
  eventType: 'CONNECT',
  routeKey: '$connect',
  requestId: 'ECntAbCdEfGhIjk=',
  requestTimeEpoch: 1790294473688,
};

const messageContext: RequestContext = {
  connection,
  eventType: 'MESSAGE',
  routeKey: 'sendmessage',
  requestId: 'EMsgAbCdEfGhIjk=',
  requestTimeEpoch: 1790294474694,
  messageId: 'gbzQ1ZyXwVuTsRqKLw==',
};

const disconnectContext: RequestContext = {
  connection,
  eventType: 'DISCONNECT',
  routeKey: '$disconnect',
  requestId: 'EDscAbCdEfGhIjk=',
  requestTimeEpoch: 1790294663543,
  disconnect: { statusCode: 1000, reason: 'client says bye' },
};

const traceId = 'Root=1-6ab5b9ca-00112233445566778899aabb';
const write = createEventWriter({});
const writeWithVariables = createEventWriter({ phase: 'initial', 'odd"key': '\u00e9' });

const sharedHeaders = {
  Host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  Origin: 'https://app.example.test',
  'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Key': 'c3ludGhldGljLWtleS0wMDE=',
  'Sec-WebSocket-Version': '13',
  'User-Agent': 'example-client/1.0',
};

const frontEndHeaders = {
  'X-Amzn-Trace-Id': traceId,
  'X-Forwarded-For': '203.0.113.7',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};

function lists(values: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}

const connectRequestContext = {
  routeKey: '$connect',
  eventType: 'CONNECT',
  extendedRequestId: 'ECntAbCdEfGhIjk=',
  requestTime: '25/Sep/2026:00:01:13 +0000',
  messageDirection: 'IN',
  stage: 'dev',
  connectedAt: 1790294473687,
  requestTimeEpoch: 1790294473688,
  identity: { userAgent: 'example-client/1.0', sourceIp: '203.0.113.7' },
  requestId: 'ECntAbCdEfGhIjk=',
  domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  connectionId: 'gbzQ0AbCdEfGhIjKLw==',
  apiId: 'a1b2c3d4e5',
};

const messageRequestContext = {
  routeKey: 'sendmessage',
  messageId: 'gbzQ1ZyXwVuTsRqKLw==',
  eventType: 'MESSAGE',
  extendedRequestId: 'EMsgAbCdEfGhIjk=',
  requestTime: '25/Sep/2026:00:01:14 +0000',
  messageDirection: 'IN',
  stage: 'dev',
  connectedAt: 1790294473687,
  requestTimeEpoch: 1790294474694,
  identity: { userAgent: 'example-client/1.0', sourceIp: '203.0.113.7' },
  requestId: 'EMsgAbCdEfGhIjk=',
  domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  connectionId: 'gbzQ0AbCdEfGhIjKLw==',
  apiId: 'a1b2c3d4e5',
};

const disconnectHeaders = {
  Host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  'x-api-key': '',
  'X-Forwarded-For': '',
  'x-restapi': '',
};

const disconnectRequestContext = {
  routeKey: '$disconnect',
  disconnectStatusCode: 1000,
  eventType: 'DISCONNECT',
  extendedRequestId: 'EDscAbCdEfGhIjk=',
  requestTime: '25/Sep/2026:00:04:23 +0000',
  messageDirection: 'IN',
  disconnectReason: 'client says bye',
  stage: 'dev',
  connectedAt: 1790294473687,
  requestTimeEpoch: 1790294663543,
  identity: { userAgent: 'example-client/1.0', sourceIp: '203.0.113.7' },
  requestId: 'EDscAbCdEfGhIjk=',
  domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  connectionId: 'gbzQ0AbCdEfGhIjKLw==',
  apiId: 'a1b2c3d4e5',
};

function writeConnect(
  headers: readonly (readonly [string, string])[],
  query = '',
  context: RequestContext = connectContext,
): string {
  return write({ kind: 'connect', context, handshake: { headers, query } }, traceId);
}

describe('the event of a message', () => {
  it('has the recorded members in the recorded order', () => {
    const text = '{"action":"sendmessage","data":"hello"}';
    expect(
      write({ kind: 'message', context: messageContext, text, json: JSON.parse(text), wantsReply: true }, traceId),
    ).toBe(JSON.stringify({ requestContext: messageRequestContext, body: text, isBase64Encoded: false }));
  });

  it('begins with the stage variables where there are any', () => {
    const text = 'plain text, "not" JSON \u2028 \u{1f600}';
    expect(
      writeWithVariables(
        { kind: 'message', context: messageContext, text, json: undefined, wantsReply: true },
        traceId,
      ),
    ).toBe(
      JSON.stringify({
        stageVariables: { phase: 'initial', 'odd"key': '\u00e9' },
        requestContext: messageRequestContext,
        body: text,
        isBase64Encoded: false,
      }),
    );
  });

  it('has no user agent where the client has sent none, and any route key', () => {
    const { userAgent: _none, ...anonymous } = connection;
    const context = { ...messageContext, connection: { ...anonymous, domainName: 'a"b' }, routeKey: 'say "hi"' };
    const event = JSON.parse(
      write({ kind: 'message', context, text: '', json: undefined, wantsReply: true }, traceId),
    ) as unknown;
    expect(event).toEqual({
      requestContext: {
        ...messageRequestContext,
        routeKey: 'say "hi"',
        domainName: 'a"b',
        identity: { sourceIp: '203.0.113.7' },
      },
      body: '',
      isBase64Encoded: false,
    });
  });
});

describe('the event of a handshake', () => {
  it('has the recorded members in the recorded order, and the headers by their names', () => {
    const headers = Object.entries(sharedHeaders).reverse();
    const upgrade = [['Connection', 'Upgrade'] as const, ['upgrade', 'websocket'] as const];
    const expected = { ...sharedHeaders, ...frontEndHeaders };
    expect(writeConnect([...upgrade, ...headers])).toBe(
      JSON.stringify({
        headers: expected,
        multiValueHeaders: lists(expected),
        requestContext: connectRequestContext,
        isBase64Encoded: false,
      }),
    );
  });

  it('has the last and all values of parameters, percent- and plus-decoded, in the order of the client', () => {
    const event = writeConnect([], 'room=42&tag=first&tag=second&encoded=a%2Bb+space&empty');
    expect(event).toContain(
      '"queryStringParameters":{"room":"42","tag":"second","encoded":"a+b space","empty":""},' +
        '"multiValueQueryStringParameters":{"room":["42"],"tag":["first","second"],"encoded":["a+b space"],"empty":[""]},' +
        '"requestContext":',
    );
  });

  it('has the last and all values of a header, under its first spelling', () => {
    const event = writeConnect([
      ['x-z', '1'],
      ['X-a', '2'],
      ['X-Z', '3'],
    ]);
    expect(event).toContain('{"headers":{"X-a":"2","X-Amzn-Trace-Id":');
    expect(event).toContain('"X-Forwarded-Proto":"https","x-z":"3"},"multiValueHeaders":{"X-a":["2"],');
    expect(event).toContain('"x-z":["1","3"]},"requestContext":');
  });

  it('shows what the front end adds instead of what a client claims', () => {
    const event = JSON.parse(writeConnect([['x-forwarded-for', '10.0.0.1']])) as { headers: unknown };
    expect(event.headers).toEqual(frontEndHeaders);
  });

  it('keeps names that mean something to JavaScript', () => {
    expect(writeConnect([['__proto__', 'a']], '__proto__=b')).toMatch(
      /^\{"headers":\{"__proto__":"a",.*"queryStringParameters":\{"__proto__":"b"\},/,
    );
  });

  it('has the stage variables before the context', () => {
    const event = writeWithVariables(
      { kind: 'connect', context: connectContext, handshake: { headers: [], query: 'a=1' } },
      traceId,
    );
    expect(event).toContain(
      '"multiValueQueryStringParameters":{"a":["1"]},"stageVariables":{"phase":"initial","odd\\"key":"\u00e9"},"requestContext":',
    );
  });
});

describe('the event of a disconnect', () => {
  it('has the recorded members in the recorded order, and four fixed headers', () => {
    expect(write({ kind: 'disconnect', context: disconnectContext }, traceId)).toBe(
      JSON.stringify({
        headers: disconnectHeaders,
        multiValueHeaders: lists(disconnectHeaders),
        requestContext: disconnectRequestContext,
        isBase64Encoded: false,
      }),
    );
  });

  it('has an empty reason where there is none, and the stage variables behind the headers', () => {
    const context = { ...disconnectContext, disconnect: { statusCode: 1001, reason: '' } };
    expect(writeWithVariables({ kind: 'disconnect', context }, traceId)).toBe(
      JSON.stringify({
        headers: disconnectHeaders,
        multiValueHeaders: lists(disconnectHeaders),
        stageVariables: { phase: 'initial', 'odd"key': '\u00e9' },
        requestContext: { ...disconnectRequestContext, disconnectStatusCode: 1001, disconnectReason: '' },
        isBase64Encoded: false,
      }),
    );
  });
});
