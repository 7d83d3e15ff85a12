import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const changed = (pointer: string) =>
  `error inexact-number /workflows/0/${pointer}: The value 9007199254740993 would be sent as 9007199254740992: whole numbers beyond 9007199254740991 cannot all be held exactly; as text, in quotes or in a payload that is text, it stays what it is.`;

const get = (value: string) =>
  `- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: ${value} }] }`;
const create = (body: string) => `- { stepId: a, operationId: createPet, requestBody: { ${body} } }`;

it.each([
  [get('9007199254740993'), 'steps/0/parameters/0/value'],
  [create('payload: { name: x, ids: [1, { id: 9007199254740993 }] }'), 'steps/0/requestBody/payload/ids/1/id'],
  [
    create('payload: { name: x }, replacements: [{ target: /id, value: 9007199254740993 }]'),
    'steps/0/requestBody/replacements/0/value',
  ],
])('a number that would be sent as another is an error: %s', async (step, pointer) => {
  expect(await checkText(oneWorkflow(step))).toEqual([changed(pointer)]);
});

it('an input whose default would be another is an error', async () => {
  const inputs = 'inputs: { type: object, properties: { id: { type: integer, default: 9007199254740993 } } }';
  expect(await checkText(oneWorkflow(get('$inputs.id'), inputs))).toEqual([changed('inputs/properties/id/default')]);
});

it.each([
  get('9007199254740992'),
  get("'9007199254740993'"),
  create('payload: \'{"name": "x", "id": 9007199254740993}\''),
  create('payload: { name: x, id: 1e300 }'),
])('a number that stays what it is is none: %s', async (step) => {
  expect(await checkText(oneWorkflow(step))).toEqual([]);
});
