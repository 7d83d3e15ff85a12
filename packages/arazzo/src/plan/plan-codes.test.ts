import { expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { type PlanOptions, plan } from './make-plan.ts';

const step = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }] }';
const inputs = 'inputs: { type: object, required: [id], properties: { id: { type: integer } } }';
const later = oneWorkflow(step.replace('$inputs.id', '1'), 'outputs: { o: $sourceDescriptions.pets.url }')
  .replace('workflows:\n', '')
  .replace('workflowId: w', 'workflowId: later');

it.each<[string, string, PlanOptions]>([
  ['error missing-input', inputs, {}],
  ['error invalid-input', inputs, { inputs: { id: 'x' } }],
  ['warning undeclared-input', inputs, { inputs: { id: 1, more: 2 } }],
  ['error invalid-server', inputs, { inputs: { id: 1 }, servers: { pets: 'ftp://pets.test' } }],
  ['error workflow-not-run', `${inputs}\noutputs: { o: $workflows.later.outputs.o }`, { inputs: { id: 1 } }],
])('tells by its code of the %s', async (finding, rest, options) => {
  const result = await plan(await loadText(oneWorkflow(step, rest) + later), { workflowIds: ['w'], ...options });
  const diagnostics = result.kind === 'planned' ? result.warnings : result.diagnostics;
  expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toContain(finding);
});
