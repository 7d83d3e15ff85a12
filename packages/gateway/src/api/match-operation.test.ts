import { describe, expect, it } from 'vitest';
import { matchOperation } from './match-operation.ts';
import { operations } from './operations.ts';

describe('matchOperation', () => {
  it('finds every operation of the table by its own method and path', () => {
    for (const operation of operations.values()) {
      const path = operation.path.replace(/\{(\w+)\}/g, 'x');
      expect(matchOperation(operation.method, path)).toMatchObject({ kind: 'operation', operation });
    }
  });

  it.each([
    ['/v2/apis/a1/stages/dev/routesettings/%24connect', { ApiId: 'a1', StageName: 'dev', RouteKey: '$connect' }],
    ['/v2/apis/a1/stages/dev/routesettings/$connect', { ApiId: 'a1', StageName: 'dev', RouteKey: '$connect' }],
    [
      '/v2/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapis%2Fa1',
      { ResourceArn: 'arn:aws:apigateway:us-east-1::/apis/a1' },
    ],
  ])('decodes the labels of %s after splitting', (path, labels) => {
    expect(matchOperation('DELETE', path)).toMatchObject({ kind: 'operation', labels });
  });

  it.each([
    ['GET', '/v2', { kind: 'unknown-path' }],
    ['GET', '/v2/apis/', { kind: 'unknown-path' }],
    ['GET', '/v2/apis//routes', { kind: 'unknown-path' }],
    ['GET', '/v2/api%73', { kind: 'operation' }],
    ['GET', '/v2/constructor', { kind: 'unknown-path' }],
    ['GET', '/v2/apis/%zz', { kind: 'malformed-path', segment: '%zz' }],
    ['POST', '/v2/apis/a1', { kind: 'wrong-method', allowed: ['DELETE', 'GET', 'PATCH', 'PUT'] }],
  ])('answers %s %s', (method, path, match) => {
    expect(matchOperation(method, path)).toMatchObject(match);
  });
});
