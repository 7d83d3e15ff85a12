import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../testing/documents.ts';
import { cite } from './cite.ts';

it.each([
  ['1.0.0', 'Step Object', 'Arazzo 1.0.1 §Step Object'],
  ['1.0.1', 'JSONPath Conditions', 'Arazzo 1.0.1 §Criterion Object'],
  ['1.0.3', 'Relative References in Arazzo Description URIs', 'Arazzo 1.0.1 §Relative References in URLs'],
  ['1.1.0', 'JSONPath Conditions', 'Arazzo 1.1.0 §JSONPath Conditions'],
  ['1.1.7', 'Step Object', 'Arazzo 1.1.0 §Step Object'],
])('in a document of %s the section %j is %j', (version, section, cited) => {
  expect(cite(version, section)).toBe(cited);
});

it.each([
  ['1.0.1', '1.0.1', 'Criterion Object'],
  ['1.1.0', '1.1.0', 'JSONPath Conditions'],
])('a document of %s is told sections of its own version', async (version, cited, section) => {
  const criteria = `successCriteria:
    - { condition: '$method == "GET"' }
    - { condition: 'true', type: simple }
    - { context: $response.body, condition: $.a == 1, type: jsonpath }`;
  const step = `- stepId: a
  operationId: getPet
  parameters: [{ name: petId, in: path, value: 'x$inputs.id' }]
  ${criteria}
  outputs: { id: $response.body.id }`;
  const inputs = 'inputs: { type: object, required: [id], properties: { id: {} } }';
  const found = await checkText(`arazzo: ${version}\n${oneWorkflow(step, inputs)}`);
  const ending = (of: string) => ` (Arazzo ${cited} §${of}).`;
  expect(found.map((message) => / \(Arazzo .*$/.exec(message)?.[0])).toEqual([
    ending('Runtime Expressions'),
    ending('Literals'),
    ending('Criterion Object'),
    ending(section),
    ending('Runtime Expressions'),
  ]);
});
