import { describe, expect, it } from 'vitest';
import type { Integration } from '../model/resources.ts';
import type { IntegrationCall } from './integration.ts';
import { createMockExchange } from './mock.ts';
import { compileNonProxy } from './non-proxy.ts';

const call: IntegrationCall = {
  kind: 'message',
  context: {
    connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
    eventType: 'MESSAGE',
    routeKey: 'echo',
    requestId: 'r',
    requestTimeEpoch: 0,
  },
  text: '{"kind":"teapot"}',
  json: { kind: 'teapot' },
  wantsReply: false,
};

function run(members: Partial<Integration>): Promise<unknown> {
  const integration: Integration = {
    integrationId: 'integ1',
    integrationType: 'MOCK',
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    payloadFormatVersion: '1.0',
    timeoutInMillis: 29_000,
    ...members,
  };
  const record = { integration, integrationResponses: {} };
  return compileNonProxy(record, { teapot: '418' }, createMockExchange(integration))(call);
}

describe('a MOCK integration', () => {
  it.each([
    ['has no template', {}, 200],
    ['has one under $default', { requestTemplates: { $default: '{"statusCode": 418}' } }, 418],
    ['has one under application/json', { requestTemplates: { 'application/json': '{"statusCode": 418}' } }, 418],
    [
      'selects one by a static key',
      { requestTemplates: { '200': '{"statusCode":201}' }, templateSelectionExpression: '200' },
      201,
    ],
    [
      'selects one by the message',
      { requestTemplates: { teapot: '{"statusCode":418}' }, templateSelectionExpression: '$request.body.kind' },
      418,
    ],
    [
      'falls back to $default',
      { requestTemplates: { $default: '{"statusCode":202}' }, templateSelectionExpression: 'other' },
      202,
    ],
    [
      'has a template that decides by the message',
      { requestTemplates: { $default: `#if($input.path('$.kind') == "teapot"){"statusCode": 418}#else{}#end` } },
      418,
    ],
    [
      'has a template that reads a stage variable',
      { requestTemplates: { $default: '#set($status = $stageVariables.teapot){"statusCode": $status}' } },
      418,
    ],
  ])('that %s answers', async (_case, integration, status) => {
    expect(await run(integration)).toEqual({ kind: 'answered', status, headers: {}, body: new Uint8Array() });
  });

  it.each([
    [
      'misconfigured',
      { $default: '{"statusCode":\n200#if($x)}' },
      'cannot be rendered: It is not valid at line 2, column 4: "#if" is not closed',
    ],
    [
      'misconfigured',
      { $default: '$util.urlDecode("%")' },
      'cannot be rendered: At line 1, column 1: "$util.urlDecode" was given',
    ],
    ['misconfigured', { $default: '{"statusCode": $status}' }, 'must give JSON with a numeric "statusCode"'],
    ['misconfigured', { $default: 'nonsense' }, 'must give JSON with a numeric "statusCode"'],
    ['misconfigured', { $default: '{"statusCode":"200"}' }, 'must give JSON with a numeric "statusCode"'],
    ['misconfigured', { $default: 'null' }, 'must give JSON with a numeric "statusCode"'],
    [
      'misconfigured',
      { 'text/plain': '{"statusCode":200}' },
      'A message that no request template of MOCK integration "integ1" was selected for must give JSON',
    ],
  ])('is %s with the templates %j', async (cause, requestTemplates, reason) => {
    expect(await run({ requestTemplates })).toEqual({ kind: 'failed', cause, reason: expect.stringContaining(reason) });
  });

  it('says what is wrong with its template selection expression', async () => {
    const requestTemplates = { $default: '{"statusCode":200}' };
    expect(await run({ requestTemplates, templateSelectionExpression: '$request.boddy.a' })).toEqual({
      kind: 'failed',
      cause: 'misconfigured',
      reason: expect.stringContaining('"$request.boddy.a" is not valid'),
    });
  });
});
