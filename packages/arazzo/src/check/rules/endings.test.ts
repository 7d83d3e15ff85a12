import { describe, expect, it } from 'vitest';
import { checkText } from '../../testing/documents.ts';

const get = (stepId: string, more = '') =>
  `{ stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]${more} }`;
const call = (stepId: string, workflowId: string, more = '') =>
  `{ stepId: ${stepId}, workflowId: ${workflowId}${more} }`;
const onSuccess = (action: string) => `, onSuccess: [{ name: s, ${action} }]`;
const onFailure = (action: string) => `, onFailure: [{ name: f, ${action} }]`;
const sometimes = ', criteria: [{ condition: $statusCode == 201 }]';

const names = ['alpha', 'beta', 'gamma'];

/** The findings on workflows `alpha`, `beta` and so on, of these steps. */
async function judge(...workflows: readonly (readonly string[])[]): Promise<readonly string[]> {
  const written = workflows.map(
    (steps, index) => `  - { workflowId: ${names[index]}, steps: [${steps.join(', ')}] }\n`,
  );
  const found = await checkText(`workflows:\n${written.join('')}`);
  return found
    .filter((line) => /workflow-cycle|endless-loop/.test(line))
    .map((line) => line.replace('/workflows/', '').replace(/: .*/, ''));
}

describe('a workflow that calls itself', () => {
  it.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['at once', [[call('x', 'alpha')]], ['0/steps/0/workflowId']],
    ['after requests', [[get('x'), call('y', 'alpha'), get('z')]], ['0/steps/1/workflowId']],
    [
      'by way of others',
      [[call('x', 'beta')], [get('x'), call('y', 'gamma')], [call('x', 'alpha')]],
      ['0/steps/0/workflowId', '1/steps/1/workflowId', '2/steps/0/workflowId'],
    ],
    [
      'whichever way a criterion decides',
      [[get('x', onSuccess(`type: goto, stepId: z${sometimes}`)), call('y', 'alpha'), call('z', 'alpha')]],
      ['0/steps/1/workflowId', '0/steps/2/workflowId'],
    ],
    [
      'by a jump of the one it calls',
      [[call('x', 'beta')], [get('x', onSuccess('type: goto, workflowId: alpha'))]],
      ['0/steps/0/workflowId'],
    ],
    ['which another calls', [[call('x', 'beta')], [call('x', 'beta')]], ['1/steps/0/workflowId']],
  ])('is an error when it always does: %s', async (_, workflows, places) => {
    expect(await judge(...workflows)).toEqual(places.map((place) => `error workflow-cycle ${place}`));
  });

  it.each<[string, readonly (readonly string[])[]]>([
    ['before it does', [[get('x', onSuccess(`type: end${sometimes}`)), call('y', 'alpha')]]],
    ['past it', [[get('x', onSuccess(`type: goto, stepId: z${sometimes}`)), call('y', 'alpha'), get('z')]]],
    [
      'after a failure',
      [
        [
          get('x', onFailure('type: goto, stepId: z') + onSuccess('type: goto, stepId: y')),
          call('y', 'alpha'),
          get('z'),
        ],
      ],
    ],
    ['after its own failure', [[call('x', 'alpha', onFailure('type: goto, stepId: y')), get('y')]]],
    [
      'in the one that it calls',
      [[call('x', 'beta')], [get('x', onSuccess(`type: end${sometimes}`)), call('y', 'alpha')]],
    ],
    [
      'to a workflow that ends',
      [[get('x', onSuccess(`type: goto, workflowId: beta${sometimes}`)), call('y', 'alpha')], [get('x')]],
    ],
    [
      'after one that is described later',
      [[call('x', 'beta', onSuccess(`type: end${sometimes}`)), call('y', 'alpha')], [get('x')]],
    ],
    ['nowhere, since the called is unknown', [[call('x', 'none')]]],
  ])('is none when a way leads to an end: %s', async (_, workflows) => {
    expect(await judge(...workflows)).toEqual([]);
  });

  it('is told what would end it', async () => {
    expect(await checkText('workflows: [{ workflowId: w, steps: [{ stepId: s, workflowId: w }] }]')).toEqual([
      'error workflow-cycle /workflows/0/steps/0/workflowId: The workflow "w" calls itself by way of the step "s" on every way to its end, so that it never succeeds; an action with criteria would end it.',
    ]);
  });

  it('is found among many', async () => {
    const chain = Array.from({ length: 200 }, (_, index) => {
      const next = `{ stepId: x, workflowId: w${(index + 1) % 200} }`;
      return `  - { workflowId: w${index}, steps: [${index === 100 ? get('x') : next}] }\n`;
    });
    expect(await checkText(`workflows:\n${chain.join('')}`)).toEqual([]);
    const circle = chain.with(100, chain[0]?.replace('w0,', 'w100,').replace('w1 ', 'w101 ') ?? '');
    expect(await checkText(`workflows:\n${circle.join('')}`)).toHaveLength(200);
  });
});

describe('jumps in a circle', () => {
  it.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['to the step itself', [[get('x', onSuccess('type: goto, stepId: x'))]], ['0/steps/0/onSuccess/0/stepId']],
    [
      'over several steps',
      [[get('x'), get('y'), get('z', onSuccess('type: goto, stepId: x'))]],
      ['0/steps/2/onSuccess/0/stepId'],
    ],
    [
      'after a failure too',
      [[get('x', onSuccess('type: goto, stepId: x') + onFailure('type: goto, stepId: x'))]],
      ['0/steps/0/onFailure/0/stepId'],
    ],
    [
      'between workflows',
      [[get('x', onSuccess('type: goto, workflowId: beta'))], [get('x', onSuccess('type: goto, workflowId: alpha'))]],
      ['0/steps/0/onSuccess/0/workflowId', '1/steps/0/onSuccess/0/workflowId'],
    ],
    [
      'in a workflow that another calls',
      [[call('x', 'beta')], [get('x', onSuccess('type: goto, stepId: x'))]],
      ['1/steps/0/onSuccess/0/stepId'],
    ],
  ])('that nothing leads out of are a warning: %s', async (_, workflows, places) => {
    expect(await judge(...workflows)).toEqual(places.map((place) => `warning endless-loop ${place}`));
  });

  it.each<[string, readonly (readonly string[])[]]>([
    ['a criterion', [[get('x', onSuccess(`type: goto, stepId: x${sometimes}`))]]],
    [
      'a failure that leads on',
      [[get('x', onSuccess('type: goto, stepId: x') + onFailure('type: goto, stepId: y')), get('y')]],
    ],
    [
      'a jump to a workflow',
      [[get('x', onSuccess('type: goto, stepId: x') + onFailure('type: goto, workflowId: beta'))], [get('x')]],
    ],
  ])('are left by %s', async (_, workflows) => {
    expect(await judge(...workflows)).toEqual([]);
  });
});
