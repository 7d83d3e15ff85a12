import { describe, expect, it } from 'vitest';
import { evaluateExpression } from './evaluate.ts';
import { parseExpression } from './parse-expression.ts';
import type { Scope } from './scope.ts';

const scope: Scope = {
  inputs: {},
  steps: new Map(),
  workflows: new Map(),
  sources: new Map(),
  self: 'https://example.test/shop.yaml',
  outputs: { token: 't' },
  exchange: {
    url: 'http://pets.test/pets/7?limit=2',
    method: 'GET',
    request: {
      headers: new Map([['accept', '*/*']]),
      query: new Map([['limit', 2]]),
      path: new Map([['petId', '7']]),
      body: { name: 'Rex' },
    },
    response: {
      status: 200,
      headers: { etag: ['"1"'], link: ['<a>', '<b>'], 'set-cookie': ['a=1', 'b=2'] },
      body: { id: 7, 'a/b': [{ c: false }], constructor: null },
    },
  },
};

function evaluate(text: string, within: Scope = scope): unknown {
  const expression = parseExpression(text, { propertyPaths: true });
  return expression === undefined ? 'no expression' : evaluateExpression(expression, within);
}

describe('evaluateExpression', () => {
  it.each([
    ['$self', 'https://example.test/shop.yaml'],
    ['$url', 'http://pets.test/pets/7?limit=2'],
    ['$method', 'GET'],
    ['$statusCode', 200],
    ['$request.header.ACCEPT', '*/*'],
    ['$request.query.limit', 2],
    ['$request.query.Limit', undefined],
    ['$request.path.petId', '7'],
    ['$request.body#/name', 'Rex'],
    ['$response.header.ETag', '"1"'],
    ['$response.header.Link', '<a>, <b>'],
    ['$response.header.Set-Cookie', 'a=1'],
    ['$response.header.constructor', undefined],
    ['$response.body#', { id: 7, 'a/b': [{ c: false }], constructor: null }],
    ['$response.body#/a~1b/0/c', false],
    ['$response.body#/none', undefined],
    ['$response.body#/toString', undefined],
    ['$response.body.id', 7],
    ['$outputs.token', 't'],
  ])('gives %s the value %j', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });

  it.each(['$url', '$statusCode', '$response.body', '$request.header.accept', '$outputs.token', '$inputs.toString'])(
    'has no value for %s before anything was sent',
    (text) => {
      const { exchange: _, outputs: __, ...before } = scope;
      expect(evaluate(text, before)).toBeUndefined();
    },
  );
});
