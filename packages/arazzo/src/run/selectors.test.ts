import { afterEach, describe, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { startServer, type TestServer } from '../testing/server.ts';
import { createHttpTransport } from '../transports/http.ts';
import type { RunEvent } from './events.ts';
import { run } from './run.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const xml = '<pets><pet id="7"><name>Rex</name></pet></pets>';

/** Runs a document of Arazzo 1.1 against a server that answers the first request with XML and others with JSON. */
async function runText(steps: string, rest = '', version = '1.1.0'): Promise<readonly RunEvent[]> {
  server = await startServer((_, index) =>
    index === 0
      ? { status: 200, body: xml, headers: { 'content-type': 'application/xml' } }
      : { status: 201, body: { pets: [{ id: 1 }, { id: 2 }] } },
  );
  const document = await loadText(`arazzo: ${version}\n${oneWorkflow(steps, rest)}`);
  const planned = await plan(document, { servers: { pets: server.url } });
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  const transport = createHttpTransport();
  const events: RunEvent[] = [];
  for await (const event of run(planned.plan, { transport })) events.push(event);
  transport.close();
  return events;
}

const readPet = `
- stepId: read
  operationId: getPet
  parameters: [{ name: petId, in: path, value: '1' }]
  successCriteria:
    - { condition: $statusCode == 200 }
    - { context: $response.body, condition: '/pets/pet/name = "Rex"', type: xpath }
  outputs:
    body: $response.body
    id: { context: $response.body, selector: /pets/pet/@id, type: xpath }
`;

describe('selectors and queries in a run', () => {
  it('are read in the outputs of a document of 1.0 too, where nothing else can be an object', async () => {
    const rest =
      'outputs: { id: $steps.read.outputs.id, name: { context: $steps.read.outputs.body, selector: //name, type: xpath } }';
    const events = await runText(readPet, rest, '1.0.1');
    expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { id: '7', name: 'Rex' } } });
  });

  it('carry values from an XML answer into a path, a payload and the outputs', async () => {
    const steps = `${readPet}
- stepId: create
  operationId: createPet
  requestBody:
    payload: { name: { context: $steps.read.outputs.body, selector: //name, type: { type: xpath, version: xpath-30 } } }
  successCriteria:
    - { context: $response.body, condition: '$.pets[?@.id == 2]', type: jsonpath }
  outputs:
    ids: { context: $response.body, selector: '$.pets[*].id', type: jsonpath }
- stepId: again
  operationId: getPet
  parameters: [{ name: petId, in: path, value: { context: $steps.read.outputs.body, selector: /pets/pet/@id, type: xpath } }]
`;
    const rest =
      'outputs: { ids: $steps.create.outputs.ids, last: { context: $steps.create.outputs.ids, selector: "$[-1]", type: jsonpath } }';
    const events = await runText(steps, rest);
    expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { ids: [1, 2], last: 2 } } });
    expect(server?.seen.map(({ target, body }) => `${target} ${body}`)).toEqual([
      '/pets/1 ',
      '/pets {"name":"Rex"}',
      '/pets/7 ',
    ]);
  });

  it('set values in payloads by JSONPath', async () => {
    const steps = `${readPet}
- stepId: create
  operationId: createPet
  requestBody:
    payload: { name: x, tags: [{ key: a, value: 1 }, { key: b, value: 2 }] }
    replacements:
      - { target: /name, value: { context: $steps.read.outputs.body, selector: //name, type: xpath } }
      - { target: "$.tags[?@.key == 'b'].value", targetSelectorType: jsonpath, value: $steps.read.outputs.id }
`;
    await runText(steps);
    expect(server?.seen[1]?.body).toBe('{"name":"Rex","tags":[{"key":"a","value":1},{"key":"b","value":"7"}]}');
  });

  it('warn of an output with what keeps them from being evaluated', async () => {
    const steps = readPet.replace('/pets/pet/@id, type: xpath', '/p:pets, type: xpath');
    const warnings = (await runText(steps)).flatMap((event) =>
      event.kind === 'warning' ? event.diagnostic.message : [],
    );
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The output "id" of the step "read" has no value: .* cannot be evaluated: XPST0081: The prefix p/,
      ),
    ]);
  });

  it('fail a step with the reason when they cannot be evaluated', async () => {
    const steps = readPet.replace('/pets/pet/name = "Rex"', '/p:pets');
    const events = await runText(steps);
    expect(events.at(-1)).toMatchObject({
      kind: 'run-failed',
      reason: expect.stringContaining(
        'the condition cannot be evaluated: XPST0081: The prefix p could not be resolved',
      ),
    });
  });
});
