import { describe, expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { readTextInputs } from './text-inputs.ts';

const document = await loadText(`
components: { inputs: { shared: { type: object, properties: { region: { type: string } } } } }
workflows:
  - workflowId: first
    inputs:
      type: object
      properties:
        text: { type: string }
        free: {}
        count: { type: integer }
        ratio: { type: number }
        flag: { type: boolean }
        tags: { type: array }
        body: { type: object }
        none: { type: 'null' }
        maybe: { type: [integer, 'null'] }
        either: { type: [string, integer] }
        listed: { enum: [x, 1, true, null, '2'] }
    steps: []
  - workflowId: second
    dependsOn: [third]
    steps: []
  - { workflowId: third, inputs: { $ref: '#/components/inputs/shared' }, steps: [] }
`);

async function read(name: string, value: string, workflowIds?: readonly string[]) {
  const { inputs, diagnostics } = await readTextInputs(document, workflowIds, [{ name, value }]);
  return diagnostics[0]?.message ?? inputs[name];
}

const inexact = (name: string, value: string) =>
  `The input "${name}" is "${value}"; a number that can be held exactly, as all up to 9007199254740991 can, was expected.`;

describe('readTextInputs', () => {
  it.each([
    ['text', '012', '012'],
    ['free', 'true', 'true'],
    ['count', '12', 12],
    ['count', '-1', -1],
    ['count', '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['count', '9007199254740992', 2 ** 53],
    ['text', '9007199254740993', '9007199254740993'],
    ['ratio', '1.5e3', 1500],
    ['flag', 'true', true],
    ['tags', '["a", 1]', ['a', 1]],
    ['body', '{"a": {"b": null}}', { a: { b: null } }],
    ['none', 'null', null],
    ['maybe', 'null', null],
    ['maybe', '3', 3],
    ['listed', '1', 1],
    ['listed', 'true', true],
    ['listed', 'null', null],
    ['listed', '2', '2'],
    ['listed', '7', '7'],
    ['either', '3', 3],
    ['either', 'x', 'x'],
    ['region', 'eu-west-1', 'eu-west-1'],
    ['count', 'twelve', 'The input "count" is "twelve"; a whole number was expected.'],
    ['count', '1.5', 'The input "count" is "1.5"; a whole number was expected.'],
    ['count', '9007199254740993', inexact('count', '9007199254740993')],
    ['ratio', '9007199254740993', inexact('ratio', '9007199254740993')],
    ['body', '{"a": [9007199254740992, "9007199254740993"]}', { a: [2 ** 53, '9007199254740993'] }],
    [
      'body',
      '{"a": [9007199254740993]}',
      'The input "body" is "{\\"a\\": [9007199254740993]}"; another number than 9007199254740993, which cannot be held exactly, was expected.',
    ],
    ['tags', '[-9007199254740993]', expect.stringContaining('another number than -9007199254740993, which')],
    ['ratio', '9'.repeat(400), expect.stringContaining('held exactly')],
    ['tags', '['.repeat(30_000) + ']'.repeat(30_000), expect.stringContaining('; a JSON list was expected.')],
    ['flag', 'yes', 'The input "flag" is "yes"; true or false was expected.'],
    ['tags', '{}', 'The input "tags" is "{}"; a JSON list was expected.'],
    ['body', '{', 'The input "body" is "{"; a JSON object was expected.'],
    ['maybe', '', 'The input "maybe" is ""; a whole number or null was expected.'],
  ])('reads %s=%s as %j', async (name, value, expected) => {
    expect(await read(name, value)).toEqual(expected);
  });

  it('takes inputs of the chosen workflows and of those they depend on only', async () => {
    expect(await read('region', 'x', ['second'])).toBe('x');
    expect(await read('text', 'x', ['second'])).toBe(
      'No workflow to run has the input "text"; the inputs are "region".',
    );
    expect(await read('tex', 'x', ['first'])).toMatch(
      /^No workflow to run has the input "tex"; .* Did you mean "text"\?$/,
    );
  });
});

describe('readTextInputs, where alternatives tell of a type', () => {
  async function readAll(
    schema: string,
    texts: Readonly<Record<string, string>>,
    given: Readonly<Record<string, unknown>> = {},
  ) {
    const loaded = await loadText(`
components: { inputs: { size: { properties: { size: { type: number } } } } }
workflows: [{ workflowId: w, inputs: ${schema}, steps: [] }]`);
    const typed = Object.entries(texts).map(([name, value]) => ({ name, value }));
    const { inputs, diagnostics } = await readTextInputs(loaded, undefined, typed, given);
    return diagnostics[0]?.message ?? inputs;
  }

  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['{ allOf: [{ properties: { a: { type: integer } } }] }', { a: '3' }, { a: 3 }],
    ['{ oneOf: [{ properties: { a: { type: integer } } }, { required: [b] }] }', { a: '3', b: '4' }, { a: 3, b: '4' }],
    ['{ anyOf: [{ properties: { a: { type: boolean } } }, { properties: { b: {} } }] }', { a: 'true' }, { a: true }],
    [
      '{ if: { properties: { a: { const: 1 } } }, then: { properties: { b: { type: array } } }, else: { properties: { c: { type: object } } } }',
      { a: '1', b: '[2]', c: '{}' },
      { a: 1, b: [2], c: {} },
    ],
    [
      '{ dependentSchemas: { a: { properties: { b: { type: integer } } } }, properties: { a: {} } }',
      { a: '1', b: '2' },
      { a: '1', b: 2 },
    ],
    ["{ anyOf: [{ oneOf: [{ $ref: '#/components/inputs/size' }] }] }", { size: '1.5' }, { size: 1.5 }],
    ['{ properties: { a: { allOf: [{ description: A }, { type: integer }] } } }', { a: '3' }, { a: 3 }],
    ["{ properties: { a: { anyOf: [{ type: integer }, { type: 'null' }] } } }", { a: 'null' }, { a: null }],
    ['{ properties: { a: { oneOf: [{ const: 1 }, { const: true }, { enum: [x] }] } } }', { a: 'true' }, { a: true }],
    ['{ properties: { a: { const: 7 } } }', { a: '7' }, { a: 7 }],
    ['{ properties: { a: { type: string, anyOf: [{ type: integer }, { minLength: 1 }] } } }', { a: '3' }, { a: '3' }],
    ['{ properties: { a: { anyOf: [{ type: integer }] } } }', { a: 'many' }, { a: 'many' }],
    ['{ properties: { a: { anyOf: [{ type: integer }] } } }', { a: '9007199254740993' }, { a: '9007199254740993' }],
    [
      '{ properties: { one: {} }, oneOf: [{ properties: { other: {} } }] }',
      { c: '1' },
      'No workflow to run has the input "c"; the inputs are "one" and "other".',
    ],
  ])('converts by %s from %j', async (schema, texts, expected) => {
    expect(await readAll(schema, texts)).toEqual(expected);
  });

  const kinds = `{
    required: [kind],
    oneOf: [
      { properties: { kind: { const: number }, value: { type: number } } },
      { properties: { kind: { const: text }, value: { type: string } } },
      { properties: { kind: { const: any }, value: true } }
    ]
  }`;

  it.each<[Readonly<Record<string, string>>, Readonly<Record<string, unknown>>, unknown]>([
    [{ kind: 'number', value: '3' }, {}, 3],
    [{ kind: 'text', value: '3' }, {}, '3'],
    [{ kind: 'any', value: '3' }, {}, 3],
    [{ kind: 'text', value: 'x' }, {}, 'x'],
    [{ value: '3' }, { kind: 'text' }, '3'],
    [{ value: '3' }, {}, 3],
    [{ kind: 'none', value: '3' }, {}, 3],
  ])(
    'takes %j, with %j given, for the value where it fits, and for text where only that does',
    async (texts, given, expected) => {
      expect(await readAll(kinds, texts, given)).toMatchObject({ value: expected });
    },
  );

  it('finds what fits among several inputs', async () => {
    const either = '{ anyOf: [{ type: integer }, { type: string }] }';
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const properties = names.map((name) => `${name}: ${either}`).join(', ');
    const schema = (rest: string) => `{ properties: { ${properties} }, ${rest} }`;
    const texts = Object.fromEntries(names.map((name) => [name, '1']));
    const numbers = Object.fromEntries(names.map((name) => [name, 1]));
    expect(await readAll(schema(''), texts)).toEqual(numbers);
    const wanted = "anyOf: [{ properties: { b: { const: '1' }, f: { const: '1' } } }]";
    expect(await readAll(schema(wanted), texts)).toEqual({ ...numbers, b: '1', f: '1' });
    const beyond = "anyOf: [{ properties: { h: { const: '1' } } }]";
    expect(await readAll(schema(beyond), texts)).toEqual(numbers);
  });
});
