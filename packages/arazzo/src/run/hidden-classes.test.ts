import { expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { instantClock } from '../testing/clock.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { countHiddenClasses } from '../testing/hidden-classes.ts';
import type { HttpExchangeRequest } from '../transports/transport.ts';
import type { RunEvent } from './events.ts';
import { run } from './run.ts';

const STEPS = 200;
/** A step alone, while V8 does not know yet what comes, may have other classes. */
const FEW = 3;

const steps = Array.from({ length: STEPS }, (_, index) => {
  const body = `requestBody: { contentType: application/json, payload: { name: a, kind: cat } }`;
  const outputs = 'outputs: { id: $response.body#/id }';
  return `- { stepId: s${index}, operationId: createPet, ${body}, successCriteria: [{ condition: $statusCode == 201 }], ${outputs} }`;
});

it('makes objects of few hidden classes, which V8 gives to objects that begin with a copy each anew', async () => {
  const result = await plan(await loadText(oneWorkflow(steps.join('\n'))));
  if (result.kind === 'refused') throw new Error('refused');
  const requests: HttpExchangeRequest[] = [];
  const events: RunEvent[] = [];
  const transport = {
    async send(request: HttpExchangeRequest) {
      requests.push(request);
      const body = new TextEncoder().encode('{"id":"1"}');
      return { status: 201, headers: { 'content-type': ['application/json'] }, body };
    },
    close() {},
  };
  for await (const event of run(result.plan, { transport, clock: instantClock() })) events.push(event);
  const told = (kind: RunEvent['kind']) => events.filter((event) => event.kind === kind);
  const planned = result.plan.workflows.get('w')?.steps ?? [];
  const made = {
    steps: planned,
    calls: planned.map(({ call }) => call),
    requests,
    requestEvents: told('request'),
    responseEvents: told('response'),
    successes: told('step-succeeded'),
  };
  for (const [name, objects] of Object.entries(made)) {
    expect(objects, name).toHaveLength(STEPS);
    expect(countHiddenClasses(objects), name).toBeLessThanOrEqual(FEW);
  }
});
