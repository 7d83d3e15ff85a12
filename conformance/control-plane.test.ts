import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

type Members = Readonly<Record<string, unknown>>;

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const createClient = (endpoint: string) =>
  new sdk.ApiGatewayV2Client({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

let serving: ServingProcess;
let client: sdk.ApiGatewayV2Client;
/** Ids of what every test may stand on. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  serving = await startServing(['serve', '--allow-reset']);
  client = createClient(serving.gateway);
});

beforeEach(async () => {
  await fetch(`${serving.gateway}/_gatewright/reset`, { method: 'POST' });
  const { ApiId } = await send('CreateApi', api);
  const { IntegrationId } = await send('CreateIntegration', { ApiId, IntegrationType: 'MOCK' });
  const { RouteId } = await send('CreateRoute', { ApiId, RouteKey: 'base' });
  await send('CreateStage', { ApiId, StageName: 'base' });
  await send('CreateDomainName', { DomainName: 'base.example.com', DomainNameConfigurations: [{ CertificateArn }] });
  ids = Object.fromEntries(Object.entries({ ApiId, IntegrationId, RouteId }).map(([key, id]) => [key, String(id)]));
});

afterAll(async () => {
  client.destroy();
  await serving.kill();
});

/** Sends an operation by its name; the answer has the members that the service sent, and its status. */
async function send(operation: string, input: Members, by = client): Promise<Members & { readonly status: number }> {
  const Command = (sdk as unknown as Record<string, new (input: Members) => sdk.GetApiCommand>)[`${operation}Command`];
  if (!Command) throw new Error(`The SDK has no operation "${operation}".`);
  const { $metadata, ...sent } = await by.send(new Command(input));
  const members = Object.entries(sent).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(members), status: $metadata.httpStatusCode ?? 0 };
}

const id = (length: number) => expect.stringMatching(new RegExp(`^[a-z0-9]{${length}}$`));
const date = expect.any(Date);
const api = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };
const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
const AuthorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

interface Resource {
  readonly resource: string;
  /** Names of the ids that lead to it. */
  readonly parents: readonly string[];
  /** The member that names it. */
  readonly idMember: string;
  readonly create: Members;
  /** What the service adds to what was asked for. */
  readonly defaults: Members;
  /** What makes another of its kind beside it. */
  readonly another?: (index: number) => Members;
  readonly update: Members;
  /** What an update changes besides. */
  readonly updated?: Members;
  readonly updateStatus?: number;
  readonly deleteStatus?: number;
  readonly list?: string;
}

const resources: readonly Resource[] = [
  {
    resource: 'Api',
    parents: [],
    idMember: 'ApiId',
    create: { ...api, Tags: { team: 'chat' }, Version: '1' },
    defaults: {
      ApiEndpoint: expect.stringMatching(/^ws:\/\//),
      ApiId: id(10),
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CreatedDate: date,
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
    },
    update: { Name: 'rooms', Description: 'Rooms', IpAddressType: 'dualstack' },
  },
  {
    resource: 'Integration',
    parents: ['ApiId'],
    idMember: 'IntegrationId',
    create: { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9/' },
    defaults: {
      ConnectionType: 'INTERNET',
      IntegrationId: id(7),
      PassthroughBehavior: 'WHEN_NO_MATCH',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 29_000,
    },
    update: { TimeoutInMillis: 50, RequestTemplates: { $default: '{}' } },
  },
  {
    resource: 'IntegrationResponse',
    parents: ['ApiId', 'IntegrationId'],
    idMember: 'IntegrationResponseId',
    create: { IntegrationResponseKey: '/200/', ResponseTemplates: { $default: '{}' } },
    defaults: { IntegrationResponseId: id(6) },
    another: (index) => ({ IntegrationResponseKey: `/30${index}/` }),
    update: { IntegrationResponseKey: '$default', ContentHandlingStrategy: 'CONVERT_TO_TEXT' },
  },
  {
    resource: 'Route',
    parents: ['ApiId'],
    idMember: 'RouteId',
    create: { RouteKey: 'join' },
    defaults: { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId: id(7) },
    another: (index) => ({ RouteKey: `join${index}` }),
    update: { OperationName: 'Join', RouteResponseSelectionExpression: '$default' },
    updateStatus: 201,
  },
  {
    resource: 'RouteResponse',
    parents: ['ApiId', 'RouteId'],
    idMember: 'RouteResponseId',
    create: { RouteResponseKey: '$default' },
    defaults: { RouteResponseId: id(6) },
    update: { ResponseModels: { $default: 'Empty' } },
  },
  {
    resource: 'Model',
    parents: ['ApiId'],
    idMember: 'ModelId',
    create: { Name: 'Message', Schema: '{"type":"object"}', ContentType: 'application/json' },
    defaults: { ModelId: id(6) },
    another: (index) => ({ Name: `Message${index}` }),
    update: { Schema: '{}', Description: 'Anything' },
  },
  {
    resource: 'Authorizer',
    parents: ['ApiId'],
    idMember: 'AuthorizerId',
    create: { Name: 'keys', AuthorizerType: 'REQUEST', AuthorizerUri, IdentitySource: ['route.request.header.A'] },
    defaults: { AuthorizerId: id(6) },
    update: { Name: 'tokens', IdentitySource: ['route.request.querystring.token'] },
  },
  {
    resource: 'Deployment',
    parents: ['ApiId'],
    idMember: 'DeploymentId',
    create: { Description: 'first' },
    defaults: { AutoDeployed: false, CreatedDate: date, DeploymentId: id(6), DeploymentStatus: 'DEPLOYED' },
    update: { Description: 'second' },
  },
  {
    resource: 'Stage',
    parents: ['ApiId'],
    idMember: 'StageName',
    create: { StageName: 'dev', StageVariables: { url: 'a' } },
    defaults: {
      AutoDeploy: false,
      CreatedDate: date,
      DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' },
      LastUpdatedDate: date,
      RouteSettings: {},
      Tags: {},
    },
    another: (index) => ({ StageName: `dev${index}` }),
    update: { ClientCertificateId: 'abc', StageVariables: { more: 'b' } },
    updated: { StageVariables: { url: 'a', more: 'b' }, LastUpdatedDate: date },
  },
  {
    resource: 'DomainName',
    parents: [],
    idMember: 'DomainName',
    create: { DomainName: 'chat.example.com', DomainNameConfigurations: [{ CertificateArn }] },
    defaults: {
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/chat.example.com',
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
          CertificateArn,
          DomainNameStatus: 'AVAILABLE',
          EndpointType: 'REGIONAL',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
    },
    another: (index) => ({ DomainName: `chat${index}.example.com` }),
    update: { RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING' },
  },
  {
    resource: 'ApiMapping',
    parents: ['DomainName', 'ApiId'],
    idMember: 'ApiMappingId',
    create: { Stage: 'base', ApiMappingKey: 'chat' },
    defaults: { ApiMappingId: id(6) },
    another: (index) => ({ ApiMappingKey: `chat${index}` }),
    update: { ApiMappingKey: 'rooms' },
  },
  {
    resource: 'VpcLink',
    parents: [],
    idMember: 'VpcLinkId',
    create: { Name: 'inside', SubnetIds: ['subnet-a'] },
    defaults: {
      CreatedDate: date,
      SecurityGroupIds: [],
      Tags: {},
      VpcLinkId: id(10),
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkVersion: 'V2',
    },
    update: { Name: 'within' },
    deleteStatus: 202,
  },
];

/** The ids that lead to a resource; a mapping's API is a member of its own. */
function parentsOf({ parents }: Resource): Members {
  const known: Readonly<Record<string, string>> = { ...ids, DomainName: 'base.example.com' };
  return Object.fromEntries(parents.map((name) => [name, known[name]]));
}

function ownMembers({ resource }: Resource, members: Members): Members {
  return resource === 'ApiMapping' ? { ApiId: ids.ApiId, ...members } : members;
}

const byId = (idMember: string) => (left: Members, right: Members) =>
  String(left[idMember]) < String(right[idMember]) ? -1 : 1;

describe.each(resources)('$resource', (row) => {
  const { resource, idMember, create, defaults, update } = row;

  it('is created, read, listed, changed and deleted, in whole answers', async () => {
    const parents = parentsOf(row);
    const before = ((await send(`Get${resource}s`, parents)).Items ?? []) as Members[];
    const { status, ...created } = await send(`Create${resource}`, { ...parents, ...create });
    expect(status).toBe(201);
    expect(created).toEqual(ownMembers(row, { ...create, ...defaults }));

    const name = { ...parents, [idMember]: created[idMember] };
    expect(await send(`Get${resource}`, name)).toEqual({ ...created, status: 200 });
    const listed = (await send(`Get${resource}s`, parents)).Items;
    expect(listed).toEqual([...before, created].sort(byId(idMember)));

    const changed = { ...created, ...update, ...row.updated };
    const answer = await send(`Update${resource}`, { ...name, ...update });
    expect(answer).toEqual({ ...changed, status: row.updateStatus ?? 200 });
    expect(await send(`Get${resource}`, name)).toEqual({ ...changed, status: 200 });

    expect(await send(`Delete${resource}`, name)).toEqual({ status: row.deleteStatus ?? 204 });
    expect((await send(`Get${resource}s`, parents)).Items).toEqual(before);
    for (const operation of ['Get', 'Update', 'Delete']) {
      await expect(send(operation + resource, name)).rejects.toMatchObject({
        name: 'NotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it('is listed to the last page, each once', async () => {
    const { another = () => ({}) } = row;
    const parents = parentsOf(row);
    const count = resource === 'RouteResponse' ? 1 : 5;
    for (let index = 0; index < count; index += 1) {
      await send(`Create${resource}`, { ...parents, ...create, ...another(index) });
    }
    const whole = (await send(`Get${resource}s`, { ...parents, MaxResults: '500' })).Items;
    const paged: unknown[] = [];
    let NextToken: unknown;
    do {
      const page = await send(`Get${resource}s`, { ...parents, MaxResults: '2', ...(NextToken ? { NextToken } : {}) });
      paged.push(...(page.Items as unknown[]));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(paged).toEqual(whole);
    expect(paged.length).toBeGreaterThanOrEqual(count);
  });

  it('is refused by the errors that are declared', async () => {
    const parents = parentsOf(row);
    const path = `${serving.gateway}/v2/`;
    await expect(send(`Get${resource}s`, { ...parents, MaxResults: 'x' })).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    await expect(send(`Get${resource}s`, { ...parents, NextToken: '!' })).rejects.toMatchObject({
      name: 'BadRequestException',
      $metadata: { httpStatusCode: 400 },
    });
    for (const parent of row.parents) {
      await expect(send(`Create${resource}`, { ...parents, ...create, [parent]: 'none' })).rejects.toMatchObject({
        name: 'NotFoundException',
      });
    }
    expect((await fetch(`${path}nothing`)).status).toBe(404);
  });
});

describe('what belongs to no one resource', () => {
  it.each<[string, Members, number]>([
    ['DeleteAccessLogSettings', { StageName: 'base' }, 204],
    ['ResetAuthorizersCache', { StageName: 'base' }, 204],
    ['DeleteCorsConfiguration', {}, 204],
  ])('%s answers %j', async (operation, input, status) => {
    expect(await send(operation, { ApiId: ids.ApiId, ...input })).toEqual({ status });
    await expect(send(operation, { ApiId: 'none', ...input })).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('removes one setting and one parameter by its key', async () => {
    const ApiId = ids.ApiId;
    await send('UpdateStage', { ApiId, StageName: 'base', RouteSettings: { $connect: { ThrottlingBurstLimit: 1 } } });
    expect(await send('DeleteRouteSettings', { ApiId, StageName: 'base', RouteKey: '$connect' })).toEqual({
      status: 204,
    });
    const key = 'route.request.querystring.a/b';
    await send('UpdateRoute', { ApiId, RouteId: ids.RouteId, RequestParameters: { [key]: { Required: true } } });
    const parameter = { ApiId, RouteId: ids.RouteId, RequestParameterKey: key };
    expect(await send('DeleteRouteRequestParameter', parameter)).toEqual({ status: 204 });
    await expect(send('DeleteRouteRequestParameter', parameter)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('tags what can be tagged', async () => {
    const { VpcLinkId } = await send('CreateVpcLink', { Name: 'a', SubnetIds: ['subnet-a'] });
    const paths = [
      `apis/${ids.ApiId}`,
      `apis/${ids.ApiId}/stages/base`,
      'domainnames/base.example.com',
      `vpclinks/${VpcLinkId}`,
    ];
    for (const path of paths) {
      const resource = { ResourceArn: `arn:aws:apigateway:us-east-1::/${path}` };
      expect(await send('TagResource', { ...resource, Tags: { a: '1', b: '2' } })).toEqual({ status: 201 });
      expect(await send('UntagResource', { ...resource, TagKeys: ['a'] })).toEqual({ status: 204 });
      expect(await send('GetTags', resource)).toEqual({ Tags: { b: '2' }, status: 200 });
    }
  });

  it('shows a template of a model', async () => {
    const { ModelId } = await send('CreateModel', { ApiId: ids.ApiId, Name: 'A', Schema: '{"type":"integer"}' });
    expect(await send('GetModelTemplate', { ApiId: ids.ApiId, ModelId })).toEqual({
      Value: "#set($inputRoot = $input.path('$'))\n42",
      status: 200,
    });
  });
});

describe('fifty writers of one API', () => {
  it('lose nothing, with a restart in between', async () => {
    const folder = await temporaryFolder();
    const store = ['--store', `sqlite:${join(folder.path, 'gateway.db')}`];
    let durable = await startServing(['serve', ...store]);
    let writer = createClient(durable.gateway);
    const { ApiId } = await send('CreateApi', api, writer);
    const { RouteId } = await send('CreateRoute', { ApiId, RouteKey: 'one' }, writer);
    const names = Array.from({ length: 100 }, (_, index) => `route.request.header.h${index}`);
    const write = (keys: readonly string[]) =>
      Promise.all(
        keys.map((key) =>
          send('UpdateRoute', { ApiId, RouteId, RequestParameters: { [key]: { Required: false } } }, writer),
        ),
      );
    await write(names.slice(0, 50));
    await durable.kill();
    durable = await startServing(['serve', ...store]);
    writer = createClient(durable.gateway);
    await write(names.slice(50));
    const route = await send('GetRoute', { ApiId, RouteId }, writer);
    expect(Object.keys(route.RequestParameters as object).sort()).toEqual([...names].sort());
    writer.destroy();
    expect(await durable.stop()).toBe(0);
    await folder.remove();
  });
});
