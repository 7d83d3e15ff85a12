import { describe, expect, it } from 'vitest';
import {
  evaluateRequestParameter,
  parseRequestParameterMapping,
  type RequestParameterScope,
} from './request-parameter-mapping.ts';

const scope: RequestParameterScope = {
  context: {
    connection: {
      apiId: 'a1b2c3d4e5',
      stage: 'dev',
      domainName: 'localhost:4610',
      connectionId: 'gbzQ0AbCdEfGhIjKLw==',
      connectedAt: 1790294473687,
      sourceIp: '203.0.113.7',
    },
    eventType: 'CONNECT',
    routeKey: '$connect',
    requestId: 'EMsgAbCdEfGhIjk=',
    requestTimeEpoch: 1790294474694,
  },
  stageVariables: { mode: 'blue' },
  queryParameter: (name) => (name === 'tag' ? ['first', 'second'] : []),
  header: (name) => (name === 'x-room' ? ['42'] : []),
  body: () => ({ a: { b: [1, 'two'] }, nothing: null }),
};

describe('parseRequestParameterMapping', () => {
  it.each([
    ["'text'", { kind: 'literal', text: 'text' }],
    ["''", { kind: 'literal', text: '' }],
    ['route.request.querystring.P', { kind: 'querystring', name: 'P', multivalue: false }],
    ['route.request.multivaluequerystring.P', { kind: 'querystring', name: 'P', multivalue: true }],
    ['route.request.header.X-A', { kind: 'header', name: 'X-A', multivalue: false }],
    ['route.request.multivalueheader.X-A', { kind: 'header', name: 'X-A', multivalue: true }],
    ['route.request.body', { kind: 'body', path: [] }],
    ['route.request.body.a[0]', { kind: 'body', path: ['a', 0] }],
    ['stageVariables.mode', { kind: 'stage-variable', name: 'mode' }],
    ['context.identity.sourceIp', { kind: 'context', name: 'identity.sourceIp' }],
  ])('reads the source %s', (value, source) => {
    expect(parseRequestParameterMapping('integration.request.header.connectionId', value)).toEqual({
      kind: 'mapping',
      mapping: { location: 'header', name: 'connectionId', source },
    });
  });

  it.each([['querystring'], ['path']])('reads the location "%s"', (location) => {
    expect(parseRequestParameterMapping(`integration.request.${location}.p`, "'x'")).toEqual({
      kind: 'mapping',
      mapping: { location, name: 'p', source: { kind: 'literal', text: 'x' } },
    });
  });

  it.each([
    ['integration.request.body.a', "'x'", 'is expected as the key'],
    ['method.request.header.a', "'x'", 'is expected as the key'],
    ['integration.request.header.a b', "'x'", 'is expected as the key'],
    ['integration.request.header.a', 'context', '"context" is no source'],
    ['integration.request.header.a', "'x", '"\'x" is no source'],
    ['integration.request.header.a', 'route.request.path.a', '"route.request.path.a" is no source'],
    ['integration.request.header.a', 'route.request.body.a[*]', 'The path ".a[*]" is not valid'],
  ])('refuses %s: %s', (key, value, reason) => {
    const parsed = parseRequestParameterMapping(key, value);
    expect(parsed).toEqual({ kind: 'invalid', message: expect.stringContaining(reason) });
    expect(parsed).toEqual({ kind: 'invalid', message: expect.stringContaining(`"${key}"`) });
  });
});

describe('evaluateRequestParameter', () => {
  it.each([
    ["'text'", ['text']],
    ['route.request.querystring.tag', ['second']],
    ['route.request.multivaluequerystring.tag', ['first', 'second']],
    ['route.request.querystring.missing', []],
    ['route.request.header.x-room', ['42']],
    ['route.request.body.a.b', ['[1, two]']],
    ['route.request.body.a.b[1]', ['two']],
    ['route.request.body.nothing', ['']],
    ['route.request.body.missing', []],
    ['stageVariables.mode', ['blue']],
    ['stageVariables.constructor', []],
    ['context.connectionId', ['gbzQ0AbCdEfGhIjKLw==']],
    ['context.messageId', []],
  ])('gives %s the values %j', (value, values) => {
    const parsed = parseRequestParameterMapping('integration.request.header.a', value);
    expect(parsed.kind === 'mapping' && evaluateRequestParameter(parsed.mapping, scope)).toEqual(values);
  });
});
