import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const step = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }';
const findings = (inputs: string, rest = '') => checkText(`${oneWorkflow(step, `inputs: ${inputs}`)}${rest}`);
const at = '/workflows/0/inputs';

it.each([
  '{ type: object, required: [a], properties: { a: { type: [string, "null"], pattern: "^a", enum: [a] }, b: true } }',
  '{ allOf: [{ properties: { a: { items: { type: integer, exclusiveMinimum: 0 }, maxItems: 3, uniqueItems: true } } }] }',
  '{ properties: { required: { type: boolean }, type: { default: { type: 7 } } }, x-a: { type: 7 } }',
  '{ type: object, title: T, additionalProperties: false }',
  '{ type: [object, "null"], properties: { a: { type: string } } }',
  '{ anyOf: [{ type: string }, { type: object }] }',
  'true',
])('%s is a schema', async (inputs) => {
  expect(await findings(inputs)).toEqual([]);
});

it.each([
  [
    '{ type: objekt }',
    `error invalid-schema ${at}/type: The keyword "type" of the schema is "objekt"; one of "null", `,
  ],
  ['{ type: [] }', `error invalid-schema ${at}/type: The keyword "type" of the schema is []; one of `],
  ['{ properties: { a: { type: strin } } }', `error invalid-schema ${at}/properties/a/type: `],
  ['{ properties: [a] }', 'an object of schemas was expected.'],
  ['{ properties: { a: string } }', `error invalid-schema ${at}/properties: `],
  ["{ properties: { a: { pattern: '[' } } }", 'a regular expression was expected.'],
  ['{ properties: { a: { maxLength: -1 } } }', 'a whole number that is not negative was expected.'],
  ['{ required: a }', 'error invalid-schema /workflows/0/inputs/required: '],
  ['{ properties: { a: { required: true } } }', `warning invalid-schema ${at}/properties/a/required: `],
  ['{ properties: { a: { minimum: 0, exclusiveMinimum: true } } }', 'warning invalid-schema '],
  ['{ properties: { a: { items: [{ type: string }] } } }', 'warning invalid-schema '],
  [
    '{ username: { type: string } }',
    `warning invalid-schema ${at}/username: The inputs have "username", which is no keyword of JSON Schema; inputs are described within "properties".`,
  ],
])('%s is told', async (inputs, finding) => {
  expect(await findings(inputs)).toEqual([expect.stringContaining(finding)]);
});

it('schemas of components are judged too, once', async () => {
  const rest = 'components: { inputs: { a: { properties: { n: { type: int } } } } }';
  expect(await findings("{ $ref: '#/components/inputs/a' }", rest)).toEqual([
    expect.stringContaining('error invalid-schema /components/inputs/a/properties/n/type: '),
  ]);
});

it.each([
  ['{ type: string }', '"string"'],
  ['{ type: [array, "null"] }', '"array" or "null"'],
  ['{ allOf: [{ type: object }, { type: integer }] }', '"integer"'],
  ["{ $ref: '#/components/inputs/name' }", '"string"'],
])('inputs of another type than object are told: %s', async (inputs, types) => {
  const rest = 'components: { inputs: { name: { type: string } } }';
  expect(await findings(inputs, rest)).toEqual([
    `error invalid-schema ${at}: The inputs of the workflow "w" are of the type ${types}; an object was expected, whose "properties" are the inputs.`,
  ]);
});
