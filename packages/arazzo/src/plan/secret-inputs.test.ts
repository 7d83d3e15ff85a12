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
    list: { type: array, items: { format: password } }`;

it.each<[string, Record<string, unknown>, readonly string[]]>([
  ['nothing but defaults', { name: 'chat' }, ['initial']],
  ['a password', { password: 'p', name: 'n', preset: '' }, ['p']],
  ['a number', { pin: 1234, preset: '' }, ['1234']],
  ['a schema that is referred to', { shared: 's', preset: '' }, ['s']],
  ['members and items', { user: { login: 'l', key: 'k' }, list: ['a', 'b'], preset: 'c' }, ['c', 'k', 'a', 'b']],
  ['names of prototypes', { constructor: 'x', preset: '' }, []],
])('finds the secrets among the inputs: %s', async (_case, inputs, expected) => {
  const components = 'components: { inputs: { secret: { type: string, format: password } } }\n';
  const document = await loadText(`${oneWorkflow('- { stepId: a, operationId: listPets }', schema)}${components}`);
  expect(findSecretInputs(document, inputs)).toEqual(expected);
});
