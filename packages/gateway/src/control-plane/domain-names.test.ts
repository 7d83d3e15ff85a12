import {
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  type CreateDomainNameCommandInput,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteApiMappingCommand,
  DeleteDomainNameCommand,
  DeleteStageCommand,
  GetApiMappingCommand,
  GetApiMappingsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetTagsCommand,
  TagResourceCommand,
  UpdateApiMappingCommand,
  UpdateDomainNameCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi, members, type ServedControlPlane, serveControlPlane } from '../testing/serve-control-plane.ts';

let served: ServedControlPlane;
let api: { readonly ApiId: string };

beforeEach(async () => {
  served = await serveControlPlane();
  api = await createApi(served.client);
  await served.client.send(new CreateStageCommand({ ...api, StageName: 'dev' }));
});

afterEach(() => served.close());

const domain = { DomainName: 'chat.example.com' };
const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
const create = (request: Partial<CreateDomainNameCommandInput> = {}) =>
  members(
    served.client.send(
      new CreateDomainNameCommand({ ...domain, DomainNameConfigurations: [{ CertificateArn }], ...request }),
    ),
  );
const createMapping = (request: object = {}) =>
  members(served.client.send(new CreateApiMappingCommand({ ...domain, ...api, Stage: 'dev', ...request })));

describe('a custom domain name', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await create({ Tags: { team: 'chat' } });
    expect(created).toEqual({
      ...domain,
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/chat.example.com',
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
          CertificateArn,
          DomainNameStatus: 'AVAILABLE',
          EndpointType: 'REGIONAL',
          HostedZoneId: 'Z1UJRXOUMOOFQ8',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
      Tags: { team: 'chat' },
    });
    expect(await members(served.client.send(new GetDomainNameCommand(domain)))).toEqual(created);
    expect((await served.client.send(new GetDomainNamesCommand({}))).Items).toEqual([created]);

    const [configuration] = created.DomainNameConfigurations as [object];
    const changed = { ...created, DomainNameConfigurations: [{ ...configuration, IpAddressType: 'dualstack' }] };
    const update = { ...domain, DomainNameConfigurations: [{ IpAddressType: 'dualstack' as const }] };
    expect(await members(served.client.send(new UpdateDomainNameCommand(update)))).toEqual(changed);

    await expect(create()).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'The domain name resource already exists.',
    });
    const deletion = new DeleteDomainNameCommand(domain);
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(deletion)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'The domain name resource specified in the request was not found.',
    });
  });

  it.each<[Partial<CreateDomainNameCommandInput>, string]>([
    [{ DomainName: 'chat' }, '"domainName" is "chat"; expected a match of'],
    [{ DomainNameConfigurations: [] }, 'Invalid input. Expected one domain name configuration'],
    [{ DomainNameConfigurations: [{}] }, 'CertificateArn is ""; expected arn:{partition}:acm:'],
    [
      { DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a b' }] },
      'CertificateArn is "arn:aws:acm:us-east-1:123456789012:certificate/a b"; expected arn:{partition}:acm:',
    ],
    [
      { DomainNameConfigurations: [{ CertificateArn, OwnershipVerificationCertificateArn: 'arn:aws:acm' }] },
      'OwnershipVerificationCertificateArn is "arn:aws:acm"; expected arn:{partition}:acm:',
    ],
    [{ MutualTlsAuthentication: { TruststoreUri: 's3://bucket' } }, 'TruststoreUri is "s3://bucket"; expected s3://'],
    [
      { DomainNameConfigurations: [{ CertificateArn, EndpointType: 'EDGE' }] },
      'EDGE endpoint type is not supported for APIGatewayV2 domainName',
    ],
    [
      { DomainNameConfigurations: [{ CertificateArn, SecurityPolicy: 'TLS_1_0' }] },
      'SecurityPolicy is "TLS_1_0"; expected "TLS_1_2".',
    ],
    [{ MutualTlsAuthentication: {} }, 'MutualTlsAuthentication.TruststoreUri is ""; expected s3://{bucket}/{key}.'],
  ])('is refused: %j', async (request, message) => {
    await expect(create(request)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
    expect((await served.client.send(new GetDomainNamesCommand({}))).Items).toEqual([]);
  });

  it('is not told what only the gateway says of it', async () => {
    const created = await create();
    const [configuration] = created.DomainNameConfigurations as [object];
    const changes = { ApiGatewayDomainName: 'a', HostedZoneId: 'b', DomainNameStatus: 'UPDATING' as const };
    const more = { DomainNameStatusMessage: 'c', CertificateUploadDate: new Date(0) };
    const DomainNameConfigurations = [{ ...configuration, ...changes, ...more }];
    const update = new UpdateDomainNameCommand({ ...domain, DomainNameConfigurations });
    expect(await members(served.client.send(update))).toEqual(created);
    expect(await create({ DomainName: 'other.example.com', DomainNameConfigurations })).toEqual({
      ...created,
      DomainName: 'other.example.com',
      DomainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/other.example.com',
      DomainNameConfigurations: [{ ...configuration, ApiGatewayDomainName: expect.stringMatching(/^d-/) }],
    });
  });

  it('is one name, however its letters are written', async () => {
    expect(await create({ DomainName: 'Chat.Example.COM' })).toMatchObject({
      DomainName: 'chat.example.com',
      DomainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/chat.example.com',
    });
    await expect(create({ DomainName: 'chat.example.com' })).rejects.toMatchObject({ name: 'ConflictException' });
    await served.client.send(new DeleteDomainNameCommand({ DomainName: 'CHAT.example.com' }));
  });

  it('has mutual TLS until its truststore is removed', async () => {
    const created = await create({ MutualTlsAuthentication: { TruststoreUri: 's3://bucket/key' } });
    const update = (MutualTlsAuthentication: { TruststoreUri?: string; TruststoreVersion?: string }) =>
      members(served.client.send(new UpdateDomainNameCommand({ ...domain, MutualTlsAuthentication })));
    const versioned = { TruststoreUri: 's3://bucket/key', TruststoreVersion: '2' };
    expect(await update({ TruststoreVersion: '2' })).toEqual({ ...created, MutualTlsAuthentication: versioned });
    const { MutualTlsAuthentication: _removed, ...without } = created;
    expect(await update({ TruststoreUri: '' })).toEqual(without);
  });

  it('is listed page by page', async () => {
    for (const name of ['c', 'a', 'b']) await create({ DomainName: `${name}.example.com` });
    const first = await served.client.send(new GetDomainNamesCommand({ MaxResults: '2' }));
    const { NextToken } = first;
    const last = await served.client.send(new GetDomainNamesCommand({ MaxResults: '2', NextToken }));
    const names = [first, last].map(({ Items = [] }) => Items.map(({ DomainName }) => DomainName));
    expect(names).toEqual([['a.example.com', 'b.example.com'], ['c.example.com']]);
    expect(last.NextToken).toBeUndefined();
  });

  it('has tags', async () => {
    const created = await create();
    expect(created).not.toHaveProperty('Tags');
    const ResourceArn = String(created.DomainNameArn);
    await served.client.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'chat' } }));
    expect((await served.client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ team: 'chat' });
    expect(await members(served.client.send(new GetDomainNameCommand(domain)))).toEqual({
      ...created,
      Tags: { team: 'chat' },
    });
  });
});

describe('an API mapping', () => {
  it('is created, read, changed and deleted', async () => {
    await create();
    const created = await createMapping({ ApiMappingKey: 'chat/v1' });
    expect(created).toEqual({
      ...api,
      ApiMappingId: expect.stringMatching(/^[a-z0-9]{6}$/),
      ApiMappingKey: 'chat/v1',
      Stage: 'dev',
    });
    const mapping = { ...domain, ApiMappingId: String(created.ApiMappingId) };
    expect(await members(served.client.send(new GetApiMappingCommand(mapping)))).toEqual(created);
    const { ApiMappingKey: _removed, ...changed } = created;
    const update = new UpdateApiMappingCommand({ ...mapping, ...api, ApiMappingKey: '' });
    expect(await members(served.client.send(update))).toEqual(changed);
    expect((await served.client.send(new GetApiMappingsCommand(domain))).Items).toEqual([changed]);

    const deletion = new DeleteApiMappingCommand(mapping);
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(deletion)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'The api mapping resource specified in the request was not found.',
    });
  });

  it('is listed page by page, however the domain name is written', async () => {
    await create();
    for (const ApiMappingKey of ['a', 'b']) await createMapping({ ApiMappingKey });
    const first = await served.client.send(new GetApiMappingsCommand({ ...domain, MaxResults: '1' }));
    const { NextToken } = first;
    const last = await served.client.send(new GetApiMappingsCommand({ DomainName: 'CHAT.example.com', NextToken }));
    const keys = [first, last].flatMap(({ Items = [] }) => Items.map(({ ApiMappingKey }) => ApiMappingKey));
    expect(keys.sort()).toEqual(['a', 'b']);
  });

  it('keeps the API and the stage from being deleted', async () => {
    await create();
    const { ApiMappingId = '' } = await createMapping();
    const stage = new DeleteStageCommand({ ...api, StageName: 'dev' });
    await expect(served.client.send(stage)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Deleting stage dev failed. Please remove all API mappings for the stage from your custom domain names.',
    });
    await expect(served.client.send(new DeleteApiCommand(api))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: `Deleting API ${api.ApiId} failed. Please remove all API mappings for the API from your custom domain names.`,
    });
    await served.client.send(new DeleteApiMappingCommand({ ...domain, ApiMappingId: String(ApiMappingId) }));
    await served.client.send(new DeleteApiCommand(api));
  });

  it.each<[object, string, string]>([
    [{ ApiId: 'none' }, 'BadRequestException', 'Invalid API identifier specified'],
    [{ Stage: 'none' }, 'BadRequestException', 'Invalid stage identifier specified'],
    [
      { DomainName: 'none.example.com' },
      'NotFoundException',
      'The domain name resource specified in the request was not found.',
    ],
    [
      { ApiMappingKey: 'a b' },
      'BadRequestException',
      "An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()",
    ],
    [{ ApiMappingKey: '/a' }, 'BadRequestException', 'ApiMappingKey is "/a"; expected up to 300 characters'],
    [{ ApiMappingKey: 'a//b' }, 'BadRequestException', 'ApiMappingKey is "a//b"; expected up to 300 characters'],
    [{}, 'ConflictException', 'ApiMapping key already exists for this domain name'],
  ])('is refused: %j', async (request, name, message) => {
    await create();
    await createMapping();
    await expect(createMapping(request)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  it('is refused for a domain with mutual TLS', async () => {
    const MutualTlsAuthentication = { TruststoreUri: 's3://bucket/key' };
    const message = 'A domain name with mutual TLS cannot be mapped to an API of protocol WEBSOCKET.';
    await create({ MutualTlsAuthentication });
    await expect(createMapping()).rejects.toThrow(message);
    await served.client.send(new DeleteDomainNameCommand(domain));
    await create();
    await createMapping();
    const update = new UpdateDomainNameCommand({ ...domain, MutualTlsAuthentication });
    await expect(served.client.send(update)).rejects.toThrow(message);
  });
});
