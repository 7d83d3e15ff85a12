import { describe, expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { plan } from './make-plan.ts';

const call = (stepId: string, more: string, petId = 'p') =>
  `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: '${petId}' }]${more} }`;

/** What is kept of the outputs `id` and `all` of the step `a`, when the last step or the workflow has something else. */
async function keptOfFirst(more: { readonly inStep?: string; readonly petId?: string; readonly inWorkflow?: string }) {
  const outputs = ', outputs: { id: $response.body#/id, all: $response.body }';
  const steps = [
    call('a', outputs),
    call('b', ', outputs: { id: $response.body#/id }'),
    call('c', more.inStep ?? '', more.petId),
  ];
  const components = `components:
  parameters:
    shared: { name: petId, in: path, value: $steps.a.outputs.id }
  successActions:
    leave: { name: leave, type: end, criteria: [{ condition: $steps.a.outputs.id == 1 }] }
`;
  const other = `  - workflowId: other
    inputs: { type: object, properties: { given: {} } }
    steps:
      ${call('only', '')}
`;
  const text = oneWorkflow(steps.join('\n'), more.inWorkflow);
  const planned = await plan(await loadText(`${text}${other}${components}`), { workflowIds: ['w'] });
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  return [...(planned.plan.workflows.get('w')?.steps[0]?.kept ?? [])];
}

describe('of the outputs of a step, those are kept', () => {
  it.each([
    ['$steps.a.outputs.id', ['id']],
    ['$steps.a.outputs.all#/id', ['all']],
    ['$steps.a.outputs.all[0].id', ['all']],
    ['x-$steps.b.outputs.id-{$steps.a.outputs.id}', ['id']],
    ['$steps.none and $steps.a.outputs.id', ['id']],
    ['$steps.b.outputs.id', []],
    ['id', []],
  ])('that %s reads', async (text, kept) => {
    expect(await keptOfFirst({ petId: text })).toEqual(kept);
  });

  const query = (type: string, condition: string) =>
    `, successCriteria: [{ type: ${type}, context: $response.body, condition: "${condition}" }]`;
  it.each([
    ['a simple condition', { inStep: ', successCriteria: [{ condition: $steps.a.outputs.id == 1 }]' }],
    ['a regular expression', { inStep: query('regex', '^{$steps.a.outputs.id}$') }],
    ['a JSONPath', { inStep: query('jsonpath', "$[?@.id == '{$steps.a.outputs.id}']") }],
    ['an XPath', { inStep: query('xpath', "//id = '{$steps.a.outputs.id}'") }],
    [
      'the context of a criterion',
      { inStep: ', successCriteria: [{ type: regex, context: $steps.a.outputs.id, condition: x }]' },
    ],
    [
      'a criterion of an action',
      { inStep: ', onSuccess: [{ name: n, type: end, criteria: [{ condition: $steps.a.outputs.id == 1 }] }]' },
    ],
    [
      'what an action gives to a workflow',
      {
        inStep:
          ', onFailure: [{ name: n, type: goto, workflowId: other, parameters: [{ name: given, value: $steps.a.outputs.id }] }]',
      },
    ],
    ['an action of the workflow', { inWorkflow: 'successActions: [{ reference: $components.successActions.leave }]' }],
    ['a parameter of the components', { petId: '{$components.parameters.shared}' }],
    ['an output of the workflow', { inWorkflow: 'outputs: { last: $steps.a.outputs.id }' }],
    [
      'a Selector Object',
      {
        inWorkflow: 'outputs: { last: { context: $steps.a.outputs.id, selector: $.x, type: jsonpath } }',
      },
    ],
  ])('that %s reads', async (_, more) => {
    expect(await keptOfFirst(more)).toEqual(['id']);
  });
});
