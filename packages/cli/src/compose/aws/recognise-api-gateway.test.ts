import type { SourceSummary } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { recogniseApiGateway } from './recognise-api-gateway.ts';

const source = (description: unknown): SourceSummary => ({
  name: 'apiGatewayV2',
  type: 'openapi',
  url: 'file:///openapi.yaml',
  serverUrl: undefined,
  securitySchemes: new Map(),
  description,
});

const describing = (schema: unknown, components: unknown = {}) =>
  source({
    paths: { '/v2/apis': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
    components,
  });

const body = (...names: readonly string[]) => ({
  content: { 'application/json': { schema: { properties: Object.fromEntries(names.map((name) => [name, {}])) } } },
});

/** A description with `createRoute` alone. */
const trimmed = (operation: object) =>
  source({ paths: { '/v2/apis/{ApiId}/routes': { post: { operationId: 'createRoute', ...operation } } } });

describe('recogniseApiGateway', () => {
  it.each([
    ['member names', describing({ properties: { ProtocolType: {} } }), 'member-names'],
    ['wire names', describing({ properties: { protocolType: {} } }), 'wire-names'],
    [
      'a referenced schema',
      describing(
        { $ref: '#/components/schemas/Create~1Api' },
        { schemas: { 'Create/Api': { properties: { ProtocolType: {} } } } },
      ),
      'member-names',
    ],
    ['another API', source({ paths: { '/pets': {} } }), undefined],
    [
      'a schema that refers to itself',
      describing({ $ref: '#/components/a' }, { a: { $ref: '#/components/a' } }),
      undefined,
    ],
    ['no description', source(undefined), undefined],
    ['a single operation in member names', trimmed({ requestBody: body('RouteKey', 'Target') }), 'member-names'],
    ['a single operation in wire names', trimmed({ requestBody: body('routeKey') }), 'wire-names'],
    ['the members of an answer', trimmed({ responses: { '201': body('RouteId') } }), 'member-names'],
    ['an operation that tells of no members', trimmed({}), 'wire-names'],
    ['an operation of that path under another name', trimmed({ operationId: 'addRoute' }), undefined],
    ['paths that are none', source({ paths: { '/v2/apis': null, '/v2/': { get: 7 } } }), undefined],
  ])('knows %s', async (_case, summary, dialect) => {
    expect(await recogniseApiGateway(summary)).toBe(dialect);
  });

  it('goes on to the next operation where one tells of no members', async () => {
    const paths = {
      '/v2/apis/{apiId}': { parameters: [], delete: { operationId: 'deleteApi' } },
      '/v2/apis/{apiId}/routes': { get: { operationId: 'GetRoutes', responses: { 200: body('Items') } } },
    };
    expect(await recogniseApiGateway(source({ paths }))).toBe('member-names');
  });
});
