import { describe, expect, it } from 'vitest';
import { loadDocument } from '../document/load.ts';
import { plan } from '../plan/make-plan.ts';
import type { RunEvent } from '../run/events.ts';
import { run } from '../run/run.ts';
import { instantClock } from '../testing/clock.ts';
import { buildWebSocketApi, loadText, oneWorkflow } from '../testing/documents.ts';
import { createMockTransport } from './mock.ts';
import { TransportError } from './transport.ts';

const api = (responses: string, rest = '') => `openapi: 3.1.0
info: { title: Jobs, version: '1' }
servers: [{ url: 'http://jobs.test' }]
paths:
  /jobs:
    get:
      operationId: getJob
      parameters: [{ name: q, in: query }]
      responses: ${responses}
${rest}`;

/** Runs one workflow of the steps with answers made up, and returns what happened. */
async function tryOut(responses: string, steps: string, rest = '', version = ''): Promise<readonly RunEvent[]> {
  const head = `${version}sourceDescriptions: [{ name: jobs, url: jobs.yaml }]\n`;
  const document = await loadText(head + oneWorkflow(steps), { 'jobs.yaml': api(responses, rest) });
  const planned = await plan(document);
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  return collect(run(planned.plan, { transport: createMockTransport(planned.plan), clock: instantClock() }));
}

async function collect(events: AsyncIterable<RunEvent>): Promise<readonly RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

function answers(events: readonly RunEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.kind === 'response' ? [[event.status, event.body]] : []));
}

const step = (rest: string) => `- { stepId: a, operationId: getJob, ${rest} }`;
const json = (schema: string, status = '200') =>
  `{ '${status}': { description: A, content: { application/json: { schema: ${schema} } } } }`;
const job = '{ type: object, properties: { id: { type: integer }, status: { enum: [pending, running, done] } } }';

describe('the mock transport', () => {
  it.each([
    'type: jsonpath, condition: $.user.id',
    "type: jsonpath, condition: '$.list[0]'",
    'type: { type: jsonpointer, version: rfc6901 }, condition: /user/id',
  ])('answers with what a criterion finds where it names one place: %s', async (criterion) => {
    const criteria = `successCriteria: [{ context: $response.body, ${criterion} }]`;
    const events = await tryOut(json('{ type: object }'), step(criteria));
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it.each([
    'condition: $response.body#/id == $request.query.q',
    `condition: "$request.query.q == $response.body#/id && $response.body#/note == 'for {$request.query.q}'"`,
    'context: $response.body, type: jsonpath, condition: "$.id == $request.query.q"',
    'context: $response.body, type: jsonpath, condition: "$.id == {$request.query.q}"',
    'condition: $response.body#/id != $request.query.q',
  ])('answers with what is compared with other values: %s', async (criterion) => {
    const events = await tryOut(
      json('{ type: object, properties: { id: { type: string }, note: { type: string } } }'),
      step(`parameters: [{ name: q, in: query, value: seven }], successCriteria: [{ ${criterion} }]`),
    );
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it.each([
    [json('{ type: object, properties: { token: { type: string }, left: { type: integer } } }'), "$.token == 'abc'"],
    [json('{ type: object, properties: { token: { type: string }, left: { type: integer } } }'), '$.left > 20'],
    ["{ '200': { description: Whatever. } }", '$.token != null'],
  ])('answers %s so that a comparison written as JSONPath holds: %s', async (responses, condition) => {
    const criterion = `{ context: $response.body, type: jsonpath, condition: ${JSON.stringify(condition)} }`;
    const events = await tryOut(responses, step(`successCriteria: [${criterion}]`));
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('runs the WebSocket workflow without a server', async () => {
    const loaded = await loadDocument(buildWebSocketApi);
    if (loaded.kind === 'refused') throw new Error('refused');
    const inputs = { name: 'chat', routeSelectionExpression: '$request.body.action', routeKey: '$connect' };
    const planned = await plan(loaded.document, {
      inputs: { ...inputs, integrationType: 'MOCK', integrationUri: 'http://b.test' },
    });
    if (planned.kind === 'refused') throw new Error('refused');
    const events = await collect(run(planned.plan, { transport: createMockTransport(planned.plan) }));
    expect(answers(events)).toMatchObject([
      [201, {}],
      [201, {}],
      [201, {}],
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'run-succeeded' });
  });

  it.each<[string, string, string, readonly unknown[]]>([
    ['samples the body from the schema', json(job), step(''), [200, { id: 1, status: 'pending' }]],
    [
      'takes an example of the whole body',
      "{ '200': { content: { application/json: { example: { id: 7 } } } } }",
      step(''),
      [200, { id: 7 }],
    ],
    [
      'prefers success',
      "{ '404': { description: No }, default: { description: Bad }, '202': { description: Ok } }",
      step(''),
      [202, undefined],
    ],
    [
      'answers with a status that the criteria accept',
      "{ '200': { description: A }, '404': { description: B } }",
      step('successCriteria: [{ condition: $statusCode == 404 }]'),
      [404, undefined],
    ],
    [
      'answers with a status in a declared range',
      '{ 2XX: { description: A } }',
      step('successCriteria: [{ condition: $statusCode == 202 }]'),
      [202, undefined],
    ],
    [
      'tries what a pattern accepts',
      "{ '200': { description: A }, '204': { description: B } }",
      step("successCriteria: [{ context: $statusCode, condition: '^204$', type: regex }]"),
      [204, undefined],
    ],
    [
      'gives members the values that criteria ask for',
      json(job),
      step("successCriteria: [{ condition: $response.body#/status == 'done' && $response.body#/id > 41 }]"),
      [200, { id: 42, status: 'done' }],
    ],
    [
      'tries listed values in turn',
      json(job),
      step("successCriteria: [{ condition: $response.body#/status != 'pending' }]"),
      [200, { id: 1, status: 'running' }],
    ],
    [
      'gives members that are read, declared or not',
      json(job),
      step('outputs: { b: $response.body#/items/1/name }'),
      [200, { id: 1, status: 'pending', items: [null, { name: 'name' }] }],
    ],
    [
      'gives a body that is read although none is declared',
      "{ '200': { description: A } }",
      step('outputs: { b: $response.body#/id }'),
      [200, { id: 'id' }],
    ],
    [
      'gives text as text',
      "{ '200': { description: A, content: { text/plain: { schema: { type: string } } } } }",
      step(''),
      [200, 'text'],
    ],
    [
      'gives XML as XML',
      "{ '200': { description: A, content: { application/xml: { schema: { properties: { a: { const: '<' } } } } } } }",
      step(''),
      [200, '<root><a>&#60;</a></root>'],
    ],
    [
      'gives XML by the names of its schema',
      "{ '200': { description: A, content: { application/xml: { schema: { xml: { name: job }, properties: { id: { const: 7, xml: { attribute: true } }, tag: { const: x, xml: { name: t } } } } } } } }",
      step(''),
      [200, '<?xml version="1.0" encoding="UTF-8"?><job id="7"><t>x</t></job>'],
    ],
    ['gives no body with 204', json(job, '204'), step('outputs: {}'), [204, undefined]],
  ])('%s', async (_, responses, steps, expected) => {
    expect(answers(await tryOut(responses, steps))).toEqual([expected]);
  });

  it('gives the headers that are declared or read', async () => {
    const headers = 'headers: { X-Left: { schema: { type: integer } }, Location: { schema: { type: string } } }';
    const events = await tryOut(
      `{ '201': { description: A, ${headers} } }`,
      step(
        "outputs: { to: $response.header.Location, at: $response.header.X-At }, successCriteria: [{ condition: $response.header.ETag == 'v1' }]",
      ),
    );
    expect(events.find(({ kind }) => kind === 'response')).toMatchObject({
      headers: { 'x-left': ['1'], location: ['location'], 'x-at': ['x-at'], etag: ['v1'] },
    });
  });

  it('gives texts that match the patterns of bodies and headers', async () => {
    const code = "{ type: string, pattern: '^[A-Z]{3}$' }";
    const content = `content: { application/json: { schema: { properties: { code: ${code} } } } }`;
    const events = await tryOut(`{ '200': { headers: { X-Code: { schema: ${code} } }, ${content} } }`, step(''));
    expect(events.find(({ kind }) => kind === 'response')).toMatchObject({
      headers: { 'x-code': ['AAA'] },
      body: { code: 'AAA' },
    });
    expect(events.some(({ kind }) => kind === 'warning')).toBe(false);
  });

  it.each([
    ["$response.body#/state == 'done'", { state: 'done' }],
    ["$response.body#/state != 'pending'", { state: 'running' }],
    ["$response.body#/state == 'lost'", undefined],
  ])('gives texts for criteria only where they match the pattern: %s', async (condition, body) => {
    const responses = json("{ properties: { state: { type: string, pattern: '^(pending|running|done)$' } } }");
    const events = await tryOut(responses, step(`successCriteria: [{ condition: "${condition}" }]`));
    expect(answers(events)).toEqual(body === undefined ? [] : [[200, body]]);
  });

  it('warns of a pattern that no text is found for, unless a criterion gives one', async () => {
    const twice = "{ type: string, pattern: '^(a|b)\\1$' }";
    const schema = `{ properties: { id: ${twice}, codes: { items: ${twice} } } }`;
    const headers = `headers: { X-Code: { schema: ${twice} } }`;
    const responses = `{ '200': { ${headers}, content: { application/json: { schema: ${schema} } } } }`;
    const events = await tryOut(responses, step("successCriteria: [{ condition: $response.body#/id == 'bb' }]"));
    expect(answers(events)).toEqual([[200, { id: 'bb', codes: ['codes'] }]]);
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? event.diagnostic : []));
    expect(warnings).toMatchObject([
      { code: 'unmet-pattern', severity: 'warning', pointer: '/workflows/0/steps/0' },
      { code: 'unmet-pattern' },
    ]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'In the answer that is made up for the step "a", $response.header.x-code is "x-code"; text that matches "^(a|b)\\\\1$" was expected, and not found: it refers back to a group.',
      'In the answer that is made up for the step "a", $response.body#/codes/0 is "codes"; text that matches "^(a|b)\\\\1$" was expected, and not found: it refers back to a group.',
    ]);
  });

  it('gives members that are read as the schemas of their names describe them', async () => {
    const label = '{ type: object, required: [id], properties: { id: { type: integer, minimum: 7 } } }';
    const schema = `{ properties: { labels: { type: object, patternProperties: { '^x-': ${label} } }, counts: { additionalProperties: { type: integer } }, list: { items: ${label} } } }`;
    const outputs =
      'a: $response.body#/labels/x-a/id, b: $response.body#/counts/b, c: $response.body#/list/1/id, d: $response.body#/labels/d/id';
    expect(answers(await tryOut(json(schema), step(`outputs: { ${outputs} }`)))).toEqual([
      [200, { labels: { 'x-a': { id: 7 }, d: { id: 'id' } }, counts: { b: 1 }, list: [{ id: 7 }, { id: 7 }] }],
    ]);
  });

  it.each([
    ['$response.body#/x-a == 9', { 'x-a': 9 }],
    ["$response.body#/x-a == 'nine'", undefined],
  ])(
    'gives members that criteria ask for only where the schemas of their names allow it: %s',
    async (condition, body) => {
      const responses = json("{ type: object, patternProperties: { '^x-': { type: integer } } }");
      const events = await tryOut(responses, step(`successCriteria: [{ condition: "${condition}" }]`));
      expect(answers(events)).toEqual(body === undefined ? [] : [[200, body]]);
    },
  );

  it('warns of a member that it finds no name for', async () => {
    const closed = "{ minProperties: 1, patternProperties: { '^(a|b)\\1$': {} }, additionalProperties: false }";
    const events = await tryOut(json(`{ properties: { codes: ${closed} } }`), step(''));
    expect(events.flatMap((event) => (event.kind === 'warning' ? event.diagnostic.message : []))).toEqual([
      'In the answer that is made up for the step "a", $response.body#/codes lacks a member; a name that matches "^(a|b)\\\\1$" was expected, and not found: it refers back to a group.',
    ]);
  });

  it('gives what later steps read through an output', async () => {
    const events = await tryOut(
      json('{ type: object }'),
      `- { stepId: a, operationId: getJob, outputs: { job: $response.body } }
- { stepId: b, operationId: getJob, parameters: [{ name: q, in: query, value: $steps.a.outputs.job#/owner/name }] }`,
    );
    expect(answers(events)[0]).toEqual([200, { owner: { name: 'name' } }]);
    expect(events.filter(({ kind }) => kind === 'request')).toMatchObject([
      {},
      { url: 'http://jobs.test/jobs?q=name' },
    ]);
  });

  it('gives what selectors read, where they name a place', async () => {
    const select = (context: string, selector: string, type: string) =>
      `{ context: ${context}, selector: '${selector}', type: ${type} }`;
    const outputs = [
      `job: ${select('$response.body', '$.job', 'jsonpath')}`,
      `tag: ${select('$response.body', '$.tags[1]', 'jsonpath')}`,
      `id: ${select('$response.body', '/a~1b', 'jsonpointer')}`,
      `all: ${select('$response.body', '$.list[*]', 'jsonpath')}`,
      `last: ${select('$response.body', '$.list[-1]', 'jsonpath')}`,
    ];
    const events = await tryOut(
      json('{ type: object }'),
      `- { stepId: a, operationId: getJob, outputs: { ${outputs.join(', ')} } }
- { stepId: b, operationId: getJob, parameters: [{ name: q, in: query, value: ${select('$steps.a.outputs.job', '$.owner.name', 'jsonpath')} }] }`,
      '',
      'arazzo: 1.1.0\n',
    );
    expect(answers(events)[0]).toEqual([200, { job: { owner: { name: 'name' } }, tags: [null, '1'], 'a/b': 'a/b' }]);
    expect(events.filter(({ kind }) => kind === 'request')).toMatchObject([
      {},
      { url: 'http://jobs.test/jobs?q=name' },
    ]);
  });

  it('lets polling come to an end', async () => {
    const again = "{ name: again, type: goto, stepId: a, criteria: [{ condition: $response.body#/status != 'done' }] }";
    const events = await tryOut(json(job), step(`onSuccess: [${again}]`));
    expect(answers(events).map((answer) => (answer as [number, { status: string }])[1].status)).toEqual([
      'pending',
      'running',
      'done',
    ]);
  });

  it('names the criterion that no declared answer meets', async () => {
    const events = await tryOut(
      "{ '200': { description: A }, '404': { description: B } }",
      step('successCriteria: [{ condition: $statusCode == 418 }]'),
    );
    expect(events.find(({ kind }) => kind === 'step-failed')).toMatchObject({
      reasons: [
        {
          code: 'not-mocked',
          message:
            'No answer that GET /jobs declares (200, 404) meets the criteria of the step "a". The criterion "$statusCode == 418" is not satisfied: $statusCode is 200, expected == 418.',
        },
      ],
    });
  });

  it.each([
    ["$response.body#/status == 'finished'", '$response.body#/status is "pending", expected == "finished".'],
    ["$response.body#/id == 'seven'", '$response.body#/id is 1, expected == "seven".'],
  ])(
    'gives no value that the schema rules out, nor an error without a body, and names the criterion: %s',
    async (condition, reason) => {
      const responses = json(job).replace(/ }$/, ", '404': { description: None } }");
      const events = await tryOut(responses, step(`successCriteria: [{ condition: "${condition}" }]`));
      const failed = events.find(({ kind }) => kind === 'step-failed');
      expect(failed).toMatchObject({ reasons: [{ message: expect.stringContaining(reason) }] });
    },
  );

  it('answers requests for tokens, and none after an interruption', async () => {
    const planned = await plan(
      await loadText(oneWorkflow('- { stepId: a, operationId: createPet, requestBody: { payload: { name: x } } }')),
    );
    if (planned.kind === 'refused') throw new Error('refused');
    const transport = createMockTransport(planned.plan);
    const request = {
      method: 'POST',
      url: 'http://auth.test/',
      headers: {},
      sourceName: '',
      workflowId: '',
      stepId: '',
    };
    const { body } = await transport.send(request, new AbortController().signal);
    expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({ access_token: 'mock' });
    await expect(transport.send(request, AbortSignal.abort())).rejects.toBeInstanceOf(TransportError);
  });
});
