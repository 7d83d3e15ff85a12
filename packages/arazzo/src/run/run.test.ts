import { describe, expect, it } from 'vitest';
import { loadDocument } from '../document/load.ts';
import { buildWebSocketApi, loadText, oneWorkflow, shorten } from '../testing/documents.ts';
import { getPetStep, okAnswer, outlineEvents, runDocument } from '../testing/run-document.ts';
import type { Answer } from '../testing/server.ts';

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
    expect(outlineEvents(ran)).toEqual([
      'workflow-started build-websocket-api',
      ...['createApi', 'createIntegration', 'createRoute'].flatMap((id) => [
        `step-started ${id}`,
        `step-succeeded ${id}`,
      ]),
      'workflow-succeeded build-websocket-api',
      { kind: 'run-succeeded', outputs: { 'build-websocket-api': outputs } },
    ]);
    const place = { workflowId: 'build-websocket-api', stepId: 'createRoute' };
    const url = `${ran.url}/v2/apis/a%2F1/routes`;
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
        getPetStep('one') +
          getPetStep('two', ', successCriteria: [{ condition: $statusCode == 200 }]') +
          getPetStep('three'),
        'outputs: { first: $steps.one.outputs.id, last: $steps.three.outputs.id }',
      ),
    );
    const ran = await runDocument(document, ({ target }) =>
      target.endsWith('two') ? { status: 404, body: {} } : okAnswer,
    );
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
      await loadText(oneWorkflow(getPetStep('a').replace(', outputs: { id: $response.body#/id }', ''))),
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
    const { seen } = await runDocument(document, () => okAnswer, {
      inputs: { tenant: 'tést', limit: 0, session: 'a;b' },
    });
    expect(seen).toMatchObject([{ target: '/pets?limit=0', headers: { 'x-tenant': 'tést', cookie: 'session=a%3Bb' } }]);
  });

  it.each([
    ['a line break in a header', 'X-Tenant, in: header', 'a\r\nb', 'request-invalid'],
    ['a dotted path segment', 'petId, in: path', '..', 'request-invalid'],
    ['an empty path segment', 'petId, in: path', '', 'request-invalid'],
  ])('sends nothing for %s that an answer gives', async (_, parameter, value, code) => {
    const operation = parameter.startsWith('petId') ? 'getPet' : 'listPets';
    const step = `- { stepId: a, operationId: ${operation}, parameters: [{ name: ${parameter}, value: $steps.first.outputs.id }] }`;
    const document = await loadText(oneWorkflow(`${getPetStep('first')}${step}`));
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
    const document = await loadText(oneWorkflow(getPetStep('a', criteria)));
    const answer: Answer = { status: 200, body: '<html>', headers: { 'content-type': 'application/json' } };
    const { events } = await runDocument(document, () => answer);
    expect(events.flatMap((event) => (event.kind === 'warning' ? event.diagnostic.code : []))).toEqual([
      'false-content-type',
    ]);
    expect(events.find(({ kind }) => kind === 'step-failed')).toMatchObject({
      reasons: [{ code: 'criterion-failed' }],
    });
  });

  it('warns of an output of a workflow that finds nothing in what a step put out, not of one whose step was skipped', async () => {
    const step = (stepId: string, more: string) =>
      `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]${more} }\n`;
    const outputs = [
      'pointer: $steps.a.outputs.all#/name',
      'selector: { context: $steps.a.outputs.all, selector: $.name, type: jsonpath }',
      'absent: $steps.a.outputs.none#/name',
      'skipped: $steps.b.outputs.all#/name',
      'found: $steps.a.outputs.all#/id',
    ].join(', ');
    const all = ', outputs: { all: $response.body, none: $response.body#/none }';
    const steps = `${step('a', `${all}, onSuccess: [{ name: e, type: end }]`)}${step('b', all)}`;
    const document = await loadText(`arazzo: 1.1.0\n${oneWorkflow(steps, `outputs: { ${outputs} }`)}`);
    const { events } = await runDocument(document, () => ({ status: 200, body: { id: 7 } }));
    expect(events.flatMap((event) => (event.kind === 'warning' ? shorten(event.diagnostic) : []))).toEqual([
      'warning unknown-output /workflows/0/steps/0/outputs/none: The output "none" of the step "a" has no value: "$response.body#/none" found nothing.',
      'warning unknown-output /workflows/0/outputs/pointer: The output "pointer" of the workflow "w" has no value: "$steps.a.outputs.all#/name" found nothing.',
      expect.stringMatching(
        /^warning unknown-output \/workflows\/0\/outputs\/selector: The output "selector" of the workflow "w" has no value: .* found nothing\.$/,
      ),
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'run-succeeded', outputs: { w: { found: 7 } } });
  });

  it('warns of an output whose number may have been another', async () => {
    const answer: Answer = {
      status: 200,
      body: '{"id": {"a": [9007199254740993]}, "b": 1e300}',
      headers: { 'content-type': 'application/json' },
    };
    const { events } = await runDocument(await loadText(oneWorkflow(getPetStep('a'))), () => answer);
    expect(events.filter(({ kind }) => kind === 'warning')).toMatchObject([
      {
        diagnostic: {
          code: 'inexact-number',
          message:
            'The output "id" of the step "a" holds 9007199254740992 where the answer has 9007199254740993: whole numbers beyond 9007199254740991 cannot all be held exactly.',
          pointer: '/workflows/0/steps/0/outputs/id',
        },
      },
    ]);
    const exact = await runDocument(await loadText(oneWorkflow(getPetStep('a'))), () => ({
      status: 200,
      body: { id: [2 ** 53 - 1, 2 ** 53, '9007199254740993'] },
    }));
    expect(exact.events.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  it('warns of an output without value and does not send a path that needs it', async () => {
    const document = await loadText(
      oneWorkflow(getPetStep('a') + getPetStep('b').replace('value: b', 'value: $steps.a.outputs.id')),
    );
    const ran = await runDocument(document, () => ({ status: 200, body: {} }));
    expect(outlineEvents(ran)).toEqual([
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
