import { describe, expect, it } from 'vitest';
import type { Scope } from '../expression/scope.ts';
import { compileCriterion } from './compile.ts';
import { MAX_MATCHED_LENGTH } from './regex.ts';

function scope(body: unknown): Scope {
  const request = { headers: new Map(), query: new Map(), path: new Map(), body: undefined };
  const exchange = { url: '', method: 'GET', request, response: { status: 200, headers: {}, body } };
  return { inputs: {}, steps: new Map(), workflows: new Map(), sources: new Map(), exchange };
}

function test(condition: string, context: string, body: unknown) {
  const result = compileCriterion({ condition, context, type: 'regex', pointer: '' });
  return result.kind === 'compiled' ? result.criterion.test(scope(body)).kind : result.kind;
}

describe('a regex criterion', () => {
  it.each([
    ['^200$', '$statusCode', null, 'satisfied'],
    ['^20{2}$', '$statusCode', null, 'satisfied'],
    ['^a+$', '$response.body', 'aaa', 'satisfied'],
    ['^a\\_b$', '$response.body', 'a_b', 'satisfied'],
    ['^A+$', '$response.body', 'aaa', 'unsatisfied'],
    ['"id":1', '$response.body', { id: 1 }, 'satisfied'],
    ['.*', '$response.body#/none', {}, 'unsatisfied'],
    ['x', '$response.body', 'x'.repeat(MAX_MATCHED_LENGTH + 1), 'unsatisfied'],
    ['(', '$response.body', '', 'invalid'],
    ['x', 'response.body', '', 'invalid'],
    ['{$inputs.x}', '$response.body', '', 'unsupported'],
  ])('/%s/ on %s of %j is %s', (condition, context, body, kind) => {
    expect(test(condition, context, body)).toBe(kind);
  });

  it('tells what it was matched with', () => {
    const result = compileCriterion({ condition: '^ok$', context: '$response.body', type: 'regex', pointer: '' });
    expect(result.kind === 'compiled' && result.criterion.test(scope('no'))).toEqual({
      kind: 'unsatisfied',
      message: 'The criterion /^ok$/ is not satisfied: "$response.body" is "no".',
      expected: '/^ok$/',
      actual: 'no',
    });
  });
});

it.each(['jsonpath', 'xpath'])('does not support %s criteria, and says so', (type) => {
  expect(compileCriterion({ condition: '$.x', context: '$response.body', type, pointer: '' })).toEqual({
    kind: 'unsupported',
    message: `Criteria of the type "${type}" are not supported yet.`,
  });
});
