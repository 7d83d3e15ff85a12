import { describe, expect, it } from 'vitest';
import { checkText, memoryReader, oneWorkflow, petsApi } from '../../testing/documents.ts';
import { fixDocument } from '../fix-document.ts';

const get = (stepId: string, more = '') =>
  `- { stepId: ${stepId}, operationId: $sourceDescriptions.pets.getPet, parameters: [{ name: petId, in: path, value: ${stepId} }]${more} }`;
const sources =
  'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: other, url: other.yaml, type: arazzo }]\n';
const other = (workflowId: string) =>
  `arazzo: 1.0.1\ninfo: { title: O, version: '1' }\nsourceDescriptions: [{ name: pets, url: pets.yaml }]\n${oneWorkflow(get('x')).replace('workflowId: w', `workflowId: ${workflowId}`)}`;
const files = (workflowId = 'buy') => ({ 'pets.yaml': petsApi, 'other.yaml': other(workflowId) });
const call = (workflowId: string) => oneWorkflow(`- { stepId: call, workflowId: ${workflowId} }`);

describe('a workflow of another document behind "workflows"', () => {
  const long = '$sourceDescriptions.other.workflows.buy';
  const warning = (pointer: string) =>
    `warning workflows-in-reference ${pointer}: "${long}" has "workflows" between the source and the workflow; "$sourceDescriptions.other.buy" was expected (Arazzo 1.1.0 §Step Object).`;

  it('is found, with a warning', async () => {
    const jump = `, onSuccess: [{ name: g, type: goto, workflowId: ${long} }]`;
    const text = oneWorkflow(
      `${get('a')}\n- { stepId: call, workflowId: ${long} }\n${get('b', jump)}`,
      `dependsOn: [${long}]`,
    );
    expect(await checkText(sources + text, files())).toEqual([
      warning('/workflows/0/dependsOn/0'),
      warning('/workflows/0/steps/1/workflowId'),
      warning('/workflows/0/steps/2/onSuccess/0/workflowId'),
    ]);
  });

  it('is found in what a step depends on, with a warning', async () => {
    const text = oneWorkflow(get('a', `, dependsOn: [${long}.steps.x]`));
    expect(await checkText(sources + text, files())).toEqual([
      `warning workflows-in-reference /workflows/0/steps/0/dependsOn/0: "${long}.steps.x" has "workflows" between the source and the workflow; "$sourceDescriptions.other.buy.steps.x" was expected (Arazzo 1.1.0 §Step Object).`,
    ]);
  });

  it('is written without it by a correction', async () => {
    const text = (id: string) => `arazzo: 1.1.0\ninfo: { title: T, version: '1' }\n${sources}${call(id)}`;
    const fixed = await fixDocument(
      new URL('file:///documents/test.yaml'),
      new TextEncoder().encode(text(long)),
      memoryReader(files()),
    );
    expect(fixed).toMatchObject({ text: text('$sourceDescriptions.other.buy'), diagnostics: [] });
  });

  it('is the one of that id where there is one', async () => {
    expect(await checkText(sources + call(long), files('workflows.buy'))).toEqual([]);
  });

  it('is told by its id where there is none', async () => {
    expect(await checkText(sources + call(long.replace('buy', 'sell')), files())).toEqual([
      'error unknown-workflow /workflows/0/steps/0/workflowId: The source "other" has no workflow "workflows.sell"; its workflows are "buy".',
    ]);
  });
});

it('suggests the workflow of the document that is sought in an API', async () => {
  const text =
    sources +
    call('$sourceDescriptions.pets.v') +
    oneWorkflow(get('x')).replace('workflows:\n', '').replace('workflowId: w', 'workflowId: v');
  expect(await checkText(text, files())).toEqual([
    'error unknown-workflow /workflows/0/steps/0/workflowId: "$sourceDescriptions.pets.v" names a workflow of the source "pets", which is of the type "openapi"; one of the type "arazzo" was expected. Did you mean "v"?',
  ]);
});
