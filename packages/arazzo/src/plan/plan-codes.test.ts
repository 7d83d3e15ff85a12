import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { loadText, oneWorkflow, petsApi } from '../testing/documents.ts';
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

it.each([
  ['a channel', "- { stepId: a, channelPath: '{$sourceDescriptions.events.url}#/channels/orders', action: send }"],
  ['an operation of an AsyncAPI source', '- { stepId: a, operationId: $sourceDescriptions.events.placed }'],
])('refuses a step over %s, which check only warns of', async (_, channelStep) => {
  const events = 'asyncapi: 3.0.0\nchannels: { orders: {} }\noperations: { placed: { action: send } }';
  const sources =
    'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: events, url: events.yaml, type: asyncapi }]\n';
  const document = await loadText(sources + oneWorkflow(channelStep), { 'pets.yaml': petsApi, 'events.yaml': events });
  const message = 'The step "a" is over an AsyncAPI channel: such steps are checked, and not run yet.';
  expect(await check(document)).toMatchObject([{ code: 'not-supported', severity: 'warning', message }]);
  expect(await plan(document)).toMatchObject({
    kind: 'refused',
    diagnostics: [{ code: 'not-supported', severity: 'error', message }],
  });
});
