import { expect, it } from 'vitest';
import { dialectOf, recogniseOperation } from './recognise-operation.ts';

it.each([
  ['post', '/v2/apis/{ApiId}/routes', 'createRoute', 'CreateRoute'],
  ['GET', '/v2/apis/{id}/routes/{route}', 'GetRoute', 'GetRoute'],
  ['get', '/v2/apis/{id}/routes', 'listRoutes', undefined],
  ['put', '/v2/apis/{id}/routes', 'createRoute', undefined],
  ['post', '/v1/apis/{id}/routes', 'createRoute', undefined],
  ['post', '/v2/%zz', 'createRoute', undefined],
])('%s %s called %s is the operation %s', (method, path, operationId, name) => {
  expect(recogniseOperation(method, path, operationId)?.name).toBe(name);
});

it.each([
  [['routeKey'], 'wire-names'],
  [['RouteKey'], 'member-names'],
  [['RouteId', 'note'], 'member-names'],
  [['note'], undefined],
  [[], undefined],
])('the members %j are of the dialect %s', (names, dialect) => {
  const operation = recogniseOperation('POST', '/v2/apis/{ApiId}/routes', 'CreateRoute');
  expect(operation && dialectOf(operation, new Set(names))).toBe(dialect);
});
