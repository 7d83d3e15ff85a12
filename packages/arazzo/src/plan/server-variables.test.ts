import { describe, expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { plan } from './make-plan.ts';

const api = `openapi: 3.1.0
servers:
  - url: https://{region}.x.test/{stage}
    variables: { region: { default: eu, enum: [eu, us] }, stage: { default: v1 } }
paths:
  /a:
    get: { operationId: get }
    put: { operationId: put, servers: [{ url: 'https://{host}' }] }
`;

/** Where the requests of the given operations go, or why they cannot. */
async function targets(operations: readonly string[], serverVariables: Readonly<Record<string, string>>) {
  const steps = operations.map((id) => `- { stepId: ${id}, operationId: ${id} }`).join('\n');
  const planned = await plan(await loadText(oneWorkflow(steps), { 'pets.yaml': api }), { serverVariables });
  return planned.kind === 'planned' ? planned.plan.targets : planned.diagnostics.map(({ message }) => message);
}

describe('server variables', () => {
  it.each([
    [{}, ['https://eu.x.test/v1']],
    [{ region: 'us' }, ['https://us.x.test/v1']],
    [{ region: 'us', 'pets.region': 'eu', stage: 'a/b' }, ['https://eu.x.test/a/b']],
    [{ region: 'ap' }, ['The server variable "region" is "ap"; one of "eu", "us" was expected.']],
    [
      { regions: 'us' },
      [
        'A value is given for the server variable "regions"; the variables of the sources\' servers are "region" and "stage". Did you mean "region"?',
      ],
    ],
  ])('are given as %j', async (variables, expected) => {
    expect(await targets(['get'], variables)).toEqual(expected);
  });

  it('may stand in the URL alone, and must have a value then', async () => {
    expect(await targets(['put'], {})).toEqual([
      'The source "pets" names no absolute http or https server for the step "put"; give the server variable "host" of "https://{host}", or a server, for this run.',
    ]);
    expect(await targets(['put'], { host: 'y.test:8443' })).toEqual(['https://y.test:8443']);
  });
});
