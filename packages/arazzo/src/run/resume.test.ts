import { afterEach, describe, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { instantClock } from '../testing/clock.ts';
import { loadText } from '../testing/documents.ts';
import { type Answer, startServer, type TestServer } from '../testing/server.ts';
import { createHttpTransport } from '../transports/http.ts';
import type { RunEvent } from './events.ts';
import { run } from './run.ts';
import { type RunState, whyNotResumable } from './run-state.ts';
import { RunTracker } from './run-tracker.ts';

/** Has calls, jumps, loops, retries that run other things first, and workflows that depend on others. */
const text = `workflows:
  - workflowId: first
    steps:
      - { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: a }], outputs: { id: $response.body#/id, none: $response.body#/none } }
      - { stepId: call, workflowId: inner, parameters: [{ name: of, value: $steps.a.outputs.id }], outputs: { seen: $outputs.seen } }
      - stepId: again
        operationId: getPet
        parameters: [{ name: petId, in: path, value: 'again-{$steps.call.outputs.seen}' }]
        outputs: { id: $response.body#/id }
    outputs: { id: $steps.again.outputs.id }
  - workflowId: second
    dependsOn: [first]
    steps:
      - stepId: b
        operationId: getPet
        parameters: [{ name: petId, in: path, value: '{$workflows.first.outputs.id}-b' }]
      - stepId: jump
        operationId: getPet
        parameters: [{ name: petId, in: path, value: jump }]
        onSuccess: [{ name: on, type: goto, workflowId: third }]
  - workflowId: third
    steps:
      - { stepId: c, operationId: getPet, parameters: [{ name: petId, in: path, value: c }], outputs: { id: $response.body#/id } }
      - { stepId: d, operationId: getPet, parameters: [{ name: petId, in: path, value: '{$steps.c.outputs.id}-d' }], outputs: { id: $response.body#/id } }
    outputs: { id: $steps.d.outputs.id }
  - workflowId: inner
    inputs: { type: object, properties: { of: {} } }
    steps:
      - { stepId: e, operationId: getPet, parameters: [{ name: petId, in: path, value: 'e-{$inputs.of}' }], outputs: { id: $response.body#/id } }
      - { stepId: f, operationId: getPet, parameters: [{ name: petId, in: path, value: 'f-{$steps.e.outputs.id}' }], outputs: { id: $response.body#/id } }
    outputs: { seen: $steps.f.outputs.id }
`;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const ok = (target: string): Answer => ({ status: 200, body: { id: `${target.split('/').at(-1)}.` } });

async function serve(answer: (target: string, index: number) => Answer): Promise<TestServer> {
  const server = await startServer(({ target }, index) => answer(target, index));
  closing.push(() => server.close());
  return server;
}

async function planFor(server: TestServer, workflows = text): Promise<Plan> {
  const workflowIds = workflows === text ? ['first', 'second'] : undefined;
  const options = { servers: { pets: server.url }, ...(workflowIds && { workflowIds }) };
  const planned = await plan(await loadText(workflows), options);
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  return planned.plan;
}

async function follow(
  tracker: RunTracker,
  planned: Plan,
  resumeFrom?: RunState,
  signal?: AbortSignal,
): Promise<RunEvent> {
  const transport = createHttpTransport();
  closing.push(() => transport.close());
  let last: RunEvent | undefined;
  const options = { transport, clock: instantClock(), ...(resumeFrom && { resumeFrom }), ...(signal && { signal }) };
  for await (const event of run(planned, options)) {
    tracker.observe(event);
    last = event;
  }
  if (last === undefined) throw new Error('Nothing happened.');
  return last;
}

const targets = (server: TestServer) => server.seen.map(({ target }) => target.split('/').at(-1));

const whole = ['a', 'e-a.', 'f-e-a..', 'again-f-e-a...', 'again-f-e-a....-b', 'jump', 'c', 'c.-d'];

/** JSON is what journals keep. */
const kept = (state: RunState): RunState => JSON.parse(JSON.stringify(state));

describe('a run that goes on from another', () => {
  it('needs eight requests when nothing fails', async () => {
    const server = await serve(ok);
    expect((await follow(new RunTracker(), await planFor(server))).kind).toBe('run-succeeded');
    expect(targets(server)).toEqual(whole);
  });

  it.each(whole.map((_, index) => index))(
    'sends only the request that failed again, whichever it is: %i',
    async (failing) => {
      const server = await serve((target, index) => (index === failing ? { status: 500 } : ok(target)));
      const planned = await planFor(server);
      const tracker = new RunTracker();
      expect((await follow(tracker, planned)).kind).toBe('run-failed');
      const { state, unknown } = tracker;
      expect([whyNotResumable(planned, state), unknown]).toEqual([undefined, undefined]);
      const last = await follow(tracker, planned, kept(state));
      expect(last).toEqual({ kind: 'run-succeeded', outputs: expect.anything() });
      expect(targets(server)).toEqual(whole.toSpliced(failing, 0, whole[failing] ?? ''));
      expect(tracker.progress).toBe('succeeded');
    },
  );

  it('goes on several times', async () => {
    let count = 0;
    const server = await serve((target) => {
      count += 1;
      return count % 2 === 1 ? { status: 500 } : ok(target);
    });
    const planned = await planFor(server);
    const tracker = new RunTracker();
    let last = await follow(tracker, planned);
    for (let attempt = 0; attempt < 20 && last.kind === 'run-failed'; attempt += 1) {
      last = await follow(tracker, planned, kept(tracker.state));
    }
    expect(last.kind).toBe('run-succeeded');
    expect(targets(server)).toEqual(whole.flatMap((target) => [target, target]));
  });

  it.each(whole.map((_, index) => index))('knows which request was not answered: %i', async (stalling) => {
    const controller = new AbortController();
    const server = await serve((target, index) => {
      if (index !== stalling) return ok(target);
      controller.abort();
      return undefined;
    });
    const planned = await planFor(server);
    const tracker = new RunTracker();
    expect((await follow(tracker, planned, undefined, controller.signal)).kind).toBe('run-interrupted');
    expect(tracker.unknown).toEqual({
      workflowId: ['first', 'inner', 'inner', 'first', 'second', 'second', 'third', 'third'][stalling],
      stepId: ['a', 'e', 'f', 'again', 'b', 'jump', 'c', 'd'][stalling],
    });
    expect((await follow(tracker, planned, kept(tracker.state))).kind).toBe('run-succeeded');
    expect(targets(server)).toEqual(whole.toSpliced(stalling, 0, whole[stalling] ?? ''));
  });

  it.each([
    ['a refused connection', ({ url }: TestServer) => url],
    ['a server without TLS', ({ url }: TestServer) => url.replace('http:', 'https:')],
  ])('does not take %s for a request that may have taken effect', async (_case, place) => {
    const server = await serve(ok);
    const planned = await planFor({ ...server, url: place(server) });
    if (place(server) === server.url) server.close();
    const tracker = new RunTracker();
    expect((await follow(tracker, planned)).kind).toBe('run-failed');
    expect(tracker.unknown).toBeUndefined();
  });

  it('goes on at the step that was being retried, not at what prepares it', async () => {
    const step = (stepId: string, rest = '') =>
      `{ stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${stepId} }]${rest} }`;
    const retry = ', onFailure: [{ name: again, type: retry, stepId: login, retryLimit: 1 }]';
    const workflows = `workflows: [{ workflowId: w, steps: [${step('login')}, ${step('a')}, ${step('b', retry)}, ${step('c')}] }]\n`;
    const controller = new AbortController();
    const server = await serve((target, index) => {
      if (index === 2) return { status: 401 };
      if (index !== 3) return ok(target);
      controller.abort();
      return undefined;
    });
    const planned = await planFor(server, workflows);
    const tracker = new RunTracker();
    await follow(tracker, planned, undefined, controller.signal);
    expect(tracker.unknown).toEqual({ workflowId: 'w', stepId: 'login' });
    expect((await follow(tracker, planned, kept(tracker.state))).kind).toBe('run-succeeded');
    expect(targets(server)).toEqual(['login', 'a', 'b', 'login', 'b', 'c']);
  });

  it('is refused when the document no longer fits, or when it is not known what was to follow', async () => {
    const server = await serve(ok);
    const planned = await planFor(server);
    const frame = { workflowId: 'second', parameters: {}, steps: {}, isDone: true };
    const state = (more: object): RunState => ({
      ...{ workflowIds: ['first', 'second'], done: 1, finished: {}, completed: {}, frames: [] },
      ...more,
    });
    expect([
      whyNotResumable(planned, state({})),
      whyNotResumable(planned, state({ workflowIds: ['first'] })),
      whyNotResumable(planned, state({ frames: [{ ...frame, workflowId: 'gone' }] })),
      whyNotResumable(planned, state({ frames: [{ ...frame, stepId: 'gone' }] })),
      whyNotResumable(planned, state({ frames: [{ ...frame, steps: { was: {} }, stepId: 'b' }] })),
      whyNotResumable(planned, state({ frames: [{ ...frame, stepId: 'b' }] })),
      whyNotResumable(planned, state({ frames: [{ ...frame, stepId: 'jump' }] })),
    ]).toEqual([
      undefined,
      'The run was of the workflows first, not of first, second.',
      'The document no longer has the workflow "gone".',
      'The document no longer has the step "gone" of the workflow "second".',
      'The document no longer has the step "was" of the workflow "second".',
      undefined,
      'The run ended after the step "jump" of the workflow "second", and which of its actions was to follow is not known.',
    ]);
  });
});
