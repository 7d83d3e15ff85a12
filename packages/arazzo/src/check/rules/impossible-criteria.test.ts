import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const json = (schema: string) => `{ description: d, content: { application/json: { schema: ${schema} } } }`;
const pet = json(`{ type: object, properties: {
  status: { type: string, enum: [available, pending] },
  kind: { oneOf: [{ const: cat }, { const: dog }] },
  age: { type: integer, enum: [1, 2, 3] },
  tags: { type: array, items: { type: string, enum: [old] } },
  name: { type: string },
  either: { anyOf: [{ enum: [a] }, { type: string }] } } }`);
const problem = json('{ type: object, properties: { error: { type: string } } }');

const described = `'200': ${pet}, '404': ${problem}`;

async function findings(criterion: string, responses: string): Promise<readonly string[]> {
  const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { ${responses} } } } }
`;
  const step = `- { stepId: a, operationId: list, successCriteria: [${criterion}] }`;
  return checkText(oneWorkflow(step), { 'pets.yaml': api });
}

/** Of what `check` says of a success criterion, the reasons. */
async function judge(criterion: string, responses = described): Promise<readonly string[]> {
  return (await findings(criterion, responses)).map((text) =>
    text.replace(/^.*holds for no response that the API describes for GET \/pets: /, ''),
  );
}

const simple = (condition: string) => `{ condition: "${condition}" }`;
const xpath = `{ context: $response.body, condition: //pet, type: xpath }`;

describe('a success criterion', () => {
  it.each([
    [simple('$statusCode == 200'), described],
    [simple("$statusCode == '200'"), described],
    [simple('$statusCode == 201'), `2XX: ${pet}`],
    [simple('$statusCode == 201'), `'200': ${pet}, default: ${problem}`],
    [simple('$statusCode == 200 || $statusCode == 201'), described],
    [simple('$statusCode != 201'), described],
    [simple('!($statusCode == 201)'), described],
    [simple('$statusCode < 300'), described],
    [simple("$response.body#/status == 'PENDING'"), described],
    [simple("$response.body#/status != 'sold'"), described],
    [simple("$response.body#/kind == 'dog'"), described],
    [simple("$response.body#/tags[0] == 'old'"), described],
    [simple("$response.body#/name == 'Rex'"), described],
    [simple("$response.body#/either == 'b'"), described],
    [simple('$response.body#/age == null'), described],
    [
      simple("$response.body#/status == 'sold'"),
      `'200': ${pet}, '404': { description: d, content: { text/plain: {} } }`,
    ],
    [simple("$response.body#/status == 'sold'"), `'200': ${pet}, '201': { description: d }`],
    [xpath, `'200': { description: d, content: { application/xml: { schema: { type: object } } } }`],
  ])('can be %s', async (criterion, responses) => {
    expect(await judge(criterion, responses)).toEqual([]);
  });

  it.each([
    [simple('$statusCode == 201'), 'its status is 200 or 404.'],
    [simple("'201' == $statusCode"), 'its status is 200 or 404.'],
    [simple('$statusCode == 200 && $statusCode == 201'), 'its status is 200 or 404.'],
    [simple("$response.body#/status == 'sold'"), '"$response.body#/status" is "available" or "pending".'],
    [simple("$response.body#/kind == 'cow'"), '"$response.body#/kind" is "cat" or "dog".'],
    [simple("$response.body#/tags[0] == 'new'"), '"$response.body#/tags[0]" is "old".'],
    [simple('$response.body#/age == 4'), '"$response.body#/age" is 1, 2 or 3.'],
    [xpath, 'their bodies are JSON, which is no XML.'],
  ])('cannot be %s', async (criterion, reason) => {
    expect(await judge(criterion)).toEqual([reason]);
  });

  it('is warned of where no response that the API describes can meet it', async () => {
    expect(await findings(simple('$statusCode == 201'), `'200': ${pet}`)).toEqual([
      'warning impossible-criterion /workflows/0/steps/0/successCriteria/0/condition: The success criterion "$statusCode == 201" of the step "a" holds for no response that the API describes for GET /pets: its status is 200.',
    ]);
  });
});
