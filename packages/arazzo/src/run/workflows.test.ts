import { afterEach, describe, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { instantClock } from '../testing/clock.ts';
import { loadText, oneWorkflow, petsApi } from '../testing/documents.ts';
import { type Answer, type SeenRequest, startServer, type TestServer } from '../testing/server.ts';
import { createHttpTransport } from '../transports/http.ts';
import type { RunEvent } from './events.ts';
import { run } from './run.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

interface Ran {
  readonly targets: readonly string[];
  readonly events: readonly RunEvent[];
}

/** Runs the workflow `w` of a document among others, all calling one server. */
async function runText(
  text: string,
  files: Readonly<Record<string, string>>,
  answer: (request: SeenRequest) => Answer = ({ target }) => ({ status: 200, body: { id: target } }),
  onSecrets?: (texts: readonly string[]) => void,
): Promise<Ran> {
  server = await startServer(answer);
  const api = petsApi.replace('http://pets.test/v1/', server.url);
  const document = await loadText(text, { 'pets.yaml': api, ...files });
  const result = await plan(document, { workflowIds: ['w'], inputs: { given: 'g' } });
  if (result.kind === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join(' '));
  const transport = createHttpTransport();
  const events: RunEvent[] = [];
  for await (const event of run(result.plan, { transport, clock: instantClock(), ...(onSecrets && { onSecrets }) }))
    events.push(event);
  transport.close();
  return { targets: server.seen.map(({ target }) => target), events };
}

const get = (stepId: string, more = '') =>
  `- { stepId: ${stepId}, operationId: $sourceDescriptions.pets.getPet, parameters: [{ name: petId, in: path, value: ${stepId} }], outputs: { id: $response.body#/id }${more} }\n`;

const sources =
  'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: other, url: other.yaml, type: arazzo }]\n';

/** Another document, whose workflows are given by id, each with its steps and what follows them. */
function other(workflows: Readonly<Record<string, readonly [string, string?]>>): string {
  const text = Object.entries(workflows).map(([id, [steps, rest]]) =>
    oneWorkflow(steps, rest).replace('workflows:\n', '').replace('workflowId: w', `workflowId: ${id}`),
  );
  return `arazzo: 1.1.0\ninfo: { title: Other, version: '1' }\nsourceDescriptions: [{ name: pets, url: pets.yaml }]\nworkflows:\n${text.join('')}`;
}

const given = 'inputs: { type: object, required: [given], properties: { given: {}, more: {} } }';

it('reads its own inputs by its name, and what its sources are', async () => {
  const step = get('a').replace('value: a', 'value: $workflows.w.inputs.given');
  const rest = `${given}\noutputs: { i: $workflows.w.inputs.given, type: $sourceDescriptions.other.type, name: $sourceDescriptions.pets.name }`;
  const { targets, events } = await runText(sources + oneWorkflow(step, rest), {
    'other.yaml': other({ v: [get('x')] }),
  });
  expect(targets).toEqual(['/pets/g']);
  expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { i: 'g', type: 'arazzo', name: 'pets' } } });
});

it('tells the secrets that a called workflow is given before it starts', async () => {
  const secret = 'inputs: { type: object, properties: { key: { format: password } } }';
  const call =
    get('a') +
    '- { stepId: call, workflowId: $sourceDescriptions.other.v, parameters: [{ name: key, value: $steps.a.outputs.id }] }';
  const told: unknown[] = [];
  const files = { 'other.yaml': other({ v: [get('x').replace('value: x', 'value: $inputs.key'), secret] }) };
  const { events } = await runText(
    sources + oneWorkflow(call),
    files,
    () => ({ status: 200, body: { id: 's3cret' } }),
    (texts) => told.push(...texts),
  );
  expect(told).toEqual(['s3cret']);
  expect(events.at(-1)?.kind).toBe('run-succeeded');
});

describe('a workflow of another document', () => {
  it('is called by a step, with parameters as its inputs and $outputs as its outputs', async () => {
    const step =
      '- { stepId: call, workflowId: $sourceDescriptions.other.v, parameters: [{ name: given, value: $inputs.given }], outputs: { o: $outputs.o } }';
    const files = {
      'other.yaml': other({
        v: [
          get('x').replace('value: x', 'value: $inputs.given'),
          `${given}\ndependsOn: [first]\noutputs: { o: $steps.x.outputs.id, first: $sourceDescriptions.pets.url }`,
        ],
        first: [get('f')],
      }),
    };
    const text = sources + oneWorkflow(step, `${given}\noutputs: { o: $steps.call.outputs.o }`);
    const { targets, events } = await runText(text, files);
    expect(targets).toEqual(['/pets/g']);
    expect(events.flatMap((event) => (event.kind === 'workflow-started' ? event.workflowId : []))).toEqual([
      'w',
      '$sourceDescriptions.other.v',
    ]);
    expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { o: '/pets/g' } } });
  });

  it('runs before the workflow that depends on it, and its outputs go by its own names', async () => {
    const files = {
      'other.yaml': other({
        v: [
          get('x').replace('value: x', 'value: $workflows.first.outputs.id'),
          'dependsOn: [first]\noutputs: { o: $steps.x.outputs.id }',
        ],
        first: [get('f'), 'outputs: { id: $steps.f.outputs.id }'],
      }),
    };
    const text = sources + oneWorkflow(get('a'), 'dependsOn: [$sourceDescriptions.other.v]');
    const { targets, events } = await runText(text, files);
    expect(targets).toEqual(['/pets/f', '/pets/%2Fpets%2Ff', '/pets/a']);
    expect(events.at(-1)).toEqual({
      kind: 'run-succeeded',
      outputs: {
        '$sourceDescriptions.other.first': { id: '/pets/f' },
        '$sourceDescriptions.other.v': { o: '/pets/%2Fpets%2Ff' },
        w: {},
      },
    });
  });

  it('takes the parameters of the action that leads to it (Arazzo 1.1.0 §Success Action Object)', async () => {
    const jump =
      ', onSuccess: [{ name: g, type: goto, workflowId: $sourceDescriptions.other.v, parameters: [{ name: more, value: $response.body#/id }] }]';
    const files = { 'other.yaml': other({ v: [get('x').replace('value: x', 'value: $inputs.more'), given] }) };
    const { targets } = await runText(sources + oneWorkflow(get('a', jump), given), files);
    expect(targets).toEqual(['/pets/a', '/pets/%2Fpets%2Fa']);
  });

  it('is not begun when the parameters of the action do not fit its inputs', async () => {
    const jump =
      ', onSuccess: [{ name: g, type: goto, workflowId: $sourceDescriptions.other.v, parameters: [{ name: n, value: $response.body#/id }] }]';
    const inputs = 'inputs: { type: object, properties: { n: { type: integer } } }';
    const { targets, events } = await runText(sources + oneWorkflow(get('a', jump), given), {
      'other.yaml': other({ v: [get('x'), inputs] }),
    });
    expect(targets).toEqual(['/pets/a']);
    const reason = 'The input "n" of the workflow "v" is "/pets/a" (string); the type integer was expected.';
    expect(events.slice(-2)).toEqual([
      { kind: 'workflow-failed', workflowId: 'w', stepId: 'a', outputs: {}, reason },
      { kind: 'run-failed', reason: `The step "a" of the workflow "w" failed: ${reason}` },
    ]);
  });
});

describe('a step that depends on another', () => {
  it('runs after it', async () => {
    const { targets } = await runText(oneWorkflow(get('a', ', dependsOn: [b]') + get('b'), given), {});
    expect(targets).toEqual(['/pets/b', '/pets/a']);
  });

  it('fails when a jump skipped it, since a dependency runs nothing', async () => {
    const jump = ', onSuccess: [{ name: g, type: goto, stepId: c }]';
    const steps = get('a', jump) + get('b') + get('c', ', dependsOn: [b]');
    const { targets, events } = await runText(oneWorkflow(steps, given), {});
    expect(targets).toEqual(['/pets/a']);
    expect(events.at(-1)).toEqual({
      kind: 'run-failed',
      reason:
        'The step "c" of the workflow "w" failed: The step depends on "b", which is not complete; a dependency does not run a step.',
    });
  });

  it('may wait for a step of another workflow that ran', async () => {
    const steps = get('a', ', dependsOn: [$sourceDescriptions.other.v.steps.x]');
    const { targets } = await runText(
      sources + oneWorkflow(steps, `${given}\ndependsOn: [$sourceDescriptions.other.v]`),
      { 'other.yaml': other({ v: [get('x')] }) },
    );
    expect(targets).toEqual(['/pets/x', '/pets/a']);
  });
});

it('reads the value of a component parameter in the workflow that names it', async () => {
  const components = 'components: { parameters: { id: { name: petId, in: path, value: $inputs.given } } }\n';
  const step = get('a').replace('value: a', "value: 'p-{$components.parameters.id}'");
  expect((await runText(oneWorkflow(step, given) + components, {})).targets).toEqual(['/pets/p-g']);
});
