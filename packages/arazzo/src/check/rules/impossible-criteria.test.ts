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

const nothing = '{ description: d }';
const sold = "$response.body#/status == 'sold'";

const described = `'200': ${pet}, '404': ${problem}`;

async function findings(criterion: string, responses: string, others = ''): Promise<readonly string[]> {
  const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths: { /pets: { get: { operationId: list, responses: { ${responses} } } } }
${others}
`;
  const step = `- { stepId: a, operationId: list, successCriteria: [${criterion}] }`;
  return checkText(oneWorkflow(step), { 'pets.yaml': api });
}

/** Of what `check` says of a success criterion, the reasons. */
async function judge(criterion: string, responses = described, others = ''): Promise<readonly string[]> {
  return (await findings(criterion, responses, others)).map((text) =>
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
    [xpath, `'200': ${json('{ type: string }')}`],
    [xpath, `'200': ${json('{}')}`],
    [xpath, `default: ${nothing}`],
    [xpath, `'404': ${nothing}`],
    ['{ context: $response.body#/name, condition: //pet, type: xpath }', described],
    [simple('$statusCode == 200'), "$ref: '#/components/responses/all'"],
    [simple(sold), `default: ${nothing}, '404': ${pet}`],
    [simple(sold), `'200': ${json('{ properties: { status: { enum: [] } } }')}`],
  ])('can be %s', async (criterion, responses) => {
    expect(await judge(criterion, responses)).toEqual([]);
  });

  it.each([
    ['{}'],
    ['{ type: object }'],
    ['{ type: object, properties: { error: {} }, required: [status] }'],
    ['{ type: object, properties: { error: {} }, additionalProperties: true }'],
    ['{ type: object, properties: { error: {} }, discriminator: { propertyName: error } }'],
    ['{ type: object, properties: { error: {} }, patternProperties: { ^s: {} } }'],
    ['{ oneOf: [{ properties: { status: { enum: [lost] } } }, { type: object }] }'],
    ['{ properties: { error: {} }, additionalProperties: {}, anyOf: [{ properties: { status: { enum: [lost] } } }] }'],
  ])('can be met where a response is %s, which may have it', async (schema) => {
    expect(await judge(simple(sold), `'200': ${pet}, '404': ${json(schema)}`)).toEqual([]);
  });

  it('can be met in lists of which no item is described', async () => {
    const list = json('{ type: array, items: { properties: { status: { enum: [lost] } } } }');
    const criterion = simple("$response.body#/0/status == 'sold'");
    expect(await judge(criterion, `'200': ${list}, '201': ${json('{ type: array }')}`)).toEqual([]);
    expect(await judge(criterion, `'200': ${list}`)).toEqual(['"$response.body#/0/status" is "lost".']);
  });

  it('is judged in an instant however often branches lead to the same schemas', async () => {
    const twice = (index: number) => `{ anyOf: [{ $ref: '#/Level${index}' }, { $ref: '#/Level${index}' }] }`;
    const levels = Array.from({ length: 40 }, (_, index) => `Level${index}: ${twice(index + 1)}\n`);
    const last = `Level40: { type: object, properties: { a: ${twice(0)}, status: { enum: [lost] } } }`;
    const criterion = simple("$response.body#/a/a/a/status == 'sold'");
    expect(await judge(criterion, `'200': ${json(twice(0))}`, `${levels.join('')}${last}`)).toEqual([
      '"$response.body#/a/a/a/status" is "lost".',
    ]);
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
