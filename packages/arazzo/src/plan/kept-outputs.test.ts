import { expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { collectOutputReferences, keptOutputs } from './kept-outputs.ts';

it.each([
  ['$steps.a.outputs.id', ['id']],
  ['$steps.a.outputs.all#/id', ['all']],
  ['$steps.a.outputs.all[0].id', ['all']],
  ['x-$steps.b.outputs.id-{$steps.a.outputs.id}', ['id']],
  ['$steps.none and $steps.a.outputs.id', ['id']],
  ['$steps.a.outputs.other', []],
  ['$steps.b.outputs.id', []],
  ['$inputs.id', []],
])('keeps what %s may read', async (text, kept) => {
  const document = await loadText(
    oneWorkflow('- { stepId: a, operationId: getPet, outputs: { id: $response.body#/id, all: $response.body } }'),
  );
  const step = document.workflows[0]?.steps[0];
  const references = collectOutputReferences([{ deep: [{ in: text }] }]);
  expect(step && [...keptOutputs(step, references)]).toEqual(kept);
});
