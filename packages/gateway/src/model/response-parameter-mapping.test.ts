import { describe, expect, it } from 'vitest';
import {
  evaluateResponseParameter,
  parseResponseParameterMapping,
  type ResponseParameterScope,
} from './response-parameter-mapping.ts';

const scope: ResponseParameterScope = {
  context: {
    connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
    eventType: 'CONNECT',
    routeKey: '$connect',
    requestId: 'r',
    requestTimeEpoch: 0,
  },
  stageVariables: { mode: 'blue' },
  header: (name) => (name === 'x-tag' ? ['one', 'two'] : []),
  body: () => ({ user: { tags: ['a', 'b'] } }),
};

describe('a response parameter', () => {
  it.each([
    ["'text'", ['text']],
    ["''", ['']],
    ['integration.response.header.X-Tag', ['two']],
    ['integration.response.multivalueheader.x-tag', ['one', 'two']],
    ['integration.response.header.none', []],
    ['integration.response.body.user.tags[1]', ['b']],
    ['integration.response.body.user.tags', ['[a, b]']],
    ['integration.response.body.none', []],
    ['integration.response.body', ['{user={tags=[a, b]}}']],
    ['stageVariables.mode', ['blue']],
    ['stageVariables.toString', []],
    ['context.connectionId', ['c']],
    ['context.nothing', []],
  ])('from %s has the values %j', (source, values) => {
    const parsed = parseResponseParameterMapping('method.response.header.X-Own', source);
    if (parsed.kind === 'invalid') throw new Error(parsed.message);
    expect([parsed.mapping.header, evaluateResponseParameter(parsed.mapping, scope)]).toEqual(['x-own', values]);
  });

  it.each([
    [
      'integration.response.header.a',
      "'x'",
      '"method.response.header." and the name of a header is expected as the key',
    ],
    ['method.response.header.a b', "'x'", '"method.response.header." and the name of a header is expected as the key'],
    [
      'method.response.header.a',
      'route.request.body.x',
      '"route.request.body.x" is no source; an "integration.response." parameter, "stageVariables.", "context." or a text in single quotes is expected',
    ],
    [
      'method.response.header.a',
      'integration.response.body.a..b',
      'The path ".a..b" is not valid: a member (".name") or an index ("[0]") is expected at "..b"',
    ],
  ])('%s from %s is refused', (key, source, reason) => {
    expect(parseResponseParameterMapping(key, source)).toEqual({
      kind: 'invalid',
      message: `The response parameter "${key}" is not valid: ${reason}.`,
    });
  });
});
