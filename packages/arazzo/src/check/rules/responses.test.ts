import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

/** What `check` says of the pointer, when GET /pets has these responses. */
async function judge(pointer: string, responses: string): Promise<readonly string[]> {
  const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { ${responses} } } } }
components: { schemas: {
  Node: { type: object, additionalProperties: false, properties: { next: { $ref: '#/components/schemas/Node' } } },
  Loop: { oneOf: [{ $ref: '#/components/schemas/Loop' }] } } }
`;
  const step = `- { stepId: a, operationId: list, outputs: { o: '$response.body#${pointer}' } }`;
  const prefix = `unknown-response-member /workflows/0/steps/0/outputs/o: The step "a" reads "$response.body#${pointer}", which `;
  return (await checkText(oneWorkflow(step), { 'pets.yaml': api })).map((text) => text.replace(prefix, ''));
}

const json = (schema: string) => `{ description: d, content: { application/json: { schema: ${schema} } } }`;
const open = json(
  '{ type: object, properties: { name: { type: string }, tags: { type: array, items: { type: string } } } }',
);
const closed = json('{ type: object, additionalProperties: false, properties: { name: { type: string } } }');

describe('a pointer into a response', () => {
  it.each([
    ['/name', `'200': ${open}`],
    ['/tags/0', `'200': ${open}`],
    ['/name', `'200': ${closed}, '404': ${json('{ type: object, properties: { error: {} } }')}`],
    ['/error', `'200': ${closed}, '404': ${json('{ type: object, properties: { error: {} } }')}`],
    ['/x', `'200': { description: d }`],
    ['/x', `'200': ${closed}, '201': { description: d }`],
    ['/x', `'200': ${closed}, default: { $ref: '#/nowhere' }`],
    ['/x', `'200': ${json('{}')}`],
    ['/x', `'200': ${json('{ type: object }')}`],
    ['/x', `'200': ${json('{ type: object, properties: { a: {} }, additionalProperties: true }')}`],
    ['/x', `'200': ${json('{ properties: { a: {} }, patternProperties: { b: {} } }')}`],
    [
      '/x',
      `'200': ${json('{ properties: { a: {} }, oneOf: [{ properties: { x: {} } }, { properties: { y: {} } }] }')}`,
    ],
    ['/next/next/next', `'200': ${json("{ $ref: '#/components/schemas/Node' }")}`],
    ['/x', `'200': ${json("{ $ref: '#/components/schemas/Loop' }")}`],
    ['/x', `'200': { description: d, content: { text/plain: { schema: { type: string } }, application/json: {} } }`],
  ])('may lead to %s with %s', async (pointer, responses) => {
    expect(await judge(pointer, responses)).toEqual([]);
  });

  it.each([
    ['/nam', `'200': ${open}`, 'warning the API does not describe in any response to GET /pets. Did you mean "name"?'],
    [
      '/x',
      `'200': ${closed}, '404': { description: d }`,
      'warning the API does not describe in any response to GET /pets.',
    ],
    [
      '/nam',
      `'200': ${closed}`,
      'error no response that the API describes for GET /pets can have. Did you mean "name"?',
    ],
    ['/name/x', `'200': ${open}`, 'error no response that the API describes for GET /pets can have.'],
    ['/tags/first', `'200': ${open}`, 'error no response that the API describes for GET /pets can have.'],
    [
      '/0/x',
      `'200': ${json('{ type: array, items: { type: string } }')}`,
      'error no response that the API describes for GET /pets can have.',
    ],
    [
      '/next/nex',
      `'200': ${json("{ $ref: '#/components/schemas/Node' }")}`,
      'error no response that the API describes for GET /pets can have. Did you mean "next"?',
    ],
    [
      '/x',
      `'200': ${json('{ oneOf: [{ type: string }, { additionalProperties: false, properties: { y: {} } }] }')}`,
      'error no response that the API describes for GET /pets can have. Did you mean "y"?',
    ],
  ])('leads nowhere by %s with %s', async (pointer, responses, finding) => {
    expect(await judge(pointer, responses)).toEqual([finding]);
  });

  it('is judged by the schema of a Swagger 2.0 response', async () => {
    const api = `swagger: '2.0'
host: x.test
paths: { /pets: { get: { operationId: list, responses: { '200': { schema: { type: object, properties: { name: {} } } } } } } }
`;
    const step = "- { stepId: a, operationId: list, successCriteria: [{ condition: '$response.body#/nam == 1' }] }";
    expect(await checkText(oneWorkflow(step), { 'pets.yaml': api })).toEqual([
      'warning unknown-response-member /workflows/0/steps/0/successCriteria/0/condition: The step "a" reads "$response.body#/nam", which the API does not describe in any response to GET /pets. Did you mean "name"?',
    ]);
  });
});
