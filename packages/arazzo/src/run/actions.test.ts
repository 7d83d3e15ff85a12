import { describe, expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { getPetStep, okAnswer, runDocument } from '../testing/run-document.ts';
import { type Answer, startServer } from '../testing/server.ts';
import type { RunEvent } from './events.ts';

describe('run, when a step fails', () => {
  const retry =
    ', onFailure: [{ name: again, type: retry, retryAfter: 2, retryLimit: 3, criteria: [{ condition: $statusCode == 503 }] }]';

  it('retries, waiting as the document or else the server asks', async () => {
    const answers: Answer[] = [{ status: 503 }, { status: 503, headers: { 'retry-after': '9' } }, okAnswer];
    const ran = await runDocument(await loadText(oneWorkflow(getPetStep('a', retry))), (_, index) => answers[index]);
    expect(ran.waits).toEqual([2000, 9000]);
    expect(ran.events.filter(({ kind }) => kind === 'step-retrying')).toEqual([
      { kind: 'step-retrying', workflowId: 'w', stepId: 'a', afterMilliseconds: 2000, attempt: 2 },
      { kind: 'step-retrying', workflowId: 'w', stepId: 'a', afterMilliseconds: 9000, attempt: 3 },
    ]);
    expect(ran.events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('gives up when the retries are exhausted, and does not retry what the criteria do not name', async () => {
    const document = await loadText(oneWorkflow(getPetStep('a', retry)));
    const exhausted = await runDocument(document, () => ({ status: 503 }));
    expect([exhausted.seen.length, exhausted.events.at(-1)?.kind]).toEqual([4, 'run-failed']);
    const other = await runDocument(document, () => ({ status: 400 }));
    expect(other.seen.length).toBe(1);
  });

  it('runs the step that a retry names first', async () => {
    const steps = getPetStep('login') + getPetStep('a', ', onFailure: [{ name: r, type: retry, stepId: login }]');
    const answers: Answer[] = [okAnswer, { status: 401 }, okAnswer, okAnswer];
    const { seen } = await runDocument(await loadText(oneWorkflow(steps)), (_, index) => answers[index]);
    expect(seen.map(({ target }) => target)).toEqual(['/pets/login', '/pets/a', '/pets/login', '/pets/a']);
  });

  it('runs the workflow that a retry names first, with the inputs it declares', async () => {
    const renew = getPetStep('renew').replace('value: renew', 'value: $inputs.id');
    const document = await loadText(
      `${oneWorkflow(getPetStep('a', ', onFailure: [{ name: r, type: retry, workflowId: v }]'))}  - { workflowId: v, inputs: { properties: { id: {} }, required: [id] }, steps: [${renew.trim().slice(2)}] }`,
    );
    const answers: Answer[] = [{ status: 401 }, okAnswer, okAnswer];
    const options = { workflowIds: ['w'], inputs: { id: 'token' } };
    const { seen } = await runDocument(document, (_, index) => answers[index], options);
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/token', '/pets/a']);
  });

  it.each([
    ['end', 'onSuccess: [{ name: e, type: end }]', okAnswer],
    ['a jump', 'onSuccess: [{ name: g, type: goto, stepId: never }]', okAnswer],
    ['a jump after a failure', 'onFailure: [{ name: g, type: goto, stepId: never }]', { status: 500 }],
    ['a retry', 'onFailure: [{ name: again, type: retry, retryLimit: 5 }]', { status: 500 }],
    ['nothing, after a failure', 'outputs: { o: $statusCode }', { status: 500 }],
  ])('does not follow the actions of a step that a retry runs first: %s', async (_case, actions, answer) => {
    const first = `- { stepId: first, operationId: getPet, parameters: [{ name: petId, in: path, value: first }], ${actions} }\n`;
    const steps =
      getPetStep(
        'a',
        ', onFailure: [{ name: r, type: retry, stepId: first }], onSuccess: [{ name: on, type: goto, stepId: last }]',
      ) +
      first +
      getPetStep('never') +
      getPetStep('last');
    let tries = 0;
    const { seen, events } = await runDocument(await loadText(oneWorkflow(steps)), ({ target }) => {
      if (target === '/pets/first') return answer;
      return target === '/pets/a' && ++tries === 1 ? { status: 503 } : okAnswer;
    });
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/first', '/pets/a', '/pets/last']);
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it.each([
    ['reaches its end', '', okAnswer, { kind: 'run-succeeded', outputs: { w: { b: 7 } } }],
    [
      'ends by an action',
      ', onSuccess: [{ name: e, type: end }]',
      okAnswer,
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
      const steps =
        getPetStep('a', ', onFailure: [{ name: g, type: goto, stepId: b }]') +
        getPetStep('skipped') +
        getPetStep('b', more);
      const outputs = 'outputs: { a: $steps.a.outputs.id, b: $steps.b.outputs.id }';
      const ran = await runDocument(await loadText(oneWorkflow(steps, outputs)), (_, index) =>
        index === 0 ? { status: 500 } : answer,
      );
      expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/b']);
      expect(ran.events.at(-1)).toMatchObject(last);
    },
  );

  it('says why the workflow that a retry names does not run', async () => {
    const parameters = 'parameters: [{ name: id, value: $response.body#/id }]';
    const retrying = getPetStep('a', `, onFailure: [{ name: r, type: retry, workflowId: v, ${parameters} }]`);
    const renew = getPetStep('renew').trim().slice(2);
    const document = await loadText(
      `${oneWorkflow(retrying)}  - { workflowId: v, inputs: { properties: { id: { type: integer } } }, steps: [${renew}] }`,
    );
    const answers: Answer[] = [{ status: 401, body: { id: 'x' } }, okAnswer];
    const { seen, events } = await runDocument(document, (_, index) => answers[index], { workflowIds: ['w'] });
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/a']);
    expect(events.filter(({ kind }) => kind === 'warning')).toMatchObject([
      {
        diagnostic: {
          code: 'invalid-input',
          message:
            'The workflow "v" does not run before the step "a" is tried again: The input "id" of the workflow "v" is "x" (string); the type integer was expected.',
          pointer: '/workflows/0/steps/0/onFailure/0',
        },
      },
    ]);
  });

  it('goes to the workflow that an action names, which can read the outputs of the one that is over', async () => {
    const jump = ', onSuccess: [{ name: on, type: goto, workflowId: v }]';
    const read = getPetStep('b').replace('value: b', "value: 'after-{$workflows.w.outputs.o}'");
    const document = await loadText(
      `${oneWorkflow(getPetStep('a', jump), 'outputs: { o: $steps.a.outputs.id }')}  - { workflowId: v, steps: [${read.trim().slice(2)}] }`,
    );
    const { seen } = await runDocument(document, () => okAnswer);
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/after-7']);
  });

  it('goes to the step that an action names, also one of the workflow', async () => {
    const document = await loadText(
      oneWorkflow(
        getPetStep('a') + getPetStep('b') + getPetStep('c'),
        'failureActions: [{ name: skip, type: goto, stepId: c }]',
      ),
    );
    const { seen, events } = await runDocument(document, (_, index) => (index === 0 ? { status: 500 } : okAnswer));
    expect(seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/c']);
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('bounds a document that loops', async () => {
    const document = await loadText(
      oneWorkflow(getPetStep('a', ', onSuccess: [{ name: loop, type: goto, stepId: a }]')),
    );
    const { seen, events } = await runDocument(document, () => okAnswer, { stepBudget: 5 });
    expect(seen.length).toBe(5);
    const message =
      'The run has tried 5 steps, retries included, which is as many as it may; the document seems to loop.';
    expect(events.at(-3)).toMatchObject({ kind: 'step-failed', reasons: [{ code: 'step-budget-exhausted', message }] });
  });

  it('ends early with the outputs there are', async () => {
    const document = await loadText(
      oneWorkflow(
        getPetStep('a', ', onSuccess: [{ name: done, type: end }]') + getPetStep('b'),
        'outputs: { a: $steps.a.outputs.id, b: $steps.b.outputs.id }',
      ),
    );
    const { events } = await runDocument(document, () => okAnswer);
    expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { a: 7 } } });
  });

  it('reports a server that cannot be reached as a failure of the step', async () => {
    const closed = await startServer(() => okAnswer);
    closed.close();
    const document = await loadText(oneWorkflow(getPetStep('a')));
    const { events } = await runDocument(document, () => okAnswer, { servers: { pets: closed.url } });
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [{ code: 'connection-refused', message: `"${closed.url}/pets/a" refused the connection.` }],
    });
  });

  it('reports a server that does not answer within the timeout of the step', async () => {
    const { events, url } = await runDocument(
      await loadText(oneWorkflow(getPetStep('a', ', timeout: 50'))),
      () => undefined,
    );
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [{ code: 'timed-out', message: `"${url}/pets/a" did not answer within 50 ms.` }],
    });
  });

  it('ends when it is interrupted, in the middle of a request', async () => {
    const controller = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'request') setImmediate(() => controller.abort());
    };
    const { events } = await runDocument(await loadText(oneWorkflow(getPetStep('a'))), () => undefined, {
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
