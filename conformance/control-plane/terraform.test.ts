import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from '../harness/gatewright.ts';
import { type ControlPlaneClient, type Members, send } from './client.ts';
import { createSdkClient } from './sdk-client.ts';
import { authorizerUri, certificateArn } from './world.ts';

/**
 * The requests of Terraform's AWS provider: it sends the defaults that it has for all APIs, takes members away by sending them
 * empty, and compares what it reads back with what it was told.
 */
let serving: ServingProcess;
let client: ControlPlaneClient;
let api: { readonly ApiId: unknown };

beforeAll(async () => {
  serving = await startServing(['serve']);
  client = await createSdkClient(serving.gateway);
});

afterAll(async () => {
  await client?.close();
  await serving?.kill();
});

async function createApi(ProtocolType: string, RouteSelectionExpression: string): Promise<void> {
  const defaults = { ApiKeySelectionExpression: '$request.header.x-api-key', RouteSelectionExpression };
  const created = await send(client, 'CreateApi', { Name: 'made', ProtocolType, ...defaults });
  expect(created).toMatchObject(defaults);
  api = { ApiId: created.ApiId };
}

/** Creates a resource, changes it in place, reads it back, and deletes it. */
async function makeAndChange(resource: string, create: Members, update: Members, expected: Members): Promise<void> {
  const created = await send(client, `Create${resource}`, { ...api, ...create });
  const idMember = resource === 'Stage' ? 'StageName' : `${resource}Id`;
  const name = { ...api, [idMember]: created[idMember] };
  await send(client, `Update${resource}`, { ...name, ...update });
  const read = await send(client, `Get${resource}`, name);
  const { [idMember]: _id, CreatedDate: _created, LastUpdatedDate: _updated, ...members } = read;
  expect(members).toEqual(expected);
  await send(client, `Delete${resource}`, name);
}

const always = { ConnectionType: 'INTERNET', PassthroughBehavior: 'WHEN_NO_MATCH', PayloadFormatVersion: '1.0' };

describe('an HTTP API by Terraform', () => {
  beforeAll(() => createApi('HTTP', '$request.method $request.path'));

  it('has integrations whose parameters and TLS settings are taken away', async () => {
    const url = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: 'https://example.com' };
    const { PassthroughBehavior: _notForHttp, ...shown } = always;
    await makeAndChange(
      'Integration',
      {
        ...{ ...always, ...url, TlsConfig: { ServerNameToVerify: 'example.com' } },
        RequestParameters: { 'append:header.a': '$context.requestId', 'remove:querystring.b': "''" },
        ResponseParameters: { '404': { 'overwrite:statuscode': '200' }, '500': { 'append:header.a': 'b' } },
      },
      {
        ...{ IntegrationType: 'HTTP_PROXY', TlsConfig: {} },
        RequestParameters: { 'append:header.a': '$context.accountId', 'remove:querystring.b': '' },
        ResponseParameters: { '404': {}, '500': { 'append:header.a': 'b' } },
      },
      {
        ...{ ...shown, ...url, TimeoutInMillis: 30_000 },
        RequestParameters: { 'append:header.a': '$context.accountId' },
        ResponseParameters: { '500': { 'append:header.a': 'b' } },
      },
    );
  });

  it('has routes that lose their authorizer', async () => {
    const authorizer = await send(client, 'CreateAuthorizer', {
      ...{ ...api, Name: 'tokens', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
      JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example.com' },
    });
    const { AuthorizerId } = authorizer;
    await makeAndChange(
      'Route',
      { RouteKey: 'GET /a', ApiKeyRequired: false, AuthorizationType: 'JWT', AuthorizationScopes: ['a'], AuthorizerId },
      { AuthorizationType: 'NONE', AuthorizerId: '' },
      { RouteKey: 'GET /a', ApiKeyRequired: false, AuthorizationType: 'NONE' },
    );
  });
});

describe('a WebSocket API by Terraform', () => {
  beforeAll(() => createApi('WEBSOCKET', '$request.body.action'));

  it('has integrations whose members are emptied', async () => {
    const url = { IntegrationType: 'HTTP', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com' };
    const requestParameters = { 'integration.request.querystring.stage': "'one'" };
    await makeAndChange(
      'Integration',
      {
        ...{ ...always, ...url, ContentHandlingStrategy: 'CONVERT_TO_TEXT', Description: 'first' },
        ...{ RequestParameters: requestParameters, RequestTemplates: { 'application/json': '' } },
        ...{ TemplateSelectionExpression: '$request.body.name', TimeoutInMillis: 28_999 },
      },
      {
        ...{ IntegrationType: 'HTTP', ContentHandlingStrategy: '', Description: '', TemplateSelectionExpression: '' },
        RequestParameters: { 'integration.request.querystring.stage': '', 'integration.request.path.op': "'two'" },
        RequestTemplates: { 'application/xml': '#set($number = 42)' },
      },
      {
        ...{ ...always, ...url, TimeoutInMillis: 28_999 },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
        IntegrationResponseSelectionExpression: '${integration.response.statuscode}',
        RequestParameters: { 'integration.request.path.op': "'two'" },
        RequestTemplates: { 'application/xml': '#set($number = 42)' },
      },
    );
  });

  it('has functions behind integrations that name no method', async () => {
    const lambda = {
      IntegrationType: 'AWS',
      IntegrationUri: authorizerUri,
      ContentHandlingStrategy: 'CONVERT_TO_TEXT',
    };
    await makeAndChange(
      'Integration',
      { ...always, ...lambda },
      { IntegrationType: 'AWS', Description: 'changed' },
      {
        ...{ ...always, ...lambda, Description: 'changed', IntegrationMethod: 'POST', TimeoutInMillis: 29_000 },
        IntegrationResponseSelectionExpression: '$integration.response.body.errorMessage',
      },
    );
  });

  it('has stages whose settings are emptied', async () => {
    const settings = { DataTraceEnabled: true, DetailedMetricsEnabled: true, LoggingLevel: 'ERROR' };
    const throttling = { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 };
    await makeAndChange(
      'Stage',
      {
        ...{ StageName: 'live', AutoDeploy: false, ClientCertificateId: 'abc', DefaultRouteSettings: settings },
        ...{ StageVariables: { a: '1', b: '2' }, RouteSettings: { join: throttling } },
      },
      { ClientCertificateId: '', StageVariables: { a: '' }, AccessLogSettings: {}, DefaultRouteSettings: throttling },
      {
        ...{ AutoDeploy: false, DefaultRouteSettings: { ...settings, ...throttling }, Tags: {} },
        ...{ StageVariables: { b: '2' }, RouteSettings: { join: throttling } },
      },
    );
  });

  it('has an authorizer without identity sources', async () => {
    const authorizer = { Name: 'a', AuthorizerType: 'REQUEST', AuthorizerUri: authorizerUri };
    const source = { IdentitySource: ['route.request.header.Auth'] };
    await makeAndChange('Authorizer', { ...authorizer, ...source }, { IdentitySource: [] }, authorizer);
  });

  it('has a custom domain whose mutual TLS is switched off', async () => {
    const DomainName = 'terraform.example.com';
    const configuration = { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' };
    const domain = { DomainName, DomainNameConfigurations: [configuration] };
    const MutualTlsAuthentication = { TruststoreUri: 's3://bucket/key' };
    const created = await send(client, 'CreateDomainName', { ...domain, MutualTlsAuthentication });
    const { MutualTlsAuthentication: _tls, ...without } = created;
    const off = { ...domain, MutualTlsAuthentication: { TruststoreUri: '' } };
    expect(await send(client, 'UpdateDomainName', off)).toEqual(without);
  });
});
