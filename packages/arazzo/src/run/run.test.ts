import { afterEach, describe, expect, it } from 'vitest';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { loadDocument } from '../document/load.ts';
import { type PlanOptions, plan } from '../plan/make-plan.ts';
import { instantClock } from '../testing/clock.ts';
import { buildWebSocketApi, loadText, oneWorkflow } from '../testing/documents.ts';
import { type Answer, type SeenRequest, startServer, type TestServer } from '../testing/server.ts';
import { createHttpTransport } from '../transports/http.ts';
import type { Transport } from '../transports/transport.ts';
import type { RunEvent } from './events.ts';
import { type RunOptions, run } from './run.ts';

let server: TestServer | undefined;
let transport: Transport | undefined;

afterEach(() => {
  transport?.close();
  server?.close();
});

interface Ran {
  readonly events: readonly RunEvent[];
  readonly seen: readonly SeenRequest[];
  readonly waits: readonly number[];
}

type Options = PlanOptions & Partial<RunOptions> & { readonly onEvent?: (event: RunEvent) => void };

/** Runs a document against a real server that answers by script. */
async function runDocument(
  document: ArazzoDocument,
  answer: (request: SeenRequest, index: number) => Answer,
  options: Options = {},
): Promise<Ran> {
  server = await startServer(answer);
  transport = createHttpTransport();
  const clock = instantClock();
  const sourceName = document.sources[0]?.name ?? '';
  const result = await plan(document, { servers: { [sourceName]: server.url }, ...options });
  if (result.kind === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join(' '));
  const events: RunEvent[] = [];
  for await (const event of run(result.plan, { transport, clock, ...options })) {
    events.push(event);
    options.onEvent?.(event);
  }
  return { events, seen: server.seen, waits: clock.waits };
}

/** Events as tests read them: what happened where, and the last one whole. */
function outline({ events }: Ran): readonly unknown[] {
  const lines = events.slice(1, -1).flatMap((event) => {
    if (event.kind === 'request' || event.kind === 'response') return [];
    return 'stepId' in event && event.kind !== 'workflow-failed'
      ? `${event.kind} ${event.stepId}`
      : `${event.kind} ${'workflowId' in event ? event.workflowId : ''}`.trim();
  });
  return [...lines, events.at(-1)];
}

const get = (stepId: string, more = '') =>
  `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${stepId} }], outputs: { id: $response.body#/id }${more} }\n`;

const ok: Answer = { status: 200, body: { id: 7 } };

describe('run', () => {
  it('builds a WebSocket API in three calls', async () => {
    const loaded = await loadDocument(buildWebSocketApi);
    if (loaded.kind === 'refused') throw new Error('refused');
    const inputs = {
      name: '$inputs.routeKey',
      routeSelectionExpression: '$request.body.action',
      integrationType: 'HTTP_PROXY',
      integrationUri: 'http://127.0.0.1:9000/{$inputs.name}',
      routeKey: '$connect',
    };
    const bodies = [{ ApiId: 'a/1', ApiEndpoint: 'ws://x' }, { IntegrationId: 'i1' }, { RouteId: 'r1' }];
    const ran = await runDocument(loaded.document, (_, index) => ({ status: 201, body: bodies[index] }), { inputs });
    expect(ran.seen.map(({ method, target, body }) => [method, target, JSON.parse(body)])).toEqual([
      [
        'POST',
        '/v2/apis',
        { Name: '$inputs.routeKey', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
      ],
      [
        'POST',
        '/v2/apis/a%2F1/integrations',
        { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9000/{$inputs.name}' },
      ],
      ['POST', '/v2/apis/a%2F1/routes', { RouteKey: '$connect', Target: 'integrations/i1' }],
    ]);
    expect(ran.seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', accept: '*/*' });
    const outputs = { apiId: 'a/1', apiEndpoint: 'ws://x', integrationId: 'i1', routeId: 'r1' };
    expect(outline(ran)).toEqual([
      'workflow-started build-websocket-api',
      ...['createApi', 'createIntegration', 'createRoute'].flatMap((id) => [
        `step-started ${id}`,
        `step-succeeded ${id}`,
      ]),
      'workflow-succeeded build-websocket-api',
      { kind: 'run-succeeded', outputs: { 'build-websocket-api': outputs } },
    ]);
    const place = { workflowId: 'build-websocket-api', stepId: 'createRoute' };
    const url = `${server?.url}/v2/apis/a%2F1/routes`;
    expect(ran.events.slice(-6, -2)).toEqual([
      { kind: 'step-started', ...place, attempt: 1 },
      {
        kind: 'request',
        ...place,
        method: 'POST',
        url,
        headers: { accept: '*/*', 'content-type': 'application/json' },
        body: { RouteKey: '$connect', Target: 'integrations/i1' },
      },
      {
        kind: 'response',
        ...place,
        method: 'POST',
        url,
        path: '/v2/apis/a%2F1/routes',
        status: 201,
        headers: expect.objectContaining({ 'content-type': ['application/json'] }),
        body: { RouteId: 'r1' },
        milliseconds: 0,
      },
      { kind: 'step-succeeded', ...place, outputs: { routeId: 'r1' }, milliseconds: 0 },
    ]);
  });

  it('stops at a step whose criterion is not satisfied, with the outputs so far', async () => {
    const document = await loadText(
      oneWorkflow(
        get('one') + get('two', ', successCriteria: [{ condition: $statusCode == 200 }]') + get('three'),
        'outputs: { first: $steps.one.outputs.id, last: $steps.three.outputs.id }',
      ),
    );
    const ran = await runDocument(document, ({ target }) => (target.endsWith('two') ? { status: 404, body: {} } : ok));
    expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/one', '/pets/two']);
    const message = 'The criterion "$statusCode == 200" is not satisfied: $statusCode is 404, expected == 200.';
    expect(ran.events.slice(-3)).toEqual([
      {
        kind: 'step-failed',
        workflowId: 'w',
        stepId: 'two',
        reasons: [{ code: 'criterion-failed', message, expected: 200, actual: 404 }],
        milliseconds: 0,
      },
      { kind: 'workflow-failed', workflowId: 'w', stepId: 'two', outputs: { first: 7 } },
      { kind: 'run-failed', reason: `The step "two" of the workflow "w" failed: ${message}` },
    ]);
  });

  it.each([
    [204, 'run-succeeded'],
    [304, 'run-succeeded'],
    [400, 'run-failed'],
    [500, 'run-failed'],
  ])('judges the status %d without success criteria: %s', async (status, kind) => {
    const { events } = await runDocument(
      await loadText(oneWorkflow(get('a').replace(', outputs: { id: $response.body#/id }', ''))),
      () => ({ status }),
    );
    expect(events.at(-1)?.kind).toBe(kind);
  });

  it('sends optional values only when they are given, each in its place', async () => {
    const document = await loadText(
      oneWorkflow(
        `- stepId: a
  operationId: listPets
  parameters:
    - { name: X-Tenant, in: header, value: $inputs.tenant }
    - { name: limit, in: query, value: $inputs.limit }
    - { name: status, in: query, value: $inputs.status }
    - { name: session, in: cookie, value: $inputs.session }`,
        'inputs: { type: object, properties: { tenant: { type: string }, limit: { type: integer }, status: {}, session: {} } }',
      ),
    );
    const { seen } = await runDocument(document, () => ok, { inputs: { tenant: 'tést', limit: 0, session: 'a;b' } });
    expect(seen).toMatchObject([{ target: '/pets?limit=0', headers: { 'x-tenant': 'tést', cookie: 'session=a%3Bb' } }]);
  });

  it.each([
    ['a line break in a header', 'X-Tenant, in: header', 'a\r\nb', 'request-invalid'],
    ['a dotted path segment', 'petId, in: path', '..', 'request-invalid'],
    ['an empty path segment', 'petId, in: path', '', 'request-invalid'],
  ])('sends nothing for %s that an answer gives', async (_, parameter, value, code) => {
    const operation = parameter.startsWith('petId') ? 'getPet' : 'listPets';
    const step = `- { stepId: a, operationId: ${operation}, parameters: [{ name: ${parameter}, value: $steps.first.outputs.id }] }`;
    const document = await loadText(oneWorkflow(`${get('first')}${step}`));
    const { seen, events } = await runDocument(document, () => ({ status: 200, body: { id: value } }));
    expect(seen).toHaveLength(1);
    expect(events.at(-3)).toMatchObject({ kind: 'step-failed', reasons: [{ code }] });
  });

  it.each([
    ['read by nothing', '', ['false-content-type']],
    ['read by an output', ', outputs: { id: $response.body#/id }', ['false-content-type', 'unknown-output']],
  ])('warns of a response that is no JSON but says so, and is %s', async (_, outputs, codes) => {
    const step = `- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]${outputs} }`;
    const answer: Answer = { status: 200, body: '{"id": 7', headers: { 'content-type': 'application/json' } };
    const { events } = await runDocument(await loadText(oneWorkflow(step)), () => answer);
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? event.diagnostic : []));
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    expect(warnings[0]?.message).toBe(
      'The response to the step "a" is no JSON, which its content type says; it is read as text, in which no pointer finds anything.',
    );
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('fails a criterion on a response that is no JSON but says so, with the reason told before', async () => {
    const criteria = ', successCriteria: [{ condition: $response.body#/id == 7 }]';
    const document = await loadText(oneWorkflow(get('a', criteria)));
    const answer: Answer = { status: 200, body: '<html>', headers: { 'content-type': 'application/json' } };
    const { events } = await runDocument(document, () => answer);
    expect(events.flatMap((event) => (event.kind === 'warning' ? event.diagnostic.code : []))).toEqual([
      'false-content-type',
    ]);
    expect(events.find(({ kind }) => kind === 'step-failed')).toMatchObject({
      reasons: [{ code: 'criterion-failed' }],
    });
  });

  it('warns of an output whose number may have been another', async () => {
    const answer: Answer = {
      status: 200,
      body: '{"id": {"a": [9007199254740993]}, "b": 1e300}',
      headers: { 'content-type': 'application/json' },
    };
    const { events } = await runDocument(await loadText(oneWorkflow(get('a'))), () => answer);
    expect(events.filter(({ kind }) => kind === 'warning')).toMatchObject([
      {
        diagnostic: {
          code: 'inexact-number',
          message: expect.stringContaining('The output "id" of the step "a" holds the number 9007199254740992, which'),
          pointer: '/workflows/0/steps/0/outputs/id',
        },
      },
    ]);
    server?.close();
    const exact = await runDocument(await loadText(oneWorkflow(get('a'))), () => ({
      status: 200,
      body: { id: 2 ** 53 - 1 },
    }));
    expect(exact.events.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  it('warns of an output without value and does not send a path that needs it', async () => {
    const document = await loadText(oneWorkflow(get('a') + get('b').replace('value: b', 'value: $steps.a.outputs.id')));
    const ran = await runDocument(document, () => ({ status: 200, body: {} }));
    expect(outline(ran)).toEqual([
      'workflow-started w',
      'step-started a',
      'warning',
      'step-succeeded a',
      'step-started b',
      'step-failed b',
      'workflow-failed w',
      {
        kind: 'run-failed',
        reason: 'The step "b" of the workflow "w" failed: The path parameter "petId" of "/pets/{petId}" has no value.',
      },
    ]);
  });
});

describe('run, when a step fails', () => {
  const retry =
    ', onFailure: [{ name: again, type: retry, retryAfter: 2, retryLimit: 3, criteria: [{ condition: $statusCode == 503 }] }]';

  it('retries, waiting as the document or else the server asks', async () => {
    const answers: Answer[] = [{ status: 503 }, { status: 503, headers: { 'retry-after': '9' } }, ok];
    const ran = await runDocument(await loadText(oneWorkflow(get('a', retry))), (_, index) => answers[index]);
    expect(ran.waits).toEqual([2000, 9000]);
    expect(ran.events.filter(({ kind }) => kind === 'step-retrying')).toEqual([
      { kind: 'step-retrying', workflowId: 'w', stepId: 'a', afterMilliseconds: 2000, attempt: 2 },
      { kind: 'step-retrying', workflowId: 'w', stepId: 'a', afterMilliseconds: 9000, attempt: 3 },
    ]);
    expect(ran.events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('gives up when the retries are exhausted, and does not retry what the criteria do not name', async () => {
    const document = await loadText(oneWorkflow(get('a', retry)));
    const exhausted = await runDocument(document, () => ({ status: 503 }));
    expect([exhausted.seen.length, exhausted.events.at(-1)?.kind]).toEqual([4, 'run-failed']);
    server?.close();
    const other = await runDocument(document, () => ({ status: 400 }));
    expect(other.seen.length).toBe(1);
  });

  it('runs the step that a retry names first', async () => {
    const steps = get('login') + get('a', ', onFailure: [{ name: r, type: retry, stepId: login }]');
    const answers: Answer[] = [ok, { status: 401 }, ok, ok];
    const { seen } = await runDocument(await loadText(oneWorkflow(steps)), (_, index) => answers[index]);
    expect(seen.map(({ target }) => target)).toEqual(['/pets/login', '/pets/a', '/pets/login', '/pets/a']);
  });

  it('runs the workflow that a retry names first, with the inputs it declares', async () => {
    const renew = get('renew').replace('value: renew', 'value: $inputs.id');
    const document = await loadText(
      `${oneWorkflow(get('a', ', onFailure: [{ name: r, type: retry, workflowId: v }]'))}  - { workflowId: v, inputs: { properties: { id: {} }, required: [id] }, steps: [${renew.trim().slice(2)}] }`,
    );
    const answers: Answer[] = [{ status: 401 }, ok, ok];
    const options = { workflowIds: ['w'], inputs: { id: 'token' } };
    const { seen } = await runDocument(document, (_, index) => answers[index], options);
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/token', '/pets/a']);
  });

  it.each([
    ['end', 'onSuccess: [{ name: e, type: end }]', ok],
    ['a jump', 'onSuccess: [{ name: g, type: goto, stepId: never }]', ok],
    ['a jump after a failure', 'onFailure: [{ name: g, type: goto, stepId: never }]', { status: 500 }],
    ['a retry', 'onFailure: [{ name: again, type: retry, retryLimit: 5 }]', { status: 500 }],
    ['nothing, after a failure', 'outputs: { o: $statusCode }', { status: 500 }],
  ])('does not follow the actions of a step that a retry runs first: %s', async (_case, actions, answer) => {
    const first = `- { stepId: first, operationId: getPet, parameters: [{ name: petId, in: path, value: first }], ${actions} }\n`;
    const steps =
      get(
        'a',
        ', onFailure: [{ name: r, type: retry, stepId: first }], onSuccess: [{ name: on, type: goto, stepId: last }]',
      ) +
      first +
      get('never') +
      get('last');
    let tries = 0;
    const { seen, events } = await runDocument(await loadText(oneWorkflow(steps)), ({ target }) => {
      if (target === '/pets/first') return answer;
      return target === '/pets/a' && ++tries === 1 ? { status: 503 } : ok;
    });
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/first', '/pets/a', '/pets/last']);
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it.each([
    ['reaches its end', '', ok, { kind: 'run-succeeded', outputs: { w: { b: 7 } } }],
    [
      'ends by an action',
      ', onSuccess: [{ name: e, type: end }]',
      ok,
      { kind: 'run-succeeded', outputs: { w: { b: 7 } } },
    ],
    ['fails again', '', { status: 500 }, { kind: 'run-failed' }],
    [
      'ends by an action of a failure',
      ', onFailure: [{ name: e, type: end }]',
      { status: 500 },
      { kind: 'run-failed' },
    ],
  ])(
    'that a failure action led on has succeeded or failed by what follows: it %s',
    async (_case, more, answer, last) => {
      const steps = get('a', ', onFailure: [{ name: g, type: goto, stepId: b }]') + get('skipped') + get('b', more);
      const outputs = 'outputs: { a: $steps.a.outputs.id, b: $steps.b.outputs.id }';
      const ran = await runDocument(await loadText(oneWorkflow(steps, outputs)), (_, index) =>
        index === 0 ? { status: 500 } : answer,
      );
      expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/b']);
      expect(ran.events.at(-1)).toMatchObject(last);
    },
  );

  it('goes to the step that an action names, also one of the workflow', async () => {
    const document = await loadText(
      oneWorkflow(get('a') + get('b') + get('c'), 'failureActions: [{ name: skip, type: goto, stepId: c }]'),
    );
    const { seen, events } = await runDocument(document, (_, index) => (index === 0 ? { status: 500 } : ok));
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/c']);
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('bounds a document that loops', async () => {
    const document = await loadText(oneWorkflow(get('a', ', onSuccess: [{ name: loop, type: goto, stepId: a }]')));
    const { seen, events } = await runDocument(document, () => ok, { stepBudget: 5 });
    expect(seen.length).toBe(5);
    const message =
      'The run has tried 5 steps, retries included, which is as many as it may; the document seems to loop.';
    expect(events.at(-3)).toMatchObject({ kind: 'step-failed', reasons: [{ code: 'step-budget-exhausted', message }] });
  });

  it('ends early with the outputs there are', async () => {
    const document = await loadText(
      oneWorkflow(
        get('a', ', onSuccess: [{ name: done, type: end }]') + get('b'),
        'outputs: { a: $steps.a.outputs.id, b: $steps.b.outputs.id }',
      ),
    );
    const { events } = await runDocument(document, () => ok);
    expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { a: 7 } } });
  });

  it('reports a server that cannot be reached as a failure of the step', async () => {
    const closed = await startServer(() => ok);
    closed.close();
    const document = await loadText(oneWorkflow(get('a')));
    const { events } = await runDocument(document, () => ok, { servers: { pets: closed.url } });
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [{ code: 'connection-refused', message: `"${closed.url}/pets/a" refused the connection.` }],
    });
  });

  it('reports a server that does not answer within the timeout of the step', async () => {
    const { events } = await runDocument(await loadText(oneWorkflow(get('a', ', timeout: 50'))), () => undefined);
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [{ code: 'timed-out', message: `"${server?.url}/pets/a" did not answer within 50 ms.` }],
    });
  });

  it('ends when it is interrupted, in the middle of a request', async () => {
    const controller = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'request') setImmediate(() => controller.abort());
    };
    const { events } = await runDocument(await loadText(oneWorkflow(get('a'))), () => undefined, {
      signal: controller.signal,
      onEvent,
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      'run-started',
      'workflow-started',
      'step-started',
      'request',
      'run-interrupted',
    ]);
  });
});

describe('run, with several workflows', () => {
  const pet =
    'operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }], outputs: { id: $response.body#/id }';
  const inner = `  - workflowId: inner
    inputs: { type: object, required: [id], properties: { id: { type: integer } } }
    steps: [{ stepId: s, ${pet} }]
    outputs: { found: $steps.s.outputs.id }\n`;

  it('runs those depended on first, once each, and hands on their outputs', async () => {
    const document = await loadText(`workflows:
  - { workflowId: last, dependsOn: [one, two], steps: [{ stepId: s, operationId: getPet, parameters: [{ name: petId, in: path, value: '{$workflows.base.outputs.id}-{$workflows.one.outputs.id}' }] }] }
  - { workflowId: one, dependsOn: [base], steps: [{ stepId: s, ${pet.replace('$inputs.id', 'one')} }], outputs: { id: $steps.s.outputs.id } }
  - { workflowId: two, dependsOn: [base], steps: [{ stepId: s, ${pet.replace('$inputs.id', 'two')} }] }
  - { workflowId: base, steps: [{ stepId: s, ${pet.replace('$inputs.id', 'base')} }], outputs: { id: $steps.s.outputs.id } }
`);
    const { seen } = await runDocument(document, (_, index) => ({ status: 200, body: { id: index } }), {
      workflowIds: ['last'],
    });
    expect(seen.map(({ target }) => target)).toEqual(['/pets/base', '/pets/one', '/pets/two', '/pets/0-1']);
  });

  it('calls a workflow as a step', async () => {
    const outer = `  - workflowId: outer
    steps: [{ stepId: call, workflowId: inner, parameters: [{ name: id, value: 3 }], successCriteria: [{ condition: $outputs.found == 7 }], outputs: { got: $outputs.found } }]
    outputs: { got: $steps.call.outputs.got }\n`;
    const ran = await runDocument(await loadText(`workflows:\n${outer}${inner}`), () => ok, { workflowIds: ['outer'] });
    expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/3']);
    expect(outline(ran)).toEqual([
      'workflow-started outer',
      'step-started call',
      'workflow-started inner',
      'step-started s',
      'step-succeeded s',
      'workflow-succeeded inner',
      'step-succeeded call',
      'workflow-succeeded outer',
      { kind: 'run-succeeded', outputs: { outer: { got: 7 } } },
    ]);
  });

  it('validates the inputs of a called workflow before it starts', async () => {
    const call = '{ stepId: call, workflowId: inner, parameters: [{ name: id, value: $steps.a.outputs.id }] }';
    const outer = `  - workflowId: outer\n    steps:\n      ${get('a')}      - ${call}\n`;
    const answer: Answer = { status: 200, body: { id: 'x' } };
    const { seen, events } = await runDocument(await loadText(`workflows:\n${outer}${inner}`), () => answer, {
      workflowIds: ['outer'],
    });
    expect(seen).toHaveLength(1);
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [
        {
          code: 'input-invalid',
          message: 'The input "id" of the workflow "inner" is "x" (string); the type integer was expected.',
        },
      ],
    });
  });

  it('bounds workflows that call themselves', async () => {
    const document = await loadText('workflows: [{ workflowId: w, steps: [{ stepId: s, workflowId: w }] }]');
    const { events } = await runDocument(document, () => ok);
    expect(events.filter(({ kind }) => kind === 'step-failed')[0]).toMatchObject({
      reasons: [{ code: 'nested-too-deep' }],
    });
  });

  it('jumps to a workflow for good, with the inputs that it declares', async () => {
    const first = `  - { workflowId: first, steps: [{ stepId: s, operationId: getPet, parameters: [{ name: petId, in: path, value: a }], onSuccess: [{ name: j, type: goto, workflowId: inner }] }, { stepId: never, operationId: getPet, parameters: [{ name: petId, in: path, value: b }] }] }\n`;
    const ran = await runDocument(await loadText(`workflows:\n${first}${inner}`), () => ok, {
      workflowIds: ['first'],
      inputs: { id: 5 },
    });
    expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/5']);
    expect(ran.events.at(-1)?.kind).toBe('run-succeeded');
  });
});
