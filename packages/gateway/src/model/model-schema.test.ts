import { describe, expect, it } from 'vitest';
import { compileModel, type ModelValidator } from './model-schema.ts';

const address = 'https://apigateway.amazonaws.com/restapis/abcdefghij/models';

function compile(schemas: Readonly<Record<string, unknown>>, name = 'Message') {
  const texts = new Map(Object.entries(schemas).map(([key, schema]) => [key, JSON.stringify(schema)]));
  return compileModel(name, { apiId: 'abcdefghij', schemas: texts });
}

function validator(schemas: Readonly<Record<string, unknown>>): ModelValidator {
  const compiled = compile(schemas);
  if (compiled.kind === 'invalid') throw new Error(compiled.message);
  return compiled.validate;
}

/** A definition that asks for the next one two times. */
const twice = (index: number): readonly [string, unknown] => {
  const next = { $ref: `#/definitions/a${index + 1}` };
  return [`a${index}`, { allOf: [next, next] }];
};

describe('a model', () => {
  const message = {
    type: 'object',
    required: ['action'],
    properties: { action: { type: 'string', pattern: '^[a-z]+$' }, count: { minimum: 0, exclusiveMinimum: true } },
    additionalProperties: false,
  };

  it.each<[unknown, string | undefined]>([
    [{ action: 'join', count: 1 }, undefined],
    [{ action: 'JOIN' }, 'The value at "/action" must match pattern "^[a-z]+$".'],
    [{ action: 'join', count: 0 }, 'The value at "/count" must be > 0.'],
    [{ count: 1 }, "The value must have required property 'action'."],
    [{ action: 'join', toString: 1 }, 'The value must NOT have additional properties.'],
    [[], 'The value must be object.'],
  ])('judges %j', (value, problem) => {
    expect(validator({ Message: message })(value)).toBe(problem);
  });

  it('does not take for a member what every object inherits', () => {
    expect(validator({ Message: { required: ['toString'] } })({})).toBe(
      "The value must have required property 'toString'.",
    );
  });

  it('refers to its own definitions, and to itself', () => {
    const validate = validator({
      Message: {
        definitions: { a: { type: 'string' } },
        properties: { name: { $ref: '#/definitions/a' }, next: { $ref: '#' } },
      },
    });
    expect(validate({ name: 'a', next: { name: 'b' } })).toBeUndefined();
    expect(validate({ next: { next: { name: 1 } } })).toBe('The value at "/next/next/name" must be string.');
  });

  it.each([address, address.replace('restapis', 'apis')])('refers to others of its API by %s', (base) => {
    const validate = validator({
      Message: { properties: { user: { $ref: `${base}/User` }, id: { $ref: `${base}/User#/definitions/id` } } },
      User: { definitions: { id: { type: 'integer' } }, properties: { friend: { $ref: `${base}/Message` } } },
    });
    expect(validate({ id: 1, user: { friend: { id: 2 } } })).toBeUndefined();
    expect(validate({ user: { friend: { id: 'x' } } })).toBe('The value at "/user/friend/id" must be integer.');
  });

  it.each<[Readonly<Record<string, unknown>>, string, boolean]>([
    [{}, 'There is no model "Message".', true],
    [{ Message: { $ref: `${address}/User` } }, 'it refers to the model "User", which this API does not have.', true],
    [{ Message: { type: 'text' } }, '#/type is "text"; expected one of', false],
    [
      { Message: { $ref: `${address}/User` }, User: { type: 1 } },
      'the model "User": #/type is 1; expected one of',
      false,
    ],
    [{ Message: { $ref: '#/definitions/none' } }, "can't resolve reference #/definitions/none", false],
    [
      {
        Message: {
          $ref: '#/definitions/a',
          definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } },
        },
      },
      'its references lead to each other and to nothing else.',
      false,
    ],
    [{ Message: { $ref: 'https://example.com/schema.json' } }, "can't resolve reference https://example.com/", false],
    [
      { Message: { $ref: `${address.replace('abcdefghij', 'other')}/User` }, User: {} },
      "can't resolve reference",
      false,
    ],
  ])('is not compiled: %j', (schemas, problem, isUnresolved) => {
    expect(compile(schemas)).toEqual({ kind: 'invalid', message: expect.stringContaining(problem), isUnresolved });
  });

  it.each<[string, unknown, unknown]>([
    ['a pattern that backtracks', { pattern: '^(a+)+$' }, `${'a'.repeat(60)}b`],
    [
      'references that multiply',
      {
        definitions: Object.fromEntries([
          ...Array.from({ length: 40 }, (_, i) => twice(i)),
          ['a40', { type: 'integer' }],
        ]),
        allOf: [{ $ref: '#/definitions/a0' }],
      },
      1,
    ],
    ['lists of objects that must be unique', { uniqueItems: true }, Array.from({ length: 40_000 }, (_, i) => ({ i }))],
  ])('is bounded in time: %s', (_title, schema, value) => {
    expect(validator({ Message: schema })(value)).toBe('The validation takes longer than 100 ms.');
  });

  it.each<[string, unknown]>([
    ['refers to itself', { $ref: '#' }],
    [
      'refers to itself by others',
      { allOf: [{ $ref: '#/definitions/a' }], definitions: { a: { allOf: [{ $ref: '#' }] } } },
    ],
  ])('without end is bounded: %s', (_title, schema) => {
    expect(validator({ Message: schema })(1)).toBe('The value is nested more deeply than can be validated.');
  });

  it('keeps names of its own apart from what the compiler writes', () => {
    const name = '"];throw 1;//\\\'`{x}';
    const validate = validator({ Message: { properties: { [name]: { enum: [name] } }, required: [name] } });
    expect(validate({ [name]: name })).toBeUndefined();
    expect(validate({ [name]: 1 })).toContain('must be equal to one of the allowed values.');
  });
});
