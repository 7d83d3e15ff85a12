import { describe, expect, it } from 'vitest';
import { checkText, loadText, oneWorkflow } from '../testing/documents.ts';
import { analyze } from './analyze.ts';

/** A step that depends on others and, as an option, reads the output of one. */
function step(stepId: string, dependsOn: readonly string[] = [], read = '1'): string {
  const dependencies = dependsOn.length > 0 ? `, dependsOn: [${dependsOn.join(', ')}]` : '';
  return `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${read} }], outputs: { id: $response.body#/id }${dependencies} }`;
}

const other =
  '\n  - workflowId: v\n    steps:\n      - { stepId: x, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }\n';

async function orderOf(...steps: readonly string[]): Promise<readonly string[]> {
  const { workflows } = await analyze(await loadText(oneWorkflow(steps.join('\n'))));
  return workflows.flatMap((workflow) => workflow.steps.map((analyzed) => `${analyzed.index} ${analyzed.step.stepId}`));
}

describe('the order of steps', () => {
  it('is the one written', async () => {
    expect(await orderOf(step('a'), step('b'), step('c'))).toEqual(['0 a', '1 b', '2 c']);
  });

  it('puts a step after those it depends on', async () => {
    expect(await orderOf(step('a', ['c']), step('b'), step('c'))).toEqual(['0 c', '1 a', '2 b']);
  });

  it('puts a step after those whose outputs it reads, once any step has dependencies', async () => {
    expect(await orderOf(step('a', [], '$steps.c.outputs.id'), step('b', ['a']), step('c'))).toEqual([
      '0 c',
      '1 a',
      '2 b',
    ]);
  });

  it('has room for chains as long as the workflow', async () => {
    const steps = Array.from({ length: 3000 }, (_, index) => step(`s${index}`, index < 2999 ? [`s${index + 1}`] : []));
    const order = await orderOf(...steps);
    expect([order[0], order.at(-1)]).toEqual(['0 s2999', '2999 s0']);
  });
});

describe('dependencies of steps', () => {
  it('allow reading what is written later (Arazzo 1.1.0 §Step Object)', async () => {
    expect(await checkText(oneWorkflow(`${step('a', ['b'], '$steps.b.outputs.id')}\n${step('b')}`))).toEqual([]);
    expect(await checkText(oneWorkflow(`${step('a', [], '$steps.b.outputs.id')}\n${step('b')}`))).toEqual([
      'error forward-step /workflows/0/steps/0/parameters/0/value: The step "a" reads an output of the step "b", which has not run by then.',
    ]);
  });

  it.each([
    [
      'b',
      'error unknown-step /workflows/0/steps/0/dependsOn/0: The workflow "w" has no step "b"; its steps are "a". Did you mean "a"?',
    ],
    [
      '$steps.a',
      'error unknown-step /workflows/0/steps/0/dependsOn/0: The workflow "w" has no step "$steps.a"; its steps are "a". Did you mean "a"?',
    ],
    [
      '$workflows.v.steps.y',
      'error unknown-step /workflows/0/steps/0/dependsOn/0: The workflow "v" has no step "y"; its steps are "x". Did you mean "x"?',
    ],
    [
      '$workflows.u.steps.x',
      'error unknown-workflow /workflows/0/steps/0/dependsOn/0: "$workflows.u.steps.x" names the workflow "u", and there is none of that name.',
    ],
    [
      '$sourceDescriptions.o.v.steps.x',
      'error unknown-workflow /workflows/0/steps/0/dependsOn/0: "$sourceDescriptions.o.v.steps.x" names the workflow "$sourceDescriptions.o.v", and there is none of that name.',
    ],
    [
      'a',
      'error step-cycle /workflows/0/steps/0/dependsOn: Steps of the workflow "w" depend on each other in a circle, by way of "a"; a step must be complete before those that depend on it.',
    ],
  ])('report %s', async (dependency, finding) => {
    expect(await checkText(oneWorkflow(step('a', [dependency])) + other)).toEqual([finding]);
  });

  it('may be in other workflows', async () => {
    expect(await checkText(oneWorkflow(step('a', ['$workflows.v.steps.x'])) + other)).toEqual([]);
  });

  it('report steps that depend on each other', async () => {
    const steps = [step('a', ['b']), step('b', ['c']), step('c', ['a'])].join('\n');
    expect(await checkText(oneWorkflow(steps))).toEqual([
      'error step-cycle /workflows/0/steps/0/dependsOn: Steps of the workflow "w" depend on each other in a circle, by way of "a"; a step must be complete before those that depend on it.',
    ]);
  });
});

describe('values of components', () => {
  const components = 'components: { parameters: { id: { name: petId, in: path, value: $inputs.id } } }\n';
  const inputs = 'inputs: { type: object, required: [id], properties: { id: {} } }';

  it.each([
    ['$components.parameters.id', []],
    ["'p-{$components.parameters.id}'", []],
    [
      '$components.parameters.ids',
      [
        'error unknown-component /workflows/0/steps/0/parameters/0/value: The document has no component parameter "ids"; there are "id". Did you mean "id"?',
      ],
    ],
    [
      '$components.inputs.id',
      [
        'error invalid-expression /workflows/0/steps/0/parameters/0/value: The expression "$components.inputs.id" has no value; of the components only "parameters" have values.',
      ],
    ],
  ])('are read by %s', async (value, findings) => {
    expect(await checkText(oneWorkflow(step('a', [], value), inputs) + components)).toEqual(findings);
  });

  it('are judged in the workflow that reads them', async () => {
    expect(await checkText(oneWorkflow(step('a', [], '$components.parameters.id')) + components)).toEqual([
      'error unknown-input /components/parameters/id/value: The workflow "w" has no input "id"; its inputs are none.',
    ]);
  });
});
