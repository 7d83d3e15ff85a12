import { expect, it } from 'vitest';
import { loadText, oneWorkflow, shorten } from '../../testing/documents.ts';
import { check } from '../check.ts';

const get = (more: string) =>
  `- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]${more} }`;
const post = (body: string) => `- { stepId: a, operationId: createPet, requestBody: { ${body} } }`;

async function findings(version: string, text: string, strict = false): Promise<readonly string[]> {
  const found = await check(await loadText(`arazzo: ${version}\n${text}`), { strict });
  return found.map(shorten).filter((line) => line.includes(' later-version '));
}

const goto = '[{ name: g, type: goto, workflowId: w, parameters: [] }]';

it.each([
  [oneWorkflow(get(', timeout: 100')), '/workflows/0/steps/0/timeout', '"timeout"', 'Step Object'],
  [oneWorkflow(get(', dependsOn: []')), '/workflows/0/steps/0/dependsOn', '"dependsOn"', 'Step Object'],
  [`$self: https://flows.test/a\n${oneWorkflow(get(''))}`, '/$self', '"$self"', 'Arazzo Specification Object'],
  [
    oneWorkflow(get(`, onFailure: ${goto}`)),
    '/workflows/0/steps/0/onFailure/0/parameters',
    '"parameters"',
    'Success Action Object',
  ],
  [
    oneWorkflow(get(', outputs: { id: { context: $response.body, selector: $.id, type: jsonpath } }')),
    '/workflows/0/steps/0/outputs/id',
    'a Selector Object',
    'Selector Object',
  ],
  [
    oneWorkflow(
      post('payload: { name: a }, replacements: [{ target: /name, targetSelectorType: jsonpointer, value: b }]'),
    ),
    '/workflows/0/steps/0/requestBody/replacements/0/targetSelectorType',
    '"targetSelectorType"',
    'Payload Replacement Object',
  ],
  [
    `${oneWorkflow(get(''))}components: { parameters: { q: { name: q, in: querystring, value: a=1 } } }`,
    '/components/parameters/q/in',
    'the "in" "querystring"',
    'Parameter Object',
  ],
])('warns of what is of a later version: %s', async (text, pointer, what, section) => {
  const said = `later-version ${pointer}: The document says "arazzo: 1.0.1" and has ${what}, which is of Arazzo 1.1.0 §${section}; it is read as 1.1 has it.`;
  expect(await findings('1.0.1', text)).toEqual([`warning ${said}`]);
  expect(await findings('1.0.1', text, true)).toEqual([`error ${said}`]);
  expect(await findings('1.1.0', text, true)).toEqual([]);
});

it('says nothing of a document of 1.0 that has what 1.0 has', async () => {
  expect(await findings('1.0.1', oneWorkflow(get(', outputs: { id: $response.body#/id }')), true)).toEqual([]);
});
