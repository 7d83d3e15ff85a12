import { describe, expect, it } from 'vitest';
import type { Criterion } from '../document/model.ts';
import type { Scope } from '../expression/scope.ts';
import { compileCriterion } from './compile.ts';

function scope(body: unknown, inputs: Record<string, unknown> = {}): Scope {
  const request = { headers: new Map(), query: new Map(), path: new Map(), body: undefined };
  const exchange = { url: '', method: 'GET', request, response: { status: 200, headers: {}, body } };
  return { inputs, steps: new Map(), workflows: new Map(), sources: new Map(), exchange };
}

type Written = Partial<Criterion> & Pick<Criterion, 'condition'>;

function test(criterion: Written, body: unknown, inputs?: Record<string, unknown>) {
  const result = compileCriterion({ context: '$response.body', type: 'simple', pointer: '', ...criterion });
  return result.kind === 'compiled' ? result.criterion.test(scope(body, inputs)) : result;
}

function messageOf(criterion: Written, body: unknown, inputs?: Record<string, unknown>): string | undefined {
  const result = test(criterion, body, inputs);
  return 'message' in result ? result.message : undefined;
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
    ['x$', '$response.body', 'x'.repeat(1_000_000), 'satisfied'],
    ['(', '$response.body', '', 'invalid'],
    ['x', 'response.body', '', 'invalid'],
    ['^({$inputs.pattern})\\d{2}$', '$response.body', 'b12', 'satisfied'],
    ['^({$inputs.pattern})\\d{2}$', '$response.body', 'c12', 'unsatisfied'],
    ['^{$notAnExpression}$', '$response.body', '', 'unsatisfied'],
  ])('/%s/ on %s of %j is %s', (condition, context, body, kind) => {
    expect(test({ condition, context, type: 'regex' }, body, { pattern: 'a|b' }).kind).toBe(kind);
  });

  it('tells what it was matched with', () => {
    expect(test({ condition: '^ok$', type: 'regex' }, 'no')).toEqual({
      kind: 'unsatisfied',
      message: 'The regex criterion "^ok$" is not satisfied: "$response.body" is "no".',
      expected: 'regex ^ok$',
      actual: 'no',
    });
  });

  it.each([
    ['/^Bob$/', 'slashes around'],
    ['^a$/i', 'slashes around'],
    ['\\ABob\\z', '"\\A", which is the letter "A" in ECMA-262'],
    ['/users/', undefined],
    ['^/a\\$/$', undefined],
    ['\\\\A', undefined],
  ])('with the signs of other dialects has a note: %s', (condition, note) => {
    const result = compileCriterion({ condition, context: '$response.body', type: 'regex', pointer: '' });
    const notes = result.kind === 'compiled' ? result.criterion.notes : [];
    expect(notes).toEqual(note === undefined ? [] : [{ message: expect.stringContaining(note) }]);
  });

  it('refuses flags within, and says that there are none', () => {
    expect(messageOf({ condition: '(?i)^bob$', type: 'regex' }, '')).toBe(
      'The condition "(?i)^bob$" is no regular expression: Invalid group; ECMA-262 has no flags such as "(?i)" within an expression.',
    );
  });

  it('is stopped when it backtracks, and fails', () => {
    expect(messageOf({ condition: '^(a+)+$', type: 'regex' }, `${'a'.repeat(60)}!`)).toContain(
      ', and the condition cannot be evaluated: its evaluation took longer than 2000 ms.',
    );
  });
});

describe('a jsonpath criterion', () => {
  const body = { status: 'sold', Items: [{ id: 1 }, { id: 2 }] };

  it.each([
    ['$.Items[*]', 'satisfied'],
    ['$.Items[?@.id == 2]', 'satisfied'],
    ['$.Items[?@.id == {$inputs.id}]', 'satisfied'],
    ['$[?@ == "{$inputs.status}"]', 'satisfied'],
    ['$.none', 'unsatisfied'],
  ])('%s is %s', (condition, kind) => {
    expect(test({ condition, type: 'jsonpath', version: 'rfc9535' }, body, { id: 2, status: 'sold' }).kind).toBe(kind);
  });

  it.each([
    ['$.Items.length == 0', 'unsatisfied'],
    ['$.Items.length > 1', 'satisfied'],
    ['$.status == "SOLD"', 'satisfied'],
    ["$.status != 'sold'", 'unsatisfied'],
    ['$.Items[1].id == 2 && !$.none', 'satisfied'],
    ['$.Items[1].id == $inputs.id', 'satisfied'],
    ['$.Items[0].id == {$inputs.id}', 'unsatisfied'],
    ["$.status == '{$inputs.status}'", 'satisfied'],
    ["$.status == 'sold' && $statusCode == 200", 'satisfied'],
  ])('the comparison %s is read as one, with a note, and is %s', (condition, kind) => {
    const result = compileCriterion({ condition, context: '$response.body', type: 'jsonpath', pointer: '' });
    const criterion = result.kind === 'compiled' ? result.criterion : undefined;
    expect(criterion?.notes).toEqual([
      {
        message: `The condition ${JSON.stringify(condition)} is a comparison, which no JSONPath is; it is read as one on "$response.body".`,
        section: 'JSONPath Conditions',
      },
    ]);
    expect(criterion?.test(scope(body, { id: 2, status: 'sold' })).kind).toBe(kind);
  });

  it('a comparison tells the rules what it reads besides its context', () => {
    const condition = "$.a == $inputs.a && $.b == 'is {$inputs.b}' && $.c";
    const result = compileCriterion({ condition, context: '$response.body', type: 'jsonpath', pointer: '' });
    expect(result.kind === 'compiled' && result.criterion.expressions.map(({ text }) => text)).toEqual([
      '$response.body',
      '$inputs.a',
      '$inputs.b',
    ]);
  });

  it.each([
    ['$.a =', 'no JSONPath (RFC 9535)'],
    ['$statusCode == 200', 'no JSONPath (RFC 9535)'],
  ])('%s is invalid', (condition, message) => {
    expect(messageOf({ condition, type: 'jsonpath', version: 'rfc9535' }, body)).toContain(message);
  });
});

it('a jsonpath criterion on text says that there is nothing in it to be found', () => {
  expect(messageOf({ condition: '$.a', type: 'jsonpath', version: 'rfc9535' }, '<a/>')).toBe(
    'The jsonpath criterion "$.a" is not satisfied: "$response.body" is "<a/>", text, in which a JSONPath finds nothing.',
  );
});

describe('an xpath criterion', () => {
  it.each([
    ['/pets/pet = "Rex"', '<pets><pet>Rex</pet></pets>', 'satisfied'],
    ['/pets/pet[@age > {$inputs.age}]', '<pets><pet age="3"/></pets>', 'satisfied'],
    ['/pets/cat', '<pets/>', 'unsatisfied'],
    ['/pets[', '', 'invalid'],
  ])('%s on %s is %s', (condition, body, kind) => {
    expect(test({ condition, type: 'xpath', version: 'xpath-31' }, body, { age: 2 }).kind).toBe(kind);
  });

  it('fails on what is no XML, and says so', () => {
    expect(messageOf({ condition: '/a', type: 'xpath', version: 'xpath-31' }, { a: 1 })).toBe(
      'The xpath criterion "/a" is not satisfied: "$response.body" is {"a":1}, and the condition cannot be evaluated: it needs XML text and is given {"a":1}.',
    );
  });

  it('of an older version refuses what is newer', () => {
    expect(test({ condition: '(1 to 2) ! .', type: 'xpath', version: 'xpath-20' }, '')).toMatchObject({
      kind: 'unsupported',
    });
  });
});

it.each([
  ['/pets/0', 'satisfied'],
  ['/pets/1', 'unsatisfied'],
  ['pets', 'invalid'],
])('the jsonpointer criterion %s is %s', (condition, kind) => {
  expect(test({ condition, type: 'jsonpointer', version: 'rfc6901' }, { pets: [false] }).kind).toBe(kind);
});

it('that is simple and cannot be read, but has a context, may want a type', () => {
  expect(messageOf({ condition: '$.pets[*]' }, {})).toBe(
    'The condition "$.pets[*]" cannot be read: "$.pets[*]" is no runtime expression. With a "context", a "type" such as "jsonpath" may be missing.',
  );
});

it.each([
  [
    { condition: '$response.status == 200' },
    '"$response.status" is no runtime expression. Did you mean "$statusCode"?',
  ],
  [
    { condition: 'x', type: 'regex', context: '{$response.body}' },
    'The context "{$response.body}" is no runtime expression. Did you mean "$response.body"?',
  ],
])('that misspells an expression is told what was meant: %j', (criterion, message) => {
  expect(messageOf(criterion, {})).toContain(message);
});

describe('an embedded expression', () => {
  it('that has no value fails the criterion', () => {
    expect(messageOf({ condition: '{$inputs.x}', type: 'regex' }, 'text')).toBe(
      'The regex criterion "{$inputs.x}" is not satisfied: "$response.body" is "text", and "$inputs.x" in the condition has no value.',
    );
  });

  it('that makes the condition unreadable fails the criterion', () => {
    expect(messageOf({ condition: '{$inputs.x}', type: 'regex' }, 'text', { x: '(' })).toBe(
      'The regex criterion "(" is not satisfied: "$response.body" is "text", and the condition cannot be read: The condition "(" is no regular expression: Unterminated group.',
    );
  });

  it('is told to the rules', () => {
    const result = compileCriterion({
      condition: '^{$inputs.x}$',
      context: '$response.body',
      type: 'regex',
      pointer: '',
    });
    expect(result.kind === 'compiled' && result.criterion.expressions.map(({ text }) => text)).toEqual([
      '$response.body',
      '$inputs.x',
    ]);
  });
});

it.each(['regex', 'jsonpath', 'xpath', 'jsonpointer'])('a %s criterion needs a context, and fails on null', (type) => {
  expect(compileCriterion({ condition: '/a', type, pointer: '' })).toEqual({
    kind: 'invalid',
    message: `A ${type} criterion needs a "context".`,
  });
  expect(test({ condition: type === 'jsonpath' ? '$' : '/a', type, context: '$response.body#/none' }, {}).kind).toBe(
    'unsatisfied',
  );
});
