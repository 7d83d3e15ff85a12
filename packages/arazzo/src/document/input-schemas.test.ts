import { describe, expect, it } from 'vitest';
import { takeInputs } from '../check/inputs.ts';
import { plan } from '../plan/make-plan.ts';
import { readTextInputs } from '../plan/text-inputs.ts';
import { checkText, loadText, oneWorkflow, petsApi } from '../testing/documents.ts';
import { readInputDeclaration } from './inputs.ts';

const step = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }';

/** A workflow with these inputs, and files that they may refer to. */
function workflow(inputs: string): string {
  return oneWorkflow(step, `inputs: ${inputs}`);
}

const files = {
  'pets.yaml': petsApi,
  'schemas/pet.yaml': `
$defs:
  name: { $anchor: name, type: string, minLength: 2 }
  kind: { enum: [cat, dog] }
type: object
required: [name]
properties:
  name: { $ref: '#name' }
  kind: { $ref: '#/$defs/kind' }
  parent: { $ref: '../schemas/pet.yaml' }
  count: { $ref: more/count.json }
`,
  'schemas/more/count.json': '{ "type": "integer" }',
};

async function refusals(
  inputs: string,
  values: Readonly<Record<string, unknown>>,
  rest = '',
): Promise<readonly string[]> {
  const result = await plan(await loadText(workflow(inputs) + rest, files), { inputs: values });
  return result.kind === 'planned' ? [] : result.diagnostics.map(({ message }) => message);
}

describe('inputs in other files', () => {
  const pet = '{ $ref: schemas/pet.yaml }';

  it('are declared by them', async () => {
    const document = await loadText(workflow(pet), files);
    const declaration = document.workflows[0] && readInputDeclaration(document, document.workflows[0]);
    expect([...(declaration?.properties.keys() ?? [])]).toEqual(['name', 'kind', 'parent', 'count']);
    expect([...(declaration?.required ?? [])]).toEqual(['name']);
    const texts = [
      { name: 'count', value: '3' },
      { name: 'name', value: '7' },
    ];
    expect((await readTextInputs(document, undefined, texts)).inputs).toEqual({ count: 3, name: '7' });
  });

  it.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{ name: 'Rex', kind: 'dog', parent: { name: 'Max', parent: { name: 'Sam' } }, count: 1 }, []],
    [
      { name: 'Rex', kind: 'cow' },
      ['The input "kind" of the workflow "w" is "cow" (string); one of "cat", "dog" was expected.'],
    ],
    [
      { name: 'Rex', count: 'x' },
      ['The input "count" of the workflow "w" is "x" (string); the type integer was expected.'],
    ],
    [
      { name: 'Rex', parent: { name: 'Max', parent: { name: 7 } } },
      ['The input "parent" of the workflow "w" is 7 (number) at "/parent/name"; the type string was expected.'],
    ],
    [{}, ['The workflow "w" needs the input "name", of the type string.']],
  ])('are judged by them: %j', async (values, messages) => {
    expect(await refusals(pet, values)).toEqual(messages);
  });

  it.each([
    [
      '{ $ref: none.yaml }',
      '/workflows/0/inputs/$ref: The reference "none.yaml" cannot be resolved: The file "file:///documents/none.yaml" does not exist.',
    ],
    [
      '{ $ref: schemas/pet.yaml#/none }',
      '/workflows/0/inputs/$ref: The reference "schemas/pet.yaml#/none" cannot be resolved: there is nothing at that place.',
    ],
    [
      "{ properties: { a: { items: { $ref: '#none' } } } }",
      '/workflows/0/inputs/properties/a/items/$ref: The reference "#none" cannot be resolved: there is nothing at that place.',
    ],
    [
      "{ $defs: { id: {} }, properties: { a: { $ref: '#/$defs/id' } } }",
      '/workflows/0/inputs/properties/a/$ref: The reference "#/$defs/id" cannot be resolved: there is nothing at that place, which is looked up in the whole file; an "$anchor" can be referred to from everywhere in it.',
    ],
    [
      "{ $ref: '#/workflows/0/inputs' }",
      '/workflows/0/inputs/$ref: The reference "#/workflows/0/inputs" cannot be resolved: it leads in a circle.',
    ],
  ])('that lead nowhere are reported: %s', async (inputs, finding) => {
    expect(await checkText(workflow(inputs), files)).toEqual([`error unresolved-reference ${finding}`]);
  });

  it('may name things in the document, whatever they are called', async () => {
    const rest =
      'components: { inputs: { id: { $anchor: identity, type: integer }, both: { properties: { $ref: { type: string }, id: { $ref: "#identity" } } } } }';
    const inputs = "{ $ref: '#/components/inputs/both' }";
    expect(await refusals(inputs, { id: 7, $ref: 'x' }, rest)).toEqual([]);
    expect(await refusals(inputs, { id: 'x' }, rest)).toEqual([
      'The input "id" of the workflow "w" is "x" (string); the type integer was expected.',
    ]);
  });

  it('are known by name where only alternatives declare them, and take no default from there', async () => {
    const alternatives = '[{ properties: { size: { default: 3 } } }, { required: [weight] }]';
    const inputs = `{ properties: { kind: {} }, oneOf: ${alternatives} }`;
    const reads = ['size', 'weight', 'none'].map((name) => `{ name: ${name}, in: query, value: $inputs.${name} }`);
    const list = `- { stepId: a, operationId: listPets, parameters: [${reads.join(', ')}] }`;
    const findings = await checkText(oneWorkflow(list, `inputs: ${inputs}`), files);
    expect(findings.filter((finding) => finding.includes('unknown-input'))).toEqual([
      'error unknown-input /workflows/0/steps/0/parameters/2/value: The workflow "w" has no input "none"; its inputs are "kind", "size" and "weight".',
    ]);
    const document = await loadText(workflow(inputs));
    const [first] = document.workflows;
    expect(first && takeInputs(document, first, { kind: 'x', weight: 1, other: 2 })).toEqual({ kind: 'x', weight: 1 });
  });

  it('are data where they stand as data', async () => {
    const inputs = "{ properties: { a: { const: { $ref: nowhere.yaml }, default: { $ref: '#none' } } } }";
    expect(await checkText(workflow(inputs), files)).toEqual([]);
  });

  it('may refer to themselves without end, and are refused then', async () => {
    const inputs = "{ properties: { a: { allOf: [{ $ref: '#/workflows/0/inputs/properties/a' }] } } }";
    const [message] = await refusals(inputs, { a: 1 });
    expect(message).toContain('The inputs of the workflow "w" cannot be validated, because their schema is faulty: ');
  });
});
