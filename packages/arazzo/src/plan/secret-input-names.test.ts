import { expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { plan } from './make-plan.ts';
import { secretInputNames } from './secret-input-names.ts';

it('finds the inputs that are secrets or hold some', async () => {
  const steps = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.name }] }';
  const inputs = `inputs:
  type: object
  properties:
    name: { type: string }
    token: { type: string, format: password }
    login: { type: object, properties: { user: { type: string }, keys: { items: { format: password } } } }`;
  const planned = await plan(await loadText(oneWorkflow(steps, inputs)), {
    inputs: { name: 'Rex', token: 't0', login: { user: 'u', keys: ['k0'] } },
  });
  expect(planned.kind === 'planned' && [...secretInputNames(planned.plan)]).toEqual(['token', 'login']);
});
