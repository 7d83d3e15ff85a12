import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { plan } from '../plan/make-plan.ts';
import { instantClock } from '../testing/clock.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { run } from './run.ts';

const STEPS = 5000;

/** Each step uses an output of the one before, in text without braces. */
const steps = Array.from({ length: STEPS }, (_, index) => {
  const value = index === 0 ? 'p' : `p-$steps.s${index - 1}.outputs.id`;
  return `- { stepId: s${index}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${value} }], outputs: { id: $response.body#/id, all: $response.body } }`;
});

it('checks, plans and runs 5,000 steps, and keeps of each only what something reads', { timeout: 60_000 }, async () => {
  const document = await loadText(oneWorkflow(steps.join('\n'), `outputs: { last: $steps.s${STEPS - 1}.outputs.id }`));
  expect(new Set((await check(document)).map(({ code }) => code))).toEqual(new Set(['missing-braces']));
  const result = await plan(document);
  if (result.kind === 'refused') throw new Error('refused');
  let sent = 0;
  const transport = {
    async send() {
      sent += 1;
      const body = new TextEncoder().encode(JSON.stringify({ id: sent, padding: 'x'.repeat(1000) }));
      return { status: 200, headers: { 'content-type': ['application/json'] }, body };
    },
    close() {},
  };
  let last: unknown;
  for await (const event of run(result.plan, { transport, clock: instantClock() })) last = event;
  expect(last).toEqual({ kind: 'run-succeeded', outputs: { w: { last: STEPS } } });
  const kept = [...(result.plan.workflows.get('w')?.steps ?? [])].map((step) => [...step.kept].join());
  expect(new Set(kept)).toEqual(new Set(['id']));
});
