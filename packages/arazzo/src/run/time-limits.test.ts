import { expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { getPetStep, okAnswer, outlineEvents, runDocument } from '../testing/run-document.ts';
import { systemClock } from './clock.ts';

const document = (timeout: number, called: string, more = '') =>
  loadText(`arazzo: 1.1.0
workflows:
  - workflowId: outer
    steps:
      - { stepId: call, workflowId: inner, timeout: ${timeout}${more} }
      ${getPetStep('last')}
  - workflowId: inner
    steps:
      ${called}
`);

it('a step that calls a workflow is given up with all that the workflow does, and its actions follow', async () => {
  const goesOn = ', onFailure: [{ name: go, type: goto, stepId: last }]';
  const stubborn = getPetStep('stubborn', ', onFailure: [{ name: again, type: goto, stepId: stubborn }]');
  const ran = await runDocument(
    await document(30, stubborn, goesOn),
    ({ target }) => (target === '/pets/last' ? okAnswer : undefined),
    { workflowIds: ['outer'], clock: systemClock },
  );
  expect(outlineEvents(ran)).toEqual([
    'workflow-started outer',
    'step-started call',
    'workflow-started inner',
    'step-started stubborn',
    'step-failed stubborn',
    'workflow-failed inner',
    'step-failed call',
    'step-started last',
    'step-succeeded last',
    'workflow-succeeded outer',
    { kind: 'run-succeeded', outputs: { outer: {} } },
  ]);
  expect(ran.events.filter(({ kind }) => kind === 'step-failed')).toMatchObject([
    { reasons: [{ code: 'timed-out', message: expect.stringContaining('/pets/stubborn" did not answer within ') }] },
    { reasons: [{ code: 'timed-out', message: 'The workflow "inner" did not end within 30 ms.' }] },
  ]);
});

it('a retry in a called workflow waits no longer than the step that called it', async () => {
  let now = 0;
  const waits: number[] = [];
  const clock = {
    now: () => now,
    after(milliseconds: number, task: () => void) {
      // Requests are given a minute, and need none of it.
      if (milliseconds === 60_000) return () => {};
      waits.push(milliseconds);
      now += milliseconds;
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    },
  };
  const retried = getPetStep('retried', ', onFailure: [{ name: r, type: retry, retryAfter: 90, retryLimit: 5 }]');
  const { events, seen } = await runDocument(await document(61_000, retried), () => ({ status: 503 }), {
    workflowIds: ['outer'],
    clock,
  });
  expect([waits, seen.length]).toEqual([[61_000], 1]);
  expect(events.filter(({ kind }) => kind === 'step-failed')).toMatchObject([
    { reasons: [{ code: 'status-unsuccessful' }] },
    { reasons: [{ code: 'timed-out', message: 'The time of the step that called this workflow is over.' }] },
    { reasons: [{ code: 'timed-out', message: 'The workflow "inner" did not end within 61000 ms.' }] },
  ]);
});
