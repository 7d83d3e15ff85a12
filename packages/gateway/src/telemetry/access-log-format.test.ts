import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../model/request-context.ts';
import { compileAccessLogFormat } from './access-log-format.ts';
import type { RequestOutcome } from './request-outcome.ts';

const context: RequestContext = {
  connection: {
    apiId: 'a1b2c3d4e5',
    stage: 'dev',
    domainName: '127.0.0.1:4610',
    connectionId: 'gbgA_A9XiQAYKEiI6A==',
    connectedAt: 1_790_294_473_000,
    sourceIp: '203.0.113.7',
    userAgent: 'agent "x"\\',
  },
  eventType: 'MESSAGE',
  routeKey: 'echo',
  requestId: 'EOn3uEbGIAMEjkA=',
  requestTimeEpoch: 1_790_294_474_250,
  messageId: 'gbgA_Q9XiQAYKEiI6A==',
};
const answered: RequestOutcome = {
  status: 200,
  called: {
    type: 'HTTP_PROXY',
    result: { kind: 'answered', status: 201, headers: {}, body: new Uint8Array() },
    milliseconds: 12.4,
  },
};
const failed: RequestOutcome = {
  status: 500,
  error: { message: 'Internal server error', responseType: 'INTEGRATION_FAILURE' },
  called: {
    type: 'HTTP_PROXY',
    result: { kind: 'failed', cause: 'unreachable', reason: 'The back end "http://x/" refused\nthe connection.' },
    milliseconds: 3,
  },
};
const format = (text: string, outcome: RequestOutcome = answered): string =>
  compileAccessLogFormat(text)({ context, outcome });

describe('an access log format', () => {
  it.each([
    ['$context.requestId $context.extendedRequestId', 'EOn3uEbGIAMEjkA= EOn3uEbGIAMEjkA='],
    ['$context.apiId/$context.stage@$context.domainName', 'a1b2c3d4e5/dev@127.0.0.1:4610'],
    ['[$context.requestTime] $context.requestTimeEpoch', '[25/Sep/2026:00:01:14 +0000] 1790294474250'],
    ['$context.connectionId,$context.connectedAt', 'gbgA_A9XiQAYKEiI6A==,1790294473000'],
    ['$context.eventType $context.routeKey $context.messageId', 'MESSAGE echo gbgA_Q9XiQAYKEiI6A=='],
    ['$context.identity.sourceIp - - "GET"', '203.0.113.7 - - "GET"'],
    ['{"agent":"$context.identity.userAgent"}', '{"agent":"agent \\"x\\"\\\\"}'],
    ['$context.status $context.integrationStatus $context.integrationLatency', '200 201 12'],
    ['$context.integration.status $context.integration.latency $context.integration.integrationStatus', '201 12 201'],
    ['<a>$context.status.</a>', '<a>200.</a>'],
    ['$contextual $context. context.status', '$contextual $context. context.status'],
    ['plain', 'plain'],
  ])('%s is written as %s', (text, line) => {
    expect(format(text)).toBe(line);
  });

  it.each([
    'error.message',
    'error.messageString',
    'error.responseType',
    'error.validationErrorString',
    'authorizer.principalId',
    'authorizer.anything',
    'authenticate.status',
    'identity.caller',
    'identity.user',
    'identity.apiKey',
    'integrationErrorMessage',
    'waf.status',
    'responseLength',
    'responseLatency',
    'httpMethod',
    'resourcePath',
    'constructor',
    'nonsense',
  ])('writes - for $context.%s, which has no value', (name) => {
    expect(format(`<$context.${name}>`)).toBe('<->');
  });

  it('says why a request failed, on one line', () => {
    expect(
      format(
        '$context.status $context.error.message $context.error.messageString $context.error.responseType $context.integrationStatus',
        failed,
      ),
    ).toBe('500 Internal server error "Internal server error" INTEGRATION_FAILURE -');
    expect(format('$context.integrationErrorMessage', failed)).toBe(
      'The back end \\"http://x/\\" refused\\nthe connection.',
    );
  });

  it('gives one line for any format and any value', () => {
    const fragment = fc.oneof(
      fc.constantFrom('$context.', '$context.identity.userAgent', '$context.error.message', '$context..x', '.', '$'),
      fc.string().map((text) => text.replaceAll(/[\p{Cc}$]/gu, '')),
    );
    fc.assert(
      fc.property(fc.array(fragment), fc.string({ unit: 'binary' }), (fragments, userAgent) => {
        const connection = { ...context.connection, userAgent };
        const line = compileAccessLogFormat(fragments.join(''))({
          context: { ...context, connection },
          outcome: failed,
        });
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  it('has the status of Lambda’s own answer beside that of the function', () => {
    const outcome: RequestOutcome = {
      status: 503,
      called: {
        type: 'AWS_PROXY',
        result: { kind: 'answered', status: 503, headers: {}, body: new Uint8Array() },
        milliseconds: 5,
      },
    };
    expect(format('$context.integrationStatus $context.integration.integrationStatus', outcome)).toBe('503 200');
  });

  it('has no latency for a MOCK integration, which calls nothing', () => {
    const outcome: RequestOutcome = {
      status: 200,
      called: {
        type: 'MOCK',
        result: { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() },
        milliseconds: 5,
      },
    };
    expect(format('$context.integrationStatus $context.integrationLatency', outcome)).toBe('200 -');
  });
});
