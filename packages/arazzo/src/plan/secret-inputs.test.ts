import { expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { findSecretInputs } from './secret-inputs.ts';

const schema = `inputs:
  type: object
  properties:
    name: { type: string }
    password: { type: string, format: password }
    preset: { type: string, format: password, default: initial }
    pin: { format: password }
    shared: { $ref: '#/components/inputs/secret' }
    user: { type: object, properties: { login: {}, key: { format: password } } }
    list: { type: array, items: { format: password } }
    choice: { anyOf: [{ type: integer }, { format: password }] }
    whole: { allOf: [{ $ref: '#/components/inputs/secret' }] }
    map: { type: object, additionalProperties: { $ref: '#/components/inputs/secret' } }
    pair: { prefixItems: [{ format: password }] }
    tree: { $ref: '#/components/inputs/tree' }`;

it.each<[string, Record<string, unknown>, readonly string[]]>([
  ['nothing but defaults', { name: 'chat' }, ['initial']],
  ['a password', { password: 'p', name: 'n', preset: '' }, ['p']],
  ['a number', { pin: 1234, preset: '' }, ['1234']],
  ['a schema that is referred to', { shared: 's', preset: '' }, ['s']],
  ['members and items', { user: { login: 'l', key: 'k' }, list: ['a', 'b'], preset: 'c' }, ['c', 'k', 'a', 'b']],
  ['a choice', { choice: 'c', preset: '' }, ['c']],
  ['a whole of parts', { whole: 'w', preset: '' }, ['w']],
  ['members of any name', { map: { a: 'x' }, preset: '' }, ['x']],
  ['items by their place', { pair: ['y'], preset: '' }, ['y']],
  ['schemas that refer to themselves', { tree: { key: 'k', next: { key: 'l' } }, preset: '' }, ['k', 'l']],
  ['names of prototypes', { constructor: 'x', preset: '' }, []],
])('finds the secrets among the inputs: %s', async (_case, inputs, expected) => {
  const tree = "{ properties: { key: { format: password }, next: { $ref: '#/components/inputs/tree' } } }";
  const components = `components: { inputs: { secret: { type: string, format: password }, tree: ${tree} } }\n`;
  const document = await loadText(`${oneWorkflow('- { stepId: a, operationId: listPets }', schema)}${components}`);
  expect(findSecretInputs(document, inputs)).toEqual(expected);
});
