import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from '../harness/gatewright.ts';
import { type ControlPlaneClient, listAll, type Members, send } from './client.ts';
import { allRoundTrips, exampleInputs, parentsOf, resources } from './examples.ts';
import { createHttpClient } from './http-client.ts';
import { operationOf, operations } from './operations.ts';
import { codeOf, type RefusalRow } from './refusals/refusal.ts';
import { deletionsInUse, neverBroughtAbout, refusals } from './refusals.ts';
import type { RoundTrip } from './round-trips/round-trip.ts';
import { buildWorld, readWorld, type World } from './world.ts';

/** What a client of the control plane must see, whichever it is: every operation, every page, every refusal. */
export function describeControlPlane(createClient: (endpoint: string) => Promise<ControlPlaneClient>): void {
  let serving: ServingProcess;
  let client: ControlPlaneClient;
  /** Looks at what is there, quicker than most. */
  let reader: ControlPlaneClient;
  let world: World;

  beforeAll(async () => {
    serving = await startServing(['serve']);
    client = await createClient(serving.gateway);
    reader = await createHttpClient(serving.gateway, 'wire-names');
    world = await buildWorld(client);
  });

  afterAll(async () => {
    await client?.close();
    await serving?.kill();
  });

  describe.each(allRoundTrips)('$title', (row) => {
    it('is created, read, listed, changed and deleted, in whole answers', () => makeRoundTrip(client, world, row));
  });

  describe.each(resources)('the list of each $resource', (row) => {
    it('comes page by page to the last, each item once', () => pageThrough(client, world, row));
  });

  describe('what belongs to no one resource', () => {
    it.each(actions)('$title', ({ act }) => act(client, world));
  });

  describe('what is refused', () => {
    it.each(operationsWithRefusals())(
      '%s, by every error that it declares and nothing half done',
      async (operation) => {
        const before = await readWorld(reader);
        for (const row of refusals.filter((candidate) => candidate.operation === operation)) {
          await expectRefusal(client, world, row);
        }
        expect(await readWorld(reader)).toEqual(before);
      },
    );

    it.each(deletionsInUse)('%s, of what a route refers to', async (operation, message) => {
      const row = { operation, status: 409, members: () => ({}), message: message(world) };
      await expectRefusal(client, world, row);
    });
  });
}

/** That the tables leave nothing out. */
export function describeTables(): void {
  it('has every operation carried out', () => {
    const carriedOut = resources.flatMap(({ resource }) =>
      ['Create', 'Get', 'Update', 'Delete'].map((verb) => verb + resource).concat(`Get${resource}s`),
    );
    const refused = ['ImportApi', 'ReimportApi', 'ExportApi'];
    const named = [...carriedOut, ...refused, ...actions.flatMap((action) => action.operations)];
    expect(named.sort()).toEqual([...operations.keys()].sort());
  });

  it('has every declared error brought about, or says why none can be', () => {
    const declared = [...operations].flatMap(([name, { errors }]) =>
      errors.filter((status) => status !== 429).map((status) => `${name} ${status}`),
    );
    const broughtAbout = new Set(refusals.map(({ operation, status }) => `${operation} ${status}`));
    const never = [...neverBroughtAbout.values()].flat();
    expect(declared.filter((error) => !broughtAbout.has(error)).sort()).toEqual([...never].sort());
  });
}

function operationsWithRefusals(): readonly string[] {
  return [...new Set(refusals.map(({ operation }) => operation))].sort();
}

async function makeRoundTrip(client: ControlPlaneClient, world: World, row: RoundTrip): Promise<void> {
  const { resource, idMember, create, defaults, update, updated = {}, cleared = [] } = row;
  const parents = parentsOf(row, world);
  const list = () => listAll(client, `Get${resource}s`, parents);
  const carryOut = async (operation: string, input: Members) => {
    const outcome = await client.call(operation, input);
    expect(outcome).toMatchObject({ kind: 'answered', status: operationOf(operation).status });
    return outcome.kind === 'answered' ? outcome.output : {};
  };

  const before = await list();
  const created = await carryOut(`Create${resource}`, { ...parents, ...create(world) });
  expect(created).toEqual({ ...create(world), ...defaults });
  const name = { ...parents, [idMember]: created[idMember] };
  expect(await carryOut(`Get${resource}`, name)).toEqual(created);
  expect(await list()).toEqual([...before, created].sort(byMember(idMember)));

  const changed = { ...created, ...update(world), ...updated };
  const expected = Object.fromEntries(Object.entries(changed).filter(([member]) => !cleared.includes(member)));
  const answer = await carryOut(`Update${resource}`, { ...name, ...update(world) });
  expect(answer).toEqual(expected);
  expect(await carryOut(`Get${resource}`, name)).toEqual(answer);

  expect(await carryOut(`Delete${resource}`, name)).toEqual({});
  expect(await list()).toEqual(before);
  for (const operation of ['Get', 'Update', 'Delete']) {
    const members = operation === 'Update' ? update(world) : {};
    const outcome = await client.call(operation + resource, { ...name, ...members });
    expect(outcome).toMatchObject({ kind: 'refused', status: 404, code: 'NotFoundException' });
  }
}

/** The lists that the SDKs define no paginators for. */
const withoutPaginator: ReadonlySet<string> = new Set(['GetApiMappings', 'GetVpcLinks']);

/** More than there are on a page when nobody says how many. */
const fullList = 27;

async function pageThrough(client: ControlPlaneClient, world: World, row: RoundTrip): Promise<void> {
  const { resource, idMember, create, another = () => ({}), maximumCount = fullList } = row;
  const parents = parentsOf(row, world);
  const operation = `Get${resource}s`;
  const before = (await listAll(client, operation, parents)).length;
  const indices = Array.from({ length: maximumCount }, (_, index) => index);
  const created = await Promise.all(
    indices.map((index) => send(client, `Create${resource}`, { ...parents, ...create(world), ...another(index) })),
  );
  const whole = (await send(client, operation, { ...parents, MaxResults: '500' })).Items as readonly Members[];
  expect(whole).toHaveLength(before + created.length);
  expect(whole).toEqual(expect.arrayContaining([...created]));
  for (const page of [{}, { MaxResults: '1' }, { MaxResults: '2' }, { MaxResults: '1000' }]) {
    expect(await listAll(client, operation, { ...parents, ...page })).toEqual(whole);
  }
  if (!withoutPaginator.has(operation)) {
    const paginated = await client.paginate?.(operation, parents, 7);
    if (paginated) expect(paginated).toMatchObject({ kind: 'answered', output: { Items: whole } });
  }
  const first = await send(client, operation, { ...parents, MaxResults: '2' });
  expect(first.Items).toEqual(whole.slice(0, 2));
  expect(typeof first.NextToken).toBe(whole.length > 2 ? 'string' : 'undefined');
  if (first.NextToken !== undefined) await expectForeignToken(client, operation, first.NextToken);
  for (const item of created) await send(client, `Delete${resource}`, { ...parents, [idMember]: item[idMember] });
}

/** A token is of the list that gave it: elsewhere it would lead to a part of a list that looks like the whole. */
async function expectForeignToken(client: ControlPlaneClient, operation: string, NextToken: unknown): Promise<void> {
  const other = operation === 'GetApis' ? 'GetDomainNames' : 'GetApis';
  const Message = expect.stringMatching(/nextToken/i);
  const refusal = { kind: 'refused', status: 400, code: codeOf(400), details: { Message } };
  expect(await client.call(other, { NextToken })).toEqual(refusal);
}

async function expectRefusal(client: ControlPlaneClient, world: World, row: RefusalRow): Promise<void> {
  const { operation, status, members, message } = row;
  const example = { ...exampleInputs(world).get(operation), ...members(world) };
  const input = Object.fromEntries(Object.entries(example).filter(([, value]) => value !== undefined));
  const subject = `${operation} ${JSON.stringify(members(world)).slice(0, 200)}`;
  const outcome = await client.call(operation, input);
  const Message = typeof message === 'string' ? message : expect.stringMatching(message);
  const details = status === 404 ? { Message, ResourceType: expect.any(String) } : { Message };
  expect(outcome, subject).toEqual({ kind: 'refused', status, code: codeOf(status), details });
}

interface Action {
  readonly title: string;
  readonly operations: readonly string[];
  readonly act: (client: ControlPlaneClient, world: World) => Promise<void>;
}

async function expectNothing(client: ControlPlaneClient, operation: string, input: Members): Promise<void> {
  const { status } = operationOf(operation);
  expect(await client.call(operation, input)).toEqual({ kind: 'answered', status, output: {} });
}

const actions: readonly Action[] = [
  {
    title: 'access log settings are deleted, also when there are none',
    operations: ['DeleteAccessLogSettings'],
    async act(client, { ApiId, StageName }) {
      const DestinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:chat';
      const AccessLogSettings = { DestinationArn, Format: '$context.requestId' };
      await send(client, 'UpdateStage', { ApiId, StageName, AccessLogSettings });
      await expectNothing(client, 'DeleteAccessLogSettings', { ApiId, StageName });
      expect(await send(client, 'GetStage', { ApiId, StageName })).not.toHaveProperty('AccessLogSettings');
      await expectNothing(client, 'DeleteAccessLogSettings', { ApiId, StageName });
    },
  },
  {
    title: 'the settings of one route are deleted by its key',
    operations: ['DeleteRouteSettings'],
    async act(client, { ApiId, StageName }) {
      const { RouteSettings } = await send(client, 'GetStage', { ApiId, StageName });
      const other = { 'a/b ü': { ThrottlingBurstLimit: 1 } };
      await send(client, 'UpdateStage', { ApiId, StageName, RouteSettings: other });
      await expectNothing(client, 'DeleteRouteSettings', { ApiId, StageName, RouteKey: 'a/b ü' });
      expect(await send(client, 'GetStage', { ApiId, StageName })).toMatchObject({ RouteSettings });
    },
  },
  {
    title: 'one request parameter is deleted by its key',
    operations: ['DeleteRouteRequestParameter'],
    async act(client, { ApiId, RouteId }) {
      const { RequestParameters } = await send(client, 'GetRoute', { ApiId, RouteId });
      const key = 'route.request.header.a%2Fb';
      await send(client, 'UpdateRoute', { ApiId, RouteId, RequestParameters: { [key]: { Required: true } } });
      await expectNothing(client, 'DeleteRouteRequestParameter', { ApiId, RouteId, RequestParameterKey: key });
      expect(await send(client, 'GetRoute', { ApiId, RouteId })).toMatchObject({ RequestParameters });
    },
  },
  {
    title: 'the CORS configuration of an HTTP API is deleted',
    operations: ['DeleteCorsConfiguration'],
    async act(client, { HttpApiId: ApiId }) {
      await send(client, 'UpdateApi', { ApiId, CorsConfiguration: { AllowOrigins: ['*'] } });
      const kept = await send(client, 'UpdateApi', { ApiId, CorsConfiguration: {} });
      expect(kept).toMatchObject({ CorsConfiguration: { AllowOrigins: ['*'] } });
      await expectNothing(client, 'DeleteCorsConfiguration', { ApiId });
      expect(await send(client, 'GetApi', { ApiId })).not.toHaveProperty('CorsConfiguration');
    },
  },
  {
    title: 'what quick create made is changed by UpdateApi',
    operations: [],
    async act(client) {
      const quick = { Name: 'quick', ProtocolType: 'HTTP', Target: 'https://example.com' };
      const { ApiId } = await send(client, 'CreateApi', quick);
      await send(client, 'UpdateApi', { ApiId, Target: 'https://example.org/', RouteKey: 'GET /pets' });
      expect(await listAll(client, 'GetIntegrations', { ApiId })).toMatchObject([
        { ApiGatewayManaged: true, IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.org/' },
      ]);
      expect(await listAll(client, 'GetRoutes', { ApiId })).toMatchObject([
        { ApiGatewayManaged: true, RouteKey: 'GET /pets' },
      ]);
      await send(client, 'DeleteApi', { ApiId });
    },
  },
  {
    title: 'a cache of authorizers is reset, though nothing is in it',
    operations: ['ResetAuthorizersCache'],
    act: (client, { ApiId, StageName }) => expectNothing(client, 'ResetAuthorizersCache', { ApiId, StageName }),
  },
  {
    title: 'a model shows a template',
    operations: ['GetModelTemplate'],
    async act(client, { ApiId, ModelId }) {
      const Value = "#set($inputRoot = $input.path('$'))\n42";
      expect(await send(client, 'GetModelTemplate', { ApiId, ModelId })).toEqual({ Value });
    },
  },
  {
    title: 'what can be tagged is tagged, and its keys are left as they are',
    operations: ['TagResource', 'UntagResource', 'GetTags'],
    async act(client, { ApiId, StageName, DomainName, VpcLinkId }) {
      const paths = [`apis/${ApiId}`, `apis/${ApiId}/stages/${StageName}`, `domainnames/${DomainName}`];
      for (const path of [...paths, `vpclinks/${VpcLinkId}`]) {
        const ResourceArn = `arn:aws:apigateway:us-east-1::/${path}`;
        const Tags = { apiId: '1', ApiId: '2', 'a b': '3', tags: '4' };
        await expectNothing(client, 'TagResource', { ResourceArn, Tags });
        await expectNothing(client, 'UntagResource', { ResourceArn, TagKeys: ['ApiId', 'a b'] });
        await expectNothing(client, 'TagResource', { ResourceArn, Tags: { tags: '5' } });
        expect(await send(client, 'GetTags', { ResourceArn })).toEqual({ Tags: { apiId: '1', tags: '5' } });
        await expectNothing(client, 'UntagResource', { ResourceArn, TagKeys: ['apiId', 'tags'] });
      }
    },
  },
];

function byMember(member: string): (left: Members, right: Members) => number {
  return (left, right) => (String(left[member]) < String(right[member]) ? -1 : 1);
}
