import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const get = (stepId: string, more = '', value = '1') =>
  `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${value} }], outputs: { id: $response.body#/id }${more} }\n`;

const go = (stepId: string, criteria = '') =>
  `, onSuccess: [{ name: g, type: goto, stepId: ${stepId}${criteria === '' ? '' : `, criteria: [{ condition: '${criteria}' }]`} }]`;
const onFailure = (action: string) => `, onFailure: [{ name: f, ${action} }]`;
const end = ', onSuccess: [{ name: e, type: end }]';
const sometimes = '$statusCode == 201';

const unreachable = (index: number, stepId: string) =>
  `warning unreachable-step /workflows/0/steps/${index}/stepId: The step "${stepId}" is never reached: every way through the workflow "w" leads past it.`;
const skipped = (pointer: string, reader: string, stepId: string) =>
  `warning skipped-step ${pointer}: ${reader} reads "$steps.${stepId}.outputs.id", but a way leads there on which the step "${stepId}" has not succeeded; then the value is absent.`;

describe('unreachable steps', () => {
  it.each<[string, string, readonly string[]]>([
    ['behind an end', get('a', end) + get('b'), [unreachable(1, 'b')]],
    [
      'behind an end that has criteria',
      get('a', end.replace(' }]', `, criteria: [{ condition: '${sometimes}' }] }]`)) + get('b'),
      [],
    ],
    ['between a jump and its target', get('a', go('c')) + get('b') + get('c'), [unreachable(1, 'b')]],
    ['that a jump with criteria may pass', get('a', go('c', sometimes)) + get('b') + get('c'), []],
    ['that a failure jumps to', get('a', go('c') + onFailure('type: goto, stepId: b')) + get('b') + get('c'), []],
    ['that a retry runs first', get('a', end + onFailure('type: retry, stepId: b')) + get('b'), []],
    [
      'in a loop',
      get('a') + get('b', go('a') + onFailure('type: goto, stepId: d')) + get('c') + get('d'),
      [unreachable(2, 'c')],
    ],
  ])('are those %s', async (_, steps, findings) => {
    expect(await checkText(oneWorkflow(steps))).toEqual(findings);
  });
});

describe('outputs of steps that may be skipped', () => {
  const read = (stepId: string, of: string) => get(stepId, '', `$steps.${of}.outputs.id`);

  it.each<[string, string, readonly string[]]>([
    ['not of a step on every way', get('a') + get('b', go('d', sometimes)) + get('c') + read('d', 'a'), []],
    [
      'of one that a jump may pass',
      get('a', go('c', sometimes)) + get('b') + read('c', 'b'),
      [skipped('/workflows/0/steps/2/parameters/0/value', 'The step "c"', 'b')],
    ],
    [
      'of one whose failure leads there',
      get('a', onFailure('type: goto, stepId: b')) + read('b', 'a'),
      [skipped('/workflows/0/steps/1/parameters/0/value', 'The step "b"', 'a')],
    ],
    ['not of one whose failure ends the workflow', get('a', onFailure('type: end')) + read('b', 'a'), []],
    ['not of one that is retried', get('a', onFailure('type: retry')) + read('b', 'a'), []],
    ['not in a loop that begins after it', get('a') + read('b', 'a') + get('c', go('b', sometimes)), []],
  ])('are told, %s', async (_, steps, findings) => {
    expect(await checkText(oneWorkflow(steps))).toEqual(findings);
  });

  it('are told in the outputs of the workflow, which then lack them', async () => {
    const steps = get('a', end.replace(' }]', `, criteria: [{ condition: '${sometimes}' }] }]`)) + get('b');
    expect(await checkText(oneWorkflow(steps, 'outputs: { a: $steps.a.outputs.id, b: $steps.b.outputs.id }'))).toEqual([
      skipped('/workflows/0/outputs/b', 'The workflow "w"', 'b'),
    ]);
  });
});
