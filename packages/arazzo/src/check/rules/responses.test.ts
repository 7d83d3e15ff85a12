import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

/** A schema of forty levels, each of which leads to the next in two branches. */
const levels = Array.from({ length: 40 }, (_, index) => {
  const next = `{ $ref: '#/components/schemas/Level${index + 1}' }`;
  return `Level${index}: { anyOf: [${next}, ${next}] },`;
});

/** What `check` says of the pointer, when GET /pets has these responses. */
async function judge(pointer: string, responses: string): Promise<readonly string[]> {
  const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { ${responses} } } } }
components: { schemas: {
  Node: { type: object, additionalProperties: false, properties: { next: { $ref: '#/components/schemas/Node' } } },
  ${levels.join('\n  ')}
  Level40: { type: object, additionalProperties: false, properties: { deep: { $ref: '#/components/schemas/Level0' } } },
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
    ['/0/a', `'200': ${json('{ prefixItems: [{ type: object }], items: { type: string } }')}`],
    ['/1/a', `'200': ${json('{ prefixItems: [{ type: string }], items: { type: object } }')}`],
    ['/1/a', `'200': ${json('{ type: array, prefixItems: [{ type: string }] }')}`],
    ['/x', `'200': { description: d }`],
    ['/x', `'200': ${closed}, '201': { description: d }`],
    ['/x', `default: { description: d }, '404': ${open}`],
    ['/x', `'200': ${json('{}')}`],
    ['/x', `'200': ${json('{ type: object }')}`],
    ['/x', `'200': ${json('{ type: object, properties: { a: {} }, additionalProperties: true }')}`],
    ['/x', `'200': ${json('{ type: object, properties: { a: {} }, required: [x] }')}`],
    ['/x', `'200': ${json('{ properties: { a: {} }, patternProperties: { b: {} } }')}`],
    [
      '/x',
      `'200': ${json('{ properties: { a: {} }, oneOf: [{ properties: { x: {} } }, { properties: { y: {} } }] }')}`,
    ],
    ['/next/next/next', `'200': ${json("{ $ref: '#/components/schemas/Node' }")}`],
    ['/x', `'200': ${json("{ $ref: '#/components/schemas/Loop' }")}`],
    ['/deep/deep/deep', `'200': ${json("{ $ref: '#/components/schemas/Level0' }")}`],
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
    [
      '/0/a',
      `'200': ${json('{ type: array, prefixItems: [{ type: string }], items: { type: object } }')}`,
      'error no response that the API describes for GET /pets can have.',
    ],
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
      '/deep/deep/dep',
      `'200': ${json("{ $ref: '#/components/schemas/Level0' }")}`,
      'error no response that the API describes for GET /pets can have. Did you mean "deep"?',
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

describe('a reference of a response that leads nowhere', () => {
  const nowhere = "{ $ref: '#/no' }";
  const at = (place: string) =>
    `unresolved-reference /paths/~1pets/get/responses/${place}/$ref: The reference "#/no" cannot be resolved: there is nothing at that place.`;

  it.each([
    ['default', `'200': ${closed}, default: ${nowhere}`],
    ['200/content/application~1json/schema', `'200': ${json(nowhere)}`],
    ['200/content/application~1json', `'200': { description: d, content: { application/json: ${nowhere} } }`],
    ['200/headers/X-Rate', `'200': { description: d, headers: { X-Rate: ${nowhere} } }`],
    ['200/headers/a/schema', `'200': { description: d, headers: { a: { schema: ${nowhere} } } }`],
  ])('at %s is an error for a step that reads the response, and a warning for others', async (place, responses) => {
    expect(await judge('', responses)).toEqual([`error ${at(place)}`]);
    const steps = (...outputs: readonly string[]) =>
      oneWorkflow(outputs.map((output, index) => `- { stepId: s${index}, operationId: list${output} }`).join('\n'));
    const reads = ', outputs: { o: $response.body }';
    const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { ${responses}, x-later: ${nowhere} } } } }
`;
    expect(await checkText(steps('', ''), { 'pets.yaml': api })).toEqual([`warning ${at(place)}`]);
    expect(await checkText(steps('', reads, ''), { 'pets.yaml': api })).toEqual([`error ${at(place)}`]);
  });

  it('is found in Swagger 2.0, in other files and in circles, and nowhere in operations that are not used', async () => {
    const api = `swagger: '2.0'
host: x.test
responses: { Circle: { $ref: '#/responses/Circle' } }
paths:
  /pets: { get: { operationId: list, responses: { '200': { schema: { $ref: 'none.yaml#/Pet' } }, '404': { $ref: '#/responses/Circle' } } } }
  /other: { get: { operationId: other, responses: { '200': { $ref: '#/no' } } } }
`;
    const found = await checkText(oneWorkflow('- { stepId: a, operationId: list }'), { 'pets.yaml': api });
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'warning unresolved-reference /paths/~1pets/get/responses/200/schema/$ref',
      'warning unresolved-reference /paths/~1pets/get/responses/404/$ref',
    ]);
  });
});

it.each([
  ['.tags[0]', []],
  ['.tags.length', []],
  ['.nam', ['nam']],
  ['.tags[0].x', ['x']],
])('a property path into a response is judged as a pointer is: %s', async (path, wrong) => {
  const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { '200': ${open} } } } }`;
  const step = `- { stepId: a, operationId: list, successCriteria: [{ condition: '$response.body${path} == 1' }] }`;
  const found = await checkText(oneWorkflow(step), { 'pets.yaml': api });
  expect(found.filter((text) => text.includes('unknown-response-member'))).toHaveLength(wrong.length);
});
