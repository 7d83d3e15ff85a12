import { describe, expect, it } from 'vitest';
import { checkJsonSchema } from './json-schema.ts';

describe('a schema of draft 4', () => {
  it.each([
    {},
    { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Message', type: 'object' },
    { type: ['string', 'null'], enum: ['a', null] },
    { properties: { type: { type: 'string' }, list: { items: [{ type: 'integer' }], additionalItems: false } } },
    { minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 },
    { required: ['action'], dependencies: { a: ['b'], c: { required: ['d'] } }, additionalProperties: {} },
    { oneOf: [{ $ref: '#/definitions/a' }], definitions: { a: { not: {} } }, patternProperties: { '^x': {} } },
    { 'x-of-ones-own': 1 },
  ])('is accepted: %j', (schema) => {
    expect(checkJsonSchema(JSON.stringify(schema))).toBeUndefined();
  });

  it.each<[string, string]>([
    ['{', 'the schema is not JSON.'],
    ['[]', '# is []; expected an object.'],
    [
      '{"type":"text"}',
      '#/type is "text"; expected one of array, boolean, integer, null, number, object, string, or a list of them.',
    ],
    [
      '{"properties":{"a":{"required":true}}}',
      '#/properties/a/required is true; expected a list of at least one name, each once.',
    ],
    ['{"exclusiveMinimum":3}', '#/exclusiveMinimum is 3; expected true or false.'],
    ['{"minLength":-1}', '#/minLength is -1; expected a whole number from 0.'],
    ['{"pattern":"("}', '#/pattern is "("; expected a regular expression.'],
    ['{"allOf":[]}', '#/allOf is []; expected a list of at least one schema.'],
    ['{"enum":[1,1]}', '#/enum is [1,1]; expected a list of at least one value, each once.'],
    ['{"multipleOf":0}', '#/multipleOf is 0; expected a number greater than 0.'],
    ['{"items":[true]}', '#/items/0 is true; expected an object.'],
    [
      '{"$schema":"http://json-schema.org/draft-07/schema#"}',
      '#/$schema is "http://json-schema.org/draft-07/schema#"; expected http://json-schema.org/draft-04/schema#.',
    ],
  ])('is refused: %s', (text, problem) => {
    expect(checkJsonSchema(text)).toBe(problem);
  });

  it('is not followed without end', () => {
    const text = `${'{"not":'.repeat(100)}{}${'}'.repeat(100)}`;
    expect(checkJsonSchema(text)).toMatch(/\/not is nested deeper than 64 levels\.$/);
  });

  it.each(['default', 'enum', 'type', 'x-of-ones-own'])('holds no value of any depth under "%s"', (keyword) => {
    const text = `{"${keyword}":${'['.repeat(15_000)}1${']'.repeat(15_000)}}`;
    expect(checkJsonSchema(text)).toBe('the schema is nested deeper than 128 levels.');
  });
});
