import { describe, expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { plan } from './make-plan.ts';

/** The errors for which a run is refused, with their places. */
async function refusals(text: string, inputs: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const result = await plan(await loadText(`arazzo: 1.1.0\n${text}`), { workflowIds: ['w'], inputs });
  if (result.kind === 'planned') return [];
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.every(({ start }) => start !== undefined)).toBe(true);
  return errors.map(({ code, pointer, message }) => `${code} ${pointer.replace('/workflows/', '')}: ${message}`);
}

const first =
  '- { stepId: first, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }], outputs: { id: $response.body#/id } }\n';
const declared = 'inputs: { type: object, properties: { v: {}, w: {} } }';

describe('what inputs decide', () => {
  const getPet = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.v }] }';
  const tenant = `- { stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: '{$inputs.v}' }] }`;
  const needed =
    '- { stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: $inputs.v }] }';
  const json = `- { stepId: a, operationId: createPet, requestBody: { payload: '{"name": {$inputs.v}}' } }`;
  const form =
    '- { stepId: a, operationId: createPet, requestBody: { contentType: application/x-www-form-urlencoded, payload: $inputs.v } }';
  const place =
    '- { stepId: a, operationId: createPet, requestBody: { payload: $inputs.v, replacements: [{ target: /owner/name, value: $steps.first.outputs.id }] } }';
  const whole = '- { stepId: a, operationId: createPet, requestBody: { payload: $inputs.v } }';

  it.each([
    ['an empty value in a path', getPet, { v: '' }, 'invalid-parameter 0/steps/1/parameters/0/value'],
    ['an absent value in a path', getPet, {}, 'missing-input 0/steps/1/parameters/0/value'],
    ['a null in a path', getPet, { v: null }, 'invalid-parameter 0/steps/1/parameters/0/value'],
    ['a line break in a header', tenant, { v: 'a\r\nX-Evil: 1' }, 'invalid-parameter 0/steps/1/parameters/0/value'],
    ['a null that a header needs', needed, { v: null }, 'missing-input 0/steps/1/parameters/0/value'],
    ['text that is no JSON', json, { v: 'Rex' }, 'invalid-body 0/steps/1/requestBody/payload'],
    ['a form of a number', form, { v: 7 }, 'invalid-body 0/steps/1/requestBody/payload'],
    [
      'a replacement without a place',
      place,
      { v: { name: 'x' } },
      'unknown-target 0/steps/1/requestBody/replacements/0/target',
    ],
    ['no value for a required body', whole, {}, 'missing-body 0/steps/1/requestBody/payload'],
  ])('is refused before the first request: %s', async (_, step, inputs, finding) => {
    expect(await refusals(oneWorkflow(`${first}${step}`, declared), inputs)).toEqual([
      expect.stringContaining(`${finding}: `),
    ]);
  });

  it.each([
    [
      'an absent value in text',
      `- { stepId: a, operationId: createPet, requestBody: { payload: '{"name": "x", "kind": "{$inputs.v}"}' } }`,
      {},
    ],
    ['JSON in text', json, { v: { b: 1 } }],
    ['a place that is there', place, { v: { owner: {} } }],
    [
      'an absent value in a form of text',
      `- { stepId: a, operationId: createPet, requestBody: { contentType: application/x-www-form-urlencoded, payload: 'name={$inputs.v}' } }`,
      {},
    ],
  ])('is sent: %s', async (_, step, inputs) => {
    expect(await refusals(oneWorkflow(`${first}${step}`, declared), inputs)).toEqual([]);
  });
});

describe('what a workflow that is called is given', () => {
  const inner = (more = '') => `  - workflowId: inner
    inputs: { type: object, required: [id], properties: { id: { type: string, maxLength: 5 }, n: { type: integer } } }
    steps: [{ stepId: s, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }] }${more}]
`;
  const calling = (parameters: string, called = inner()) =>
    `${oneWorkflow(`${first}- { stepId: call, workflowId: inner, parameters: [${parameters}] }`, declared)}${called}`;
  const value = '0/steps/1/parameters';

  it.each([
    [
      'a literal of another type',
      '{ name: id, value: x }, { name: n, value: y }',
      {},
      `invalid-input ${value}/1/value`,
    ],
    [
      'an input of another type',
      '{ name: id, value: x }, { name: n, value: $inputs.v }',
      { v: 'y' },
      `invalid-input ${value}/1/value`,
    ],
    ['an absent input', '{ name: id, value: $inputs.v }', {}, `missing-input ${value}/0/value`],
    [
      'a value of another type beside one that is to come',
      '{ name: id, value: $steps.first.outputs.id }, { name: n, value: $inputs.v }',
      { v: 'y' },
      `invalid-input ${value}/1/value`,
    ],
    [
      'an empty value that ends in a path',
      "{ name: id, value: '' }",
      {},
      'invalid-parameter 1/steps/0/parameters/0/value',
    ],
    [
      'an empty input that ends in a path',
      '{ name: id, value: $inputs.v }',
      { v: '' },
      'invalid-parameter 1/steps/0/parameters/0/value',
    ],
  ])('is refused before the first request: %s', async (_, parameters, inputs, finding) => {
    expect(await refusals(calling(parameters), inputs)).toEqual([expect.stringContaining(`${finding}: `)]);
  });

  it.each([
    ['a step', ', workflowId: inner }', 'The workflow "inner" is called without the input "id": the step'],
    [
      'an action, which passes on what the run is given',
      `${first.slice(first.indexOf(', operationId'), -3)}, onSuccess: [{ name: on, type: goto, workflowId: inner }] }`,
      'Give the input "id": the step',
    ],
  ])(
    'is refused, and whoever starts the run is asked for nothing that they cannot give: %s',
    async (_, call, message) => {
      const text = `${oneWorkflow(`- { stepId: call${call}`)}${inner().replace('required: [id], ', '')}`;
      expect(await refusals(text, {})).toEqual([
        `missing-input 1/steps/0/parameters/0/value: ${message} "s" takes the parameter "petId" from it, which the API requires.`,
      ]);
    },
  );

  it('is refused in what that calls in turn', async () => {
    const innermost = `  - workflowId: innermost
    inputs: { type: object, properties: { key: { type: integer } } }
    steps: [{ stepId: t, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.key }] }]
`;
    const called = `${inner(', { stepId: u, workflowId: innermost, parameters: [{ name: key, value: $inputs.id }] }')}${innermost}`;
    expect(await refusals(calling('{ name: id, value: x }', called), {})).toEqual([
      'invalid-input 1/steps/1/parameters/0/value: The input "key" of the workflow "innermost" is "x" (string); the type integer was expected.',
    ]);
  });

  it('is refused when an action gives it', async () => {
    const action =
      'onSuccess: [{ name: on, type: goto, workflowId: inner, parameters: [{ name: n, value: $inputs.v }] }]';
    const text = oneWorkflow(`${first.trim().replace(/ }$/, `, ${action} }`)}\n`, declared.replace('w: {}', 'id: {}'));
    expect(await refusals(`${text}${inner()}`, { v: 'y', id: 'x' })).toEqual([
      expect.stringContaining('invalid-input 0/steps/0/onSuccess/0/parameters/0/value: '),
    ]);
    expect(await refusals(`${text}${inner()}`, { v: 3, id: 'x' })).toEqual([]);
  });

  it('ends where workflows call each other in a circle', async () => {
    const last = '{ stepId: v, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }';
    const call = `{ stepId: u, workflowId: inner, parameters: [{ name: id, value: $inputs.id }], onFailure: [{ name: f, type: goto, stepId: v }] }`;
    const called = inner(`, ${call}, ${last}`);
    expect(await refusals(calling('{ name: id, value: x }', called), {})).toEqual([]);
  });
});
