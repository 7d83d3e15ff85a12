import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { createLibrary } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { memoryReader } from '../../testing/documents.ts';
import { sampleSchema, type UnmetPattern } from './sample-schema.ts';

async function sample(
  schema: unknown,
  turn = 0,
  components: Record<string, unknown> = {},
  onUnmet: (unmet: UnmetPattern) => void = () => undefined,
): Promise<unknown> {
  const text = JSON.stringify({ schema, components });
  const other = JSON.stringify({ Size: { enum: ['small', 'large'] } });
  const library = createLibrary(memoryReader({ 'api.json': text, 'other.json': other }));
  const opened = await library.open('file:///documents/api.json');
  if (opened.kind !== 'opened') throw new Error('It cannot be opened.');
  const root: Place = { file: opened.file, pointer: '', value: opened.file.value };
  const place = childPlace(root, 'schema');
  if (place === undefined) throw new Error('There is no schema.');
  return sampleSchema(library, place, { turn, onUnmet });
}

describe('a sample of a schema', () => {
  it.each<[unknown, unknown]>([
    [{ const: 0 }, 0],
    [{ type: 'string', example: 'Rex', default: 'Fido' }, 'Rex'],
    [{ type: 'string', examples: ['Rex', 'Fido'] }, 'Rex'],
    [{ type: 'boolean', default: false }, false],
    [{ enum: ['cat', 'dog'] }, 'cat'],
    [{ type: 'string' }, 'text'],
    [{ type: 'string', minLength: 6 }, 'textxx'],
    [{ type: 'string', maxLength: 2 }, 'te'],
    [{ type: 'string', format: 'date-time' }, '2024-01-01T00:00:00Z'],
    [{ type: 'string', format: 'of our own' }, 'text'],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'text'],
    [{ type: 'string', pattern: '^[A-Z]{2}\\d{3}$' }, 'AA111'],
    [{ pattern: '^[A-Z]+$', minLength: 2, maxLength: 3 }, 'AA'],
    [{ type: 'string', format: 'date-time', pattern: 'Z$' }, '2024-01-01T00:00:00Z'],
    [{ type: 'string', format: 'uri', pattern: '^https://hooks\\.' }, 'https://hooks.'],
    [{ type: 'string', pattern: '^A$', example: 'b' }, 'b'],
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 1.5 }, 2],
    [{ type: 'integer', exclusiveMinimum: 4 }, 5],
    [{ type: 'integer', minimum: 4, exclusiveMinimum: true }, 5],
    [{ type: 'number', maximum: 0.25 }, 0.25],
    [{ type: 'integer', maximum: -3 }, -3],
    [{ type: 'integer', minimum: 11, multipleOf: 5 }, 15],
    [{ type: 'number', exclusiveMaximum: 1 }, 0.5],
    [{ type: 'boolean' }, true],
    [{ type: 'null' }, null],
    [{ type: ['null', 'integer'] }, 1],
    [{ type: 'array' }, []],
    [{ type: 'array', items: { type: 'integer' } }, [1]],
    [{ type: 'array', items: { type: 'integer' }, minItems: 3 }, [1, 1, 1]],
    [{ type: 'array', items: { type: 'integer' }, maxItems: 0 }, []],
    [{ prefixItems: [{ type: 'integer' }, { type: 'boolean' }] }, [1, true]],
    [{ properties: { a: { type: 'string' }, b: { items: { type: 'string' } } } }, { a: 'a', b: ['b'] }],
    [{ properties: { secret: { type: 'string', writeOnly: true }, id: { readOnly: true } } }, { id: 'id' }],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, {}],
    [{ type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 }, { name: 1 }],
    [{ properties: { a: {}, b: {} }, maxProperties: 1 }, { a: 'a' }],
    [
      { properties: { a: {}, b: {}, c: {} }, required: ['c'], maxProperties: 2 },
      { a: 'a', c: 'c' },
    ],
    [{ minProperties: 3, maxProperties: 1 }, { name: 'name' }],
    [{ maxProperties: 1 }, {}],
    [{ required: ['a'] }, { a: 'a' }],
    [{ required: ['a'], additionalProperties: { type: 'integer' } }, { a: 1 }],
    [{ required: ['a'], additionalProperties: false }, {}],
    [{ properties: { a: false, b: { const: 1 } } }, { b: 1 }],
    [
      {
        allOf: [{ properties: { a: { const: 1 } }, additionalProperties: false }, { properties: { b: { const: 2 } } }],
      },
      { a: 1, b: 2 },
    ],
    [{ patternProperties: { '^x-': { type: 'integer' } } }, {}],
    [
      { patternProperties: { '^x-': { type: 'integer' } }, required: ['x-a', 'b'] },
      { 'x-a': 1, b: 'b' },
    ],
    [
      { patternProperties: { '^x-': { type: 'integer' } }, minProperties: 2 },
      { 'x-': 1, 'x-x': 1 },
    ],
    [{ patternProperties: { '^x': { type: 'integer' } }, properties: { x: { minimum: 3 } } }, { x: 3 }],
    [{ patternProperties: { '^x-': false }, minProperties: 1 }, { name: 'name' }],
    [{ minProperties: 2 }, { name: 'name', name2: 'name2' }],
    [
      { minProperties: 2, properties: { name: { const: 1 } } },
      { name: 1, name2: 'name2' },
    ],
    [
      { minProperties: 1, allOf: [{ minProperties: 2 }] },
      { name: 'name', name2: 'name2' },
    ],
    [{ minProperties: 1, additionalProperties: false }, {}],
    [{ oneOf: [{ type: 'null' }, { type: 'integer' }] }, 1],
    [
      { allOf: [{ properties: { a: { const: 1 } } }, { properties: { a: { const: 2 }, b: { const: 3 } } }] },
      { a: 1, b: 3 },
    ],
    [
      { properties: { kind: { const: 'x' } }, anyOf: [{ properties: { a: { const: 1 } } }] },
      { kind: 'x', a: 1 },
    ],
    [true, 'text'],
    [{}, 'text'],
    [{ $ref: '#/components/nothing' }, 'text'],
    [{ $ref: 'other.json#/Size' }, 'small'],
  ])('%j is %j', async (schema, expected) => {
    expect(await sample(schema)).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'a name that a pattern matches',
      { required: ['k-1'], patternProperties: { '^k-': { type: 'integer' } }, additionalProperties: false },
    ],
    [
      'several patterns for one name',
      { required: ['ab'], patternProperties: { a: { type: 'integer' }, b: { minimum: 5 } } },
    ],
    [
      'names of one pattern',
      {
        minProperties: 5,
        patternProperties: { '^[a-z]{2}-\\d{3}$': { type: 'boolean' } },
        additionalProperties: false,
      },
    ],
    [
      'names of one character',
      { minProperties: 8, patternProperties: { '^\\d$': { type: 'null' } }, additionalProperties: false },
    ],
    ['names that get longer', { minProperties: 4, patternProperties: { '^a+$': {} }, additionalProperties: false }],
    [
      'names that are alternatives',
      {
        minProperties: 3,
        patternProperties: { '^(red|green|blue)$': { type: 'string' } },
        additionalProperties: false,
      },
    ],
    [
      'names of several patterns',
      {
        minProperties: 2,
        patternProperties: { '^one$': { type: 'string' }, '^two$': { type: 'integer' } },
        additionalProperties: false,
      },
    ],
    [
      'names as propertyNames asks for',
      { minProperties: 3, propertyNames: { pattern: '^[A-Z]{2}$' }, additionalProperties: { type: 'integer' } },
    ],
    ['names that propertyNames lists', { minProperties: 2, propertyNames: { enum: ['a', 'b'] } }],
    ['names of a length', { minProperties: 2, propertyNames: { minLength: 8, maxLength: 9 } }],
    [
      'names of a pattern and a length',
      {
        minProperties: 2,
        patternProperties: { '^x': { const: 1 } },
        propertyNames: { minLength: 4, maxLength: 5 },
        additionalProperties: false,
      },
    ],
    ['propertyNames elsewhere', { minProperties: 2, propertyNames: { $ref: '#/components/Name' } }],
    [
      'members named and not',
      {
        minProperties: 3,
        required: ['id', 'x-a'],
        properties: { id: { type: 'integer' } },
        patternProperties: { '^x-': { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } } },
        unevaluatedProperties: false,
      },
    ],
    [
      'parts',
      {
        minProperties: 2,
        allOf: [
          { patternProperties: { '^x-': { type: 'integer' } } },
          { properties: { id: { type: 'string' } }, required: ['x-1'] },
        ],
        unevaluatedProperties: false,
      },
    ],
    [
      'parts that describe one member',
      { allOf: [{ properties: { a: {} } }, { properties: { a: { type: 'integer' } } }], required: ['a'] },
    ],
    [
      'a list of objects',
      {
        type: 'array',
        minItems: 2,
        items: {
          type: 'object',
          minProperties: 1,
          patternProperties: { '^\\w+@': { type: 'integer' } },
          additionalProperties: false,
        },
      },
    ],
    [
      'positions',
      {
        prefixItems: [{ type: 'string' }, { type: 'integer' }],
        items: { type: 'boolean' },
        minItems: 3,
        type: 'array',
      },
    ],
  ])('is valid with %s', async (_, schema) => {
    const components = { Name: { pattern: '^n_' } };
    const validate = new Ajv2020({ strict: false }).compile({ ...schema, components });
    for (const turn of [0, 1, 2]) {
      const value = await sample(schema, turn, components);
      expect(value).toSatisfy(validate);
      expect(Object.keys(Object(value)).length).toBeGreaterThanOrEqual(Number(schema.minProperties ?? 1));
    }
  });

  it('has those members in turn that cannot be there together', async () => {
    const schema = { properties: { a: {}, b: {} }, minProperties: 1, maxProperties: 1 };
    expect(await Promise.all([0, 1, 2].map((turn) => sample(schema, turn)))).toEqual([
      { a: 'a' },
      { b: 'b' },
      { a: 'a' },
    ]);
  });

  it('tells of patterns that no name is found for, once the members are too few', async () => {
    const unmet: UnmetPattern[] = [];
    const twice = { minProperties: 1, patternProperties: { '^(a)\\1$': {} } };
    const schema = { properties: { open: twice, closed: { ...twice, additionalProperties: false } } };
    expect(await sample(schema, 0, {}, (pattern) => unmet.push(pattern))).toEqual({
      open: { name: 'name' },
      closed: {},
    });
    expect(unmet).toEqual([{ pattern: '^(a)\\1$', path: ['closed'], reason: 'it refers back to a group' }]);
  });

  it('has no more members than a hundred that nobody names', async () => {
    expect(Object.keys(Object(await sample({ minProperties: 1e9 })))).toHaveLength(100);
  });

  it('gives another value on each turn, where there is a choice', async () => {
    const schema = {
      properties: {
        status: { enum: ['pending', 'running', 'done'], default: 'pending' },
        done: { type: 'boolean' },
        owner: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      },
    };
    expect(await Promise.all([0, 1, 2, 3].map((turn) => sample(schema, turn)))).toEqual([
      { status: 'pending', done: true, owner: 'owner' },
      { status: 'running', done: false, owner: 1 },
      { status: 'done', done: true, owner: 'owner' },
      { status: 'pending', done: false, owner: 1 },
    ]);
  });

  it('ends where a schema is inside itself', async () => {
    const node = {
      type: 'object',
      required: ['parent'],
      properties: {
        name: { type: 'string' },
        parent: { $ref: '#/components/Node' },
        children: { type: 'array', items: { $ref: '#/components/Node' } },
      },
    };
    expect(await sample({ $ref: '#/components/Node' }, 0, { Node: node })).toEqual({ name: 'name', children: [] });
    expect(
      await sample({ allOf: [{ $ref: '#/components/All' }] }, 0, { All: { allOf: [{ $ref: '#/components/All' }] } }),
    ).toBe('text');
  });

  it('is bounded however many members a schema has', async () => {
    const wide = (depth: number): unknown =>
      depth === 0
        ? { type: 'integer' }
        : { properties: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`m${index}`, wide(depth - 1)])) };
    expect(JSON.stringify(await sample(wide(4))).length).toBeLessThan(100_000);
  });

  it('tells of patterns that no text is found for, and follows no more after five', async () => {
    const code = { type: 'string', pattern: '^(a)\\1$' };
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const schema = { properties: { list: { items: code }, ...Object.fromEntries(names.map((name) => [name, code])) } };
    const unmet: UnmetPattern[] = [];
    const value = await sample(schema, 0, {}, (pattern) => unmet.push(pattern));
    expect(value).toMatchObject({ list: ['list'], a: 'a', f: 'f' });
    expect(unmet.map(({ path }) => path.join('/'))).toEqual(['list/0', 'a', 'b', 'c', 'd']);
    expect(unmet[0]).toMatchObject({ pattern: '^(a)\\1$', text: 'list', reason: 'it refers back to a group' });
    expect(unmet[4]?.reason).toBe('it refers back to a group; no more patterns are followed');
  });

  it('takes names such as __proto__ as names', async () => {
    const value = await sample({ properties: JSON.parse('{"__proto__":{"const":1},"constructor":{"const":2}}') });
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"constructor":2}');
  });
});
