import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServingProcess, startServing } from '../harness/gatewright.ts';
import { type ControlPlaneClient, listAll, type Members, send } from './client.ts';
import { createSdkClient } from './sdk-client.ts';
import { authorizerUri, buildWorld, type World, webSocketApi } from './world.ts';

let serving: ServingProcess;
let client: ControlPlaneClient;
let world: World;

beforeAll(async () => {
  serving = await startServing(['serve']);
  client = await createSdkClient(serving.gateway);
  world = await buildWorld(client);
});

afterAll(async () => {
  await client?.close();
  await serving?.kill();
});

interface Quota {
  readonly resource: string;
  readonly quota: number;
  readonly parent: string;
  readonly create: (index: number) => Members;
  readonly limitType: string;
  readonly message: RegExp;
}

const ofApi = (plural: string) =>
  new RegExp(
    `^Maximum number of ${plural} for this API has been reached\\. Please contact AWS if you need additional ${plural}\\.$`,
  );

const quotas: readonly Quota[] = [
  {
    resource: 'Route',
    quota: 300,
    parent: 'ApiId',
    create: (index) => ({ RouteKey: `key${index}` }),
    limitType: 'RoutesPerApi',
    message: ofApi('Routes'),
  },
  {
    resource: 'Integration',
    quota: 300,
    parent: 'ApiId',
    create: () => ({ IntegrationType: 'MOCK' }),
    limitType: 'IntegrationsPerApi',
    message: ofApi('Integrations'),
  },
  {
    resource: 'Stage',
    quota: 10,
    parent: 'ApiId',
    create: (index) => ({ StageName: `stage${index}` }),
    limitType: 'StagesPerApi',
    message: ofApi('Stages'),
  },
  {
    resource: 'Authorizer',
    quota: 10,
    parent: 'ApiId',
    create: (index) => ({ Name: `authorizer${index}`, AuthorizerType: 'REQUEST', AuthorizerUri: authorizerUri }),
    limitType: 'AuthorizersPerApi',
    message: ofApi('Authorizers'),
  },
  {
    resource: 'ApiMapping',
    quota: 200,
    parent: 'DomainName',
    create: (index) => ({ ApiId: world.ApiId, Stage: world.StageName, ApiMappingKey: `key${index}` }),
    limitType: 'ApiMappingsPerDomainName',
    message: /^Maximum number of API mappings/,
  },
];

it.each(quotas)('refuses one more than $quota of $resource with 429, and changes nothing', async (row) => {
  const { resource, quota, parent, create, limitType, message } = row;
  const parents = { [parent]: world[parent] };
  const before = (await listAll(client, `Get${resource}s`, parents)).length;
  const indices = Array.from({ length: quota - before }, (_, index) => index);
  await Promise.all(indices.map((index) => send(client, `Create${resource}`, { ...parents, ...create(index) })));
  expect(await client.call(`Create${resource}`, { ...parents, ...create(quota) })).toEqual({
    kind: 'refused',
    status: 429,
    code: 'TooManyRequestsException',
    details: { Message: expect.stringMatching(message), LimitType: limitType },
  });
  expect(await listAll(client, `Get${resource}s`, parents)).toHaveLength(quota);
});

it('refuses calls beyond the rates of AWS with 429, where they are asked for', async () => {
  const limited = await startServing(['serve', '--limits', 'aws']);
  const caller = await createSdkClient(limited.gateway);
  const [first, second] = [
    await send(caller, 'CreateApi', webSocketApi),
    await send(caller, 'CreateApi', webSocketApi),
  ];
  const refused = {
    kind: 'refused',
    status: 429,
    code: 'TooManyRequestsException',
    details: { Message: 'Too Many Requests' },
  };
  await send(caller, 'DeleteApi', { ApiId: first.ApiId });
  expect(await caller.call('DeleteApi', { ApiId: second.ApiId })).toEqual(refused);
  expect(await send(caller, 'GetApi', { ApiId: second.ApiId })).toEqual(second);
  // Within the time these take, far fewer may pass than there are.
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => caller.call('GetApis', {})));
  const others = outcomes.filter(({ kind }) => kind === 'refused');
  expect(others.length).toBeGreaterThan(0);
  expect(others).toEqual(others.map(() => refused));
  await caller.close();
  await limited.kill();
});
