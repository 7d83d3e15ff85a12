import { describe, expect, it } from 'vitest';
import { loadDocument } from '../document/load.ts';
import { buildWebSocketApi, loadText, oneWorkflow, petsApi } from '../testing/documents.ts';
import { type PlanOptions, plan } from './make-plan.ts';

async function load(url: URL) {
  const result = await loadDocument(url);
  if (result.kind === 'refused') throw new Error('refused');
  return result.document;
}

/** The errors of a refused plan, or the warnings of one that was made. */
async function judge(text: string, options?: PlanOptions): Promise<readonly string[]> {
  const result = await plan(await loadText(text), options);
  if (result.kind === 'planned') return ['planned', ...result.warnings.map(({ message }) => message)];
  return result.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

const inputs = {
  name: 'chat',
  routeSelectionExpression: '$request.body.action',
  integrationUri: 'http://127.0.0.1:9000',
  routeKey: '$connect',
};

describe('plan', () => {
  it('refuses the WebSocket workflow without its required inputs, naming each, and the one that the API requires', async () => {
    const result = await plan(await load(buildWebSocketApi), { servers: { apiGatewayV2: 'http://127.0.0.1:1' } });
    expect(
      result.kind === 'refused' &&
        result.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ).toEqual([
      'The workflow "build-websocket-api" needs the input "name", of the type string. It is: What to call the API.',
      'The workflow "build-websocket-api" needs the input "routeSelectionExpression", of the type string.',
      'The workflow "build-websocket-api" needs the input "integrationUri", of the type string.',
      'The workflow "build-websocket-api" needs the input "routeKey", of the type string.',
      'Give the input "integrationType": the step "createIntegration" takes the body member "IntegrationType" from it, which the API requires. It is one of "AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK".',
    ]);
  });

  it('refuses a value that the API does not list before anything is sent', async () => {
    const document = await load(buildWebSocketApi);
    const result = await plan(document, { inputs: { ...inputs, integrationType: 'LAMBDA' } });
    expect(result).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'missing-braces' }, { code: 'security-not-applied' }, { code: 'enum-violation' }],
    });
  });

  it('plans the WebSocket workflow with one warning when the server is on this machine', async () => {
    const result = await plan(await load(buildWebSocketApi), {
      inputs: { ...inputs, integrationType: 'MOCK' },
      servers: { apiGatewayV2: 'http://localhost:8080/_gatewright/member-names/' },
    });
    expect(result).toMatchObject({
      kind: 'planned',
      plan: { targets: ['http://localhost:8080/_gatewright/member-names'] },
      warnings: [{ code: 'missing-braces' }],
    });
  });

  it('targets the server of the description, variables at their defaults, and warns that it goes there unsigned', async () => {
    const result = await plan(await load(buildWebSocketApi), { inputs: { ...inputs, integrationType: 'MOCK' } });
    expect(result).toMatchObject({
      kind: 'planned',
      plan: { targets: ['https://apigateway.us-east-1.amazonaws.com'] },
      warnings: [{ code: 'missing-braces' }, { code: 'security-not-applied' }],
    });
  });

  const step = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }] }';
  const schema =
    'inputs: { type: object, properties: { id: { type: integer, maximum: 9 }, kind: { enum: [cat, dog] }, list: { type: array, items: { type: string } }, not: { type: integer }, code: { $ref: "#code" }, closed: { type: object, allOf: [{ properties: { a: { type: integer } } }], unevaluatedProperties: false }, either: { anyOf: [{ type: string }, { properties: { a: true }, additionalProperties: false }] }, named: { propertyNames: { pattern: "^[a-z]+$" }, additionalProperties: { type: string } } }, if: { properties: { kind: { const: dog } }, required: [kind] }, then: { required: [list] }, $defs: { code: { $anchor: code, type: string, pattern: "^[A-Z]+$" } } }';

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a value that fits', { id: 1 }, ['planned']],
    [
      'no value for a path',
      {},
      ['Give the input "id": the step "a" takes the parameter "petId" from it, which the API requires.'],
    ],
    [
      'another type',
      { id: 'x' },
      ['The input "id" of the workflow "w" is "x" (string); the type integer was expected.'],
    ],
    [
      'a value outside the enumeration',
      { id: 1, kind: 'cow' },
      ['The input "kind" of the workflow "w" is "cow" (string); one of "cat", "dog" was expected.'],
    ],
    [
      'a wrong item',
      { id: 1, list: ['a', 2] },
      ['The input "list" of the workflow "w" is 2 (number) at "/1"; the type string was expected.'],
    ],
    [
      'text of another form',
      { id: 1, code: 'a' },
      ['The input "code" of the workflow "w" is "a" (string); text that matches "^[A-Z]+$" was expected.'],
    ],
    [
      'an input that another one makes necessary',
      { id: 1, kind: 'dog' },
      ['The workflow "w" needs the input "list" with the others that are given.'],
    ],
    [
      'a value of an input that is called as a keyword is',
      { id: 1, not: 'x' },
      ['The input "not" of the workflow "w" is "x" (string); the type integer was expected.'],
    ],
    [
      'a number too large',
      { id: 10 },
      [
        'The input "id" of the workflow "w" is 10 (number); the schema\'s "maximum" was expected to hold: 10 is greater than 9.',
      ],
    ],
    [
      'a member that there is none of',
      { id: 1, closed: { a: 1, b: 2 } },
      ['The input "closed" of the workflow "w" is 2 (number) at "/b"; no value was expected there.'],
    ],
    [
      'a member of a part, without what is left over because the part fails',
      { id: 1, closed: { a: 'x' } },
      ['The input "closed" of the workflow "w" is "x" (string) at "/a"; the type integer was expected.'],
    ],
    [
      'a value that fits no alternative, without what is wrong in one',
      { id: 1, either: { b: 2 } },
      [
        'The input "either" of the workflow "w" is {"b":2} (object); the schema\'s "anyOf" was expected to hold: Instance does not match any subschemas.',
      ],
    ],
    [
      'the names of members',
      { id: 1, named: { B: 'x' } },
      [
        'The input "named" of the workflow "w" is {"B":"x"} (object); the schema\'s "propertyNames" was expected to hold: Property name "B" does not match schema.',
      ],
    ],
    [
      'the values of any members',
      { id: 1, named: { b: 1 } },
      ['The input "named" of the workflow "w" is 1 (number) at "/b"; the type string was expected.'],
    ],
    [
      'an undeclared input',
      { id: 1, ids: 2 },
      [
        'planned',
        'No workflow to run has the input "ids", so it is not used; the inputs are "id", "kind", "list", "not", "code", "closed", "either" and "named". Did you mean "id"?',
      ],
    ],
  ])('judges %s', async (_, values, messages) => {
    expect(await judge(oneWorkflow(step, schema), { inputs: values })).toEqual(messages);
  });

  it('fills in the defaults of the schema', async () => {
    expect(await judge(oneWorkflow(step, 'inputs: { properties: { id: { default: 3 } } }'))).toEqual(['planned']);
  });

  it('refuses unknown workflows, sources and servers that are no URL', async () => {
    const text = oneWorkflow(step, 'inputs: { properties: { id: { default: 3 } } }');
    expect(await judge(text, { workflowIds: ['v'] })).toEqual([
      'The document has no workflow "v"; its workflows are "w". Did you mean "w"?',
    ]);
    expect(await judge(text, { servers: { pet: 'http://x.test' } })).toEqual([
      'A server is given for the source "pet"; the sources are "pets". Did you mean "pets"?',
    ]);
    expect(await judge(text, { servers: { pets: 'x.test' } })).toEqual([
      'The server of the source "pets" is "x.test"; an http or https URL was expected.',
    ]);
  });

  it('refuses when no server is known', async () => {
    const files = { 'pets.yaml': 'openapi: 3.1.0\npaths: { /a: { get: { operationId: a } } }' };
    const document = await loadText(oneWorkflow('- { stepId: a, operationId: a }'), files);
    const message =
      'The source "pets" names no absolute http or https server for the step "a"; it has "/"; give one for this run.';
    expect(await plan(document)).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'missing-server', message }] });
    expect(await plan(document, { servers: { pets: 'http://x.test' } })).toMatchObject({ kind: 'planned' });
  });

  const two = `workflows:
  - { workflowId: good, dependsOn: [base], steps: [{ stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: $workflows.base.outputs.id }] }] }
  - { workflowId: base, steps: [{ stepId: b, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }], outputs: { id: $steps.b.outputs.id } }
  - { workflowId: bad, steps: [{ stepId: c, operationId: getPat }] }
`.replace('value: 1 }] }]', 'value: 1 }], outputs: { id: $response.body#/id } }]');

  it('orders dependencies first and does not mind faults of workflows that do not run', async () => {
    const result = await plan(await loadText(two), { workflowIds: ['good'] });
    expect(result).toMatchObject({ kind: 'planned', plan: { order: ['base', 'good'] } });
    expect((await plan(await loadText(two))).kind).toBe('refused');
  });

  it('minds references of operations that lead nowhere only where a workflow that runs calls them', async () => {
    const api = petsApi.replace("'200': { description: A pet. }", "'200': { $ref: '#/no' }");
    const reads = (workflowId: string, operation: string) =>
      `  - { workflowId: ${workflowId}, steps: [{ stepId: a, ${operation}, outputs: { o: $response.body } }] }\n`;
    const list = 'operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: t }]';
    const get = 'operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]';
    const unread = reads('unread', get).replace('$response.body', '$statusCode');
    const text = `workflows:\n${reads('sound', list)}${reads('broken', get)}${unread}`;
    const document = await loadText(text, { 'pets.yaml': api });
    expect(await plan(document, { workflowIds: ['unread'] })).toMatchObject({
      kind: 'planned',
      warnings: [{ code: 'unresolved-reference' }],
    });
    expect((await plan(document, { workflowIds: ['sound'] })).kind).toBe('planned');
    expect(await plan(document, { workflowIds: ['broken'] })).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'unresolved-reference', severity: 'error' }],
    });
  });

  it('refuses to read a workflow that does not run before', async () => {
    const messages = await judge(two.replace('dependsOn: [base], ', ''), { workflowIds: ['good'] });
    expect(messages).toEqual([
      'The expression "$workflows.base.outputs.id" reads the workflow "base", which does not run before; name it in "dependsOn" or run it first.',
    ]);
  });

  it('refuses lenient readings in strict mode', async () => {
    const result = await plan(await load(buildWebSocketApi), {
      inputs: { ...inputs, integrationType: 'MOCK' },
      strict: true,
    });
    expect(result).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'missing-braces', severity: 'error' }] });
  });
});
