import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from '../harness/gatewright.ts';
import type { ControlPlaneClient } from './client.ts';
import { allRoundTrips, exampleInputs } from './examples.ts';
import { createHttpClient } from './http-client.ts';
import { labelsOf, operationOf, operations } from './operations.ts';
import { authorizerUri, buildWorld, certificateArn, roleArn, type World } from './world.ts';

let serving: ServingProcess;
let client: ControlPlaneClient;
let world: World;

beforeAll(async () => {
  serving = await startServing(['serve']);
  client = await createHttpClient(serving.gateway, 'wire-names');
  world = await buildWorld(client);
});

afterAll(() => serving.kill());

/** Texts that one rule or another takes, or nearly takes. */
const texts = [
  ...['', '$default', '$connect', '/2\\d\\d/', '/[/', 'GET /pets', 'ANY /{all+}', 'dev', 'automatic', 'Used'],
  ...['1.0', '2.0', '$request.body.action', '${', '\\$default', '#if(', '#set($x = 1)$x', "'a'", '{"type":"object"}'],
  ...[
    'https://example.com/{a}',
    'http://',
    's3://bucket/key',
    'integrations/none',
    'arn:',
    'aws:a',
    'x'.repeat(33_000),
  ],
  ...[authorizerUri, certificateArn, roleArn, '__proto__', 'constructor', '\u0000', '\ud800'],
];
const keys = [...texts, 'route.request.header.a', 'integration.request.header.a', 'method.response.header.a', '200'];
const text = fc.constantFrom(...texts);
const value = fc.oneof(
  text,
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom(...keys), fc.oneof(text, fc.boolean(), fc.jsonValue()), { maxKeys: 3 }),
  fc.double(),
  fc.jsonValue(),
);

/** Every member that some example of the operation's resource has, and that is no label. */
function membersOf(operation: string): readonly string[] {
  const ofResource = allRoundTrips.filter(({ resource }) => operation.replace(/^(Create|Update)/, '') === resource);
  const members = ofResource.flatMap(({ create, update }) => [create(world), update(world)].flatMap(Object.keys));
  const names = [...members, ...Object.keys(exampleInputs(world).get(operation) ?? {})];
  return [...new Set(names)].filter((name) => !labelsOf(operation).includes(name));
}

const writing = [...operations.keys()].filter((name) => /^(Create|Update|Tag)/.test(name));

describe('random members', () => {
  it.each(writing)('of %s are taken, or refused by an error that it declares', async (operation) => {
    const { status, errors } = operationOf(operation);
    const changes = fc.dictionary(fc.constantFrom(...membersOf(operation)), value, { minKeys: 1, maxKeys: 2 });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const outcome = await client.call(operation, { ...exampleInputs(world).get(operation), ...changed });
        expect([status, ...errors]).toContain(outcome.status);
      }),
      { numRuns: 60 },
    );
  });

  it('have brought about no fault of the gateway', () => {
    expect(serving.records.filter(({ kind }) => kind === 'gateway-fault')).toEqual([]);
  });
});
