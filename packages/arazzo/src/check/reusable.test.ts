import { describe, expect, it } from 'vitest';
import { checkText, loadText, oneWorkflow } from '../testing/documents.ts';
import { analyze } from './analyze.ts';

const tenant = 'components: { parameters: { tenant: { name: X-Tenant, in: header, value: usual } } }';

/** The parameters of the one step, as `place name: value`. */
async function parametersOf(steps: string, rest = ''): Promise<readonly string[]> {
  const { workflows } = await analyze(await loadText(`${oneWorkflow(steps, rest)}${tenant}`));
  const parameters = workflows[0]?.steps[0]?.parameters ?? [];
  return parameters.map(({ name, in: place, template }) => {
    return `${place ?? 'input'} ${name}: ${JSON.stringify(template.kind === 'literal' ? template.value : template.kind)}`;
  });
}

describe('a Reusable Object', () => {
  it.each([
    ['', '"usual"'],
    [', value: 1', '1'],
    [', value: 0', '0'],
    [', value: false', 'false'],
    [', value: null', 'null'],
    [", value: ''", '""'],
    [', name: ignored, in: query', '"usual"'],
  ])('with %j gives the value %s, and nothing else', async (more, value) => {
    const steps = `- { stepId: a, operationId: listPets, parameters: [{ reference: $components.parameters.tenant${more} }] }`;
    expect(await parametersOf(steps)).toEqual([`header X-Tenant: ${value}`]);
  });

  it('is none among inputs, which are a schema with $ref', async () => {
    const text = oneWorkflow(
      '- { stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: $inputs.id }] }',
      'inputs: { reference: $components.inputs.id, properties: { id: {} }, required: [id] }',
    );
    const { workflows } = await analyze(
      await loadText(`${text}components: { inputs: { id: { properties: { other: {} } } } }`),
    );
    expect([...(workflows[0]?.inputs.properties.keys() ?? [])]).toEqual(['id']);
  });
});

describe('a parameter', () => {
  it('of a step overrides that of the workflow with the same name and place, falsy values included', async () => {
    const workflow = 'parameters: [{ name: limit, in: query, value: 5 }, { name: X-Tenant, in: header, value: t }]';
    const steps =
      '- { stepId: a, operationId: listPets, parameters: [{ name: limit, in: query, value: 0 }, { name: limit, in: cookie, value: 1 }] }';
    expect(await parametersOf(steps, workflow)).toEqual(['query limit: 0', 'header X-Tenant: "t"', 'cookie limit: 1']);
  });

  it('is an input in a step that calls a workflow, whatever its place, that of the workflow too', async () => {
    const steps = '- { stepId: a, workflowId: w, parameters: [{ name: id, value: false }] }';
    const workflow = 'parameters: [{ name: id, in: query, value: 5 }, { name: other, in: header, value: 6 }]';
    expect(await parametersOf(steps, workflow)).toEqual(['input id: false', 'header other: 6']);
  });

  it('has a name that is case-sensitive', async () => {
    const steps =
      '- { stepId: a, operationId: listPets, parameters: [{ name: Limit, in: query, value: 1 }, { name: X-Tenant, in: header, value: t }] }';
    expect(await checkText(oneWorkflow(steps))).toEqual([
      'error undeclared-parameter /workflows/0/steps/0/parameters/0/name: The operation of the step "a" (GET /pets) has no query parameter "Limit". Did you mean "limit"?',
    ]);
  });
});
