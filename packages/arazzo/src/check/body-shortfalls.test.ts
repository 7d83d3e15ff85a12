import { describe, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { checkText, loadText, oneWorkflow } from '../testing/documents.ts';

const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths:
  /pets:
    post:
      operationId: create
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet:
      type: object
      required: [owner]
      properties:
        owner:
          type: object
          required: [name, id]
          properties: { name: { type: string }, id: { readOnly: true }, role: { enum: [admin, guest] } }
        tags: { type: array, items: { type: object, required: [key], properties: { key: { enum: [a, b] } } } }
        kinds: { type: array, items: { enum: [cat, dog] } }
        pair: { type: array, prefixItems: [{ enum: [a] }, { type: object, required: [id] }], items: { enum: [b] } }
        parent: { $ref: '#/components/schemas/Pet' }
        choice: { oneOf: [{ required: [x] }, { required: [y] }] }
`;

function step(payload: string, more = ''): string {
  return `- { stepId: a, operationId: create, requestBody: { payload: ${payload}${more} } }`;
}

async function findings(payload: string, more = '', rest = ''): Promise<readonly string[]> {
  const at = '/workflows/0/steps/0/requestBody/payload';
  const found = await checkText(oneWorkflow(step(payload, more), rest), { 'pets.yaml': api });
  return found.map((text) => text.replace(at, '~').replace('The step "a" ', ''));
}

describe('a request body', () => {
  it.each([
    ['{ owner: { name: n, role: guest }, tags: [{ key: a }], kinds: [cat], choice: {}, pair: [a, { id: 1 }, b] }'],
    ['{ owner: { name: n }, parent: { owner: { name: n }, parent: { owner: { name: n } } } }'],
    ['{ owner: $inputs.owner }'],
    ['$inputs.owner'],
    ['{ owner: { name: n }, tags: $inputs.owner }'],
  ])('has what is required at every depth: %s', async (payload) => {
    const rest = 'inputs: { type: object, required: [owner], properties: { owner: {} } }';
    expect(await findings(payload, '', rest)).toEqual([]);
  });

  it.each([
    [
      '{ owner: {} }',
      'error missing-body-member ~/owner: does not give the body member "owner.name", which the API requires.',
    ],
    [
      '{ owner: { name: n }, parent: { parent: {} } }',
      'error missing-body-member ~/parent/parent: does not give the body member "parent.parent.owner", which the API requires.',
    ],
    [
      '{ owner: { name: n }, tags: [{ key: a }, {}] }',
      'error missing-body-member ~/tags/1: does not give the body member "tags[1].key", which the API requires.',
    ],
    [
      '{ owner: { name: n, role: chief } }',
      'error enum-violation ~/owner/role: gives the body member "owner.role" the value "chief"; one of "admin", "guest" was expected.',
    ],
    [
      '{ owner: { name: n }, tags: [{ key: c }] }',
      'error enum-violation ~/tags/0/key: gives the body member "tags[0].key" the value "c"; one of "a", "b" was expected.',
    ],
    [
      '{ owner: { name: n }, kinds: [cat, cow] }',
      'error enum-violation ~/kinds/1: gives the body member "kinds[1]" the value "cow"; one of "cat", "dog" was expected.',
    ],
    [
      '{ owner: { name: n }, pair: [a, {}] }',
      'error missing-body-member ~/pair/1: does not give the body member "pair[1].id", which the API requires.',
    ],
    [
      '{ owner: { name: n }, pair: [a, { id: 1 }, a] }',
      'error enum-violation ~/pair/2: gives the body member "pair[2]" the value "a"; one of "b" was expected.',
    ],
  ])('lacks or misstates a member: %s', async (payload, finding) => {
    expect(await findings(payload)).toContain(finding);
  });

  it.each([
    ['{ owner: {} }', '/owner/name'],
    ['{ owner: {} }', '/owner'],
    ['{ owner: { name: n, role: chief } }', '/owner/role'],
    ['{ owner: { name: n }, kinds: [cow] }', '/kinds/0'],
  ])('is not judged where a replacement decides: %s, %s', async (payload, target) => {
    expect(await findings(payload, `, replacements: [{ target: ${target}, value: x }]`)).toEqual([]);
  });

  it('is asked for by the input that a member below the top needs', async () => {
    const inputs = 'inputs: { type: object, properties: { name: { type: string } } }';
    const text = oneWorkflow(step('{ owner: { name: $inputs.name } }'), inputs);
    const planned = await plan(await loadText(text, { 'pets.yaml': api }), { inputs: {} });
    expect(planned.kind === 'refused' && planned.diagnostics.map(({ message }) => message)).toEqual([
      'Give the input "name": the step "a" takes the body member "owner.name" from it, which the API requires.',
    ]);
  });
});
