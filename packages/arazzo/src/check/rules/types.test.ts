import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths:
  /pets:
    post:
      operationId: create
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: dry, in: query, schema: { type: boolean } }
        - { name: free, in: query, schema: { type: [integer, string] } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                count: { type: integer }
                price: { type: number }
                name: { type: string }
                note: { type: [string, 'null'] }
                tags: { type: array, items: { type: string } }
                pair: { type: array, prefixItems: [{ type: integer }], items: { type: string } }
                owner: { type: object, properties: { age: { type: integer } } }
                either: { type: string, oneOf: [{ type: string }] }
          application/x-www-form-urlencoded: { schema: { type: object, properties: { count: { type: integer } } } }
`;

const findings = async (more: string) => {
  const step = `- { stepId: a, operationId: create, ${more} }`;
  const inputs = 'inputs: { type: object, properties: { x: {} } }';
  const found = await checkText(oneWorkflow(step, inputs), { 'pets.yaml': api });
  return found.map((text) =>
    text.replace('warning type-mismatch /workflows/0/steps/0/', '').replace('The step "a" ', ''),
  );
};
const parameter = (name: string, value: string) => `parameters: [{ name: ${name}, in: query, value: ${value} }]`;
const payload = (value: string) => `requestBody: { payload: ${value} }`;

it.each([
  parameter('limit', '5'),
  parameter('limit', "'5'"),
  parameter('limit', '$inputs.x'),
  parameter('limit', "'{$inputs.x}'"),
  parameter('dry', "'true'"),
  parameter('free', 'x'),
  payload(
    '{ count: 1, price: 1.5, name: n, note: null, tags: [a], pair: [1, a], owner: { age: 3 }, other: {}, either: 7 }',
  ),
  payload('{ count: $inputs.x, tags: $inputs.x, owner: { age: $inputs.x }, name: "{$inputs.x}" }'),
  payload(`'{ "count": {$inputs.x}, "name": "{$inputs.x}", "either": "{$inputs.x}", "owner": { "age": 3 } }'`),
  payload(`'{ "count": {$inputs.x} {$inputs.x} }'`),
  payload('{ price: 3, tags: [], owner: {} }'),
  payload(`'{ "price": 3, "tags": [], "owner": {} }'`),
  `requestBody: { contentType: application/x-www-form-urlencoded, payload: { count: '5' } }`,
  `requestBody: { payload: { count: later }, replacements: [{ target: /count, value: 1 }] }`,
])('takes %s', async (more) => {
  expect(await findings(more)).toEqual([]);
});

it.each([
  [parameter('limit', 'many'), 'the parameter "limit" the value "many" (string); the type "integer" was expected.'],
  [parameter('limit', '1.5'), 'the value 1.5 (number); the type "integer" was expected.'],
  [parameter('limit', '[1]'), undefined],
  [parameter('dry', '1'), 'the value 1 (number); the type "boolean" was expected.'],
  [payload("{ count: '1' }"), 'requestBody/payload/count: gives the body member "count" the value "1" (string); '],
  [payload('{ count: 1.5 }'), 'the type "integer" was expected.'],
  [payload('{ name: 7 }'), 'the type "string" was expected.'],
  [payload('{ name: null }'), 'the value null (null); the type "string" was expected.'],
  [payload('{ note: [] }'), 'the type "string" and "null" was expected.'],
  [payload('{ tags: [a, 1] }'), 'requestBody/payload/tags/1: gives the body member "tags[1]" the value 1 (number); '],
  [payload('{ pair: [1, 2] }'), 'the body member "pair[1]" the value 2 (number); the type "string" was expected.'],
  [payload('{ owner: { age: old } }'), 'the body member "owner.age" the value "old" (string); '],
  [
    payload('{ owner: { age: "{$inputs.x}" } }'),
    'requestBody/payload/owner/age: gives the body member "owner.age" "{$inputs.x}", which is text; the type "integer" was expected. Without the braces the expression keeps its type.',
  ],
  [
    payload('{ price: "{$inputs.x}.5" }'),
    'requestBody/payload/price: gives the body member "price" "{$inputs.x}.5", which is text; the type "number" was expected.',
  ],
  [
    payload(`'{ "tags": "{$inputs.x}", "note": {$inputs.x} }'`),
    'requestBody/payload: gives the body member "tags" "{$inputs.x}", which is text; the type "array" was expected. Without the quotes around it the expression keeps its type.',
  ],
  [
    payload(`'{ "count": "1", "name": "{$inputs.x}" }'`),
    'requestBody/payload: gives the body member "count" the value "1"',
  ],
  [
    payload(`'{ "owner": { "age": "old" } }'`),
    'requestBody/payload: gives the body member "owner.age" the value "old"',
  ],
  [payload('[1]'), 'gives the body an array; the type "object" was expected.'],
])('tells of %s', async (more, message) => {
  expect(await findings(more)).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
});
