import { describe, expect, it } from 'vitest';
import type { IntegrationCall } from '../integration.ts';
import { compileRequestParameters, type MappedParameters, mapParameters } from './request-parameters.ts';

const context: IntegrationCall['context'] = {
  connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
  eventType: 'MESSAGE',
  routeKey: 'echo',
  requestId: 'r',
  requestTimeEpoch: 0,
};
const message: IntegrationCall = {
  kind: 'message',
  context,
  text: '',
  json: { a: 'x y', list: [1] },
  wantsReply: true,
};
const connect: IntegrationCall = {
  kind: 'connect',
  context,
  handshake: {
    headers: [
      ['X-Tag', 'one'],
      ['x-tag', 'two'],
    ],
    query: 'q=1&q=2',
  },
};

function map(call: IntegrationCall, requestParameters: Record<string, string>): MappedParameters {
  const compiled = compileRequestParameters(requestParameters);
  if (compiled.kind === 'invalid') throw new Error(compiled.message);
  return mapParameters(compiled.mappings, call, { mode: 'blue' });
}

describe('request parameters', () => {
  it('go where their keys say', () => {
    const mapped = map(message, {
      'integration.request.header.A': 'route.request.body.a',
      'integration.request.querystring.q': 'route.request.body.a',
      'integration.request.querystring.mode': 'stageVariables.mode',
      'integration.request.path.id': 'context.connectionId',
      'integration.request.header.none': 'route.request.header.X-Tag',
    });
    expect(mapped).toEqual({ headers: [['A', 'x y']], query: 'q=x%20y&mode=blue', path: new Map([['id', 'c']]) });
  });

  it('take what the client sent with its handshake', () => {
    const mapped = map(connect, {
      'integration.request.header.last': 'route.request.header.X-TAG',
      'integration.request.header.each': 'route.request.multivalueheader.x-tag',
      'integration.request.querystring.q': 'route.request.multivaluequerystring.q',
      'integration.request.header.body': 'route.request.body.a',
    });
    expect(mapped).toEqual({
      headers: [
        ['last', 'two'],
        ['each', 'one'],
        ['each', 'two'],
      ],
      query: 'q=1&q=2',
      path: new Map(),
    });
  });

  it('cannot end a header', () => {
    const call: IntegrationCall = { ...message, json: { a: 'x\r\nHost: y\u0000' } };
    expect(map(call, { 'integration.request.header.A': 'route.request.body.a' }).headers).toEqual([
      ['A', 'x  Host: y '],
    ]);
  });

  it('say which of them is not valid', () => {
    expect(compileRequestParameters({ 'integration.request.header.a': 'nonsense' })).toEqual({
      kind: 'invalid',
      message: expect.stringContaining('The request parameter "integration.request.header.a" is not valid'),
    });
  });
});
