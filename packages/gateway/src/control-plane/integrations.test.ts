import {
  CreateIntegrationCommand,
  type CreateIntegrationCommandInput,
  CreateRouteCommand,
  DeleteIntegrationCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { createApiForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { members } from '../testing/serve-control-plane.ts';

const lambdaUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
// biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
const statusCode = '${integration.response.statuscode}';
const errorMessage = '$integration.response.body.errorMessage';

const served = serveForTests();
const api = createApiForEachTest(served);

const create = (request: Partial<CreateIntegrationCommandInput>) =>
  members(served.client.send(new CreateIntegrationCommand({ ...api, ...request } as CreateIntegrationCommandInput)));

describe('an integration', () => {
  it('is created, read, changed and deleted', async () => {
    const request = { IntegrationType: 'AWS_PROXY', IntegrationUri: lambdaUri } as const;
    const created = await create(request);
    expect(created).toEqual({
      ...request,
      ConnectionType: 'INTERNET',
      IntegrationId: expect.stringMatching(/^[a-z0-9]{7}$/),
      IntegrationMethod: 'POST',
      PassthroughBehavior: 'WHEN_NO_MATCH',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 29_000,
    });
    const integration = { ...api, IntegrationId: String(created.IntegrationId) };
    expect(await members(served.client.send(new GetIntegrationCommand(integration)))).toEqual(created);
    expect((await served.client.send(new GetIntegrationsCommand(api))).Items).toEqual([created]);

    const update = { TimeoutInMillis: 50, Description: 'A function' };
    expect(await members(served.client.send(new UpdateIntegrationCommand({ ...integration, ...update })))).toEqual({
      ...created,
      ...update,
    });

    expect((await served.client.send(new DeleteIntegrationCommand(integration))).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(new GetIntegrationCommand(integration))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Integration identifier specified',
    });
  });

  it.each([
    [{ IntegrationType: 'MOCK' }, { IntegrationResponseSelectionExpression: statusCode }],
    [
      { IntegrationType: 'HTTP', IntegrationUri: 'https://example.com/' },
      { IntegrationResponseSelectionExpression: statusCode },
    ],
    [{ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9000/{path}' }, {}],
    [
      { IntegrationType: 'AWS', IntegrationUri: 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue' },
      { IntegrationResponseSelectionExpression: errorMessage },
    ],
    [
      { IntegrationType: 'AWS', IntegrationUri: lambdaUri },
      { IntegrationMethod: 'POST', IntegrationResponseSelectionExpression: errorMessage },
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a stage variable, not a template.
    [{ IntegrationType: 'HTTP_PROXY', IntegrationUri: '${stageVariables.url}' }, {}],
  ] as const)('has the defaults of its type: %j', async (request, defaults) => {
    expect(await create(request)).toEqual({
      ...request,
      ...defaults,
      ConnectionType: 'INTERNET',
      IntegrationId: expect.any(String),
      PassthroughBehavior: 'WHEN_NO_MATCH',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 29_000,
    });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ IntegrationType: 'FTP' }, '"integrationType" is "FTP"; expected one of AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK.'],
    [
      { IntegrationType: 'HTTP_PROXY' },
      'IntegrationUri is required for integrations of type HTTP_PROXY; expected http://{host}… or https://{host}….',
    ],
    [
      { IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      'IntegrationUri is "arn:aws:lambda:us-east-1:123456789012:function:f"; expected arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations for integrations of type AWS_PROXY.',
    ],
    [
      { IntegrationType: 'HTTP', IntegrationUri: lambdaUri },
      `IntegrationUri is "${lambdaUri}"; expected http://{host}… or https://{host}… for integrations of type HTTP.`,
    ],
    [
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://exa mple/' },
      'IntegrationUri is "https://exa mple/"; expected an http or https URL without spaces and control characters for integrations of type HTTP_PROXY.',
    ],
    [
      { IntegrationType: 'AWS', IntegrationUri: 'arn:aws:apigateway:us-east-1:lambda:path/whatever' },
      'IntegrationUri is "arn:aws:apigateway:us-east-1:lambda:path/whatever"; expected arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations for integrations of type AWS.',
    ],
    [
      { ConnectionType: 'VPC_LINK', ConnectionId: 'a/b' },
      'ConnectionId is "a/b"; expected the id of a VPC link, or a stage variable.',
    ],
    [
      { IntegrationType: 'AWS_PROXY', IntegrationUri: lambdaUri, IntegrationMethod: 'GET' },
      'HttpMethod must be POST for AWS_PROXY IntegrationType',
    ],
    [{ CredentialsArn: 'arn:aws:iam::123456789012:role/a b' }, 'Invalid role ARN'],
    [
      { TimeoutInMillis: 29_001 },
      'TimeoutInMillis is 29001; expected a whole number from 50 to 29000 for WEBSOCKET protocol Apis.',
    ],
    [{ PayloadFormatVersion: '2.0' }, 'PayloadFormatVersion is "2.0"; expected "1.0" for WEBSOCKET protocol Apis.'],
    [{ ConnectionType: 'VPC_LINK' }, 'ConnectionId is required when ConnectionType is "VPC_LINK".'],
    [{ IntegrationMethod: 'GE T' }, '"integrationMethod" is "GE T"; expected a match of ^[A-Za-z]*$.'],
    [{ CredentialsArn: 'arn:aws:iam::*:user/*' }, 'Invalid role ARN'],
    [{ TlsConfig: {} }, 'TlsConfig cannot be set for WEBSOCKET protocol Apis.'],
    [{ IntegrationSubtype: 'SQS-SendMessage' }, 'IntegrationSubtype cannot be set for WEBSOCKET protocol Apis.'],
  ])('is refused: %j', async (request, message) => {
    await expect(create({ IntegrationType: 'MOCK', ...request })).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
    expect((await served.client.send(new GetIntegrationsCommand(api))).Items).toEqual([]);
  });

  it('is refused with a template that cannot be parsed', async () => {
    const request = { IntegrationType: 'MOCK', RequestTemplates: { $default: '#if($input' } } as const;
    await expect(create(request)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/^RequestTemplates\["\$default"\] is no template: .+ \(line 1, column \d+\)$/),
    });
  });

  it('may go through a VPC link', async () => {
    const request = { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://internal/', ConnectionType: 'VPC_LINK' };
    const link = { ...request, ConnectionId: 'abcdefghij' } as Partial<CreateIntegrationCommandInput>;
    expect(await create(link)).toMatchObject(link);
  });

  it('is refused when a parameter mapping cannot be read', async () => {
    const request = { IntegrationType: 'MOCK', RequestParameters: { 'method.request.header.A': "'a'" } } as const;
    await expect(create(request)).rejects.toThrow('method.request.header.A');
  });

  it('merges parameters and replaces templates; empty values remove', async () => {
    const { IntegrationId } = await create({
      IntegrationType: 'MOCK',
      RequestParameters: { 'integration.request.header.A': "'a'", 'integration.request.header.B': "'b'" },
      RequestTemplates: { one: '1', two: '2' },
      CredentialsArn: 'arn:aws:iam::123456789012:role/gateway',
    });
    const changed = await members(
      served.client.send(
        new UpdateIntegrationCommand({
          ...api,
          IntegrationId: String(IntegrationId),
          RequestParameters: { 'integration.request.header.A': '', 'integration.request.header.C': "'c'" },
          RequestTemplates: { two: '3' },
          CredentialsArn: '',
        }),
      ),
    );
    expect(changed).toMatchObject({
      RequestParameters: { 'integration.request.header.B': "'b'", 'integration.request.header.C': "'c'" },
      RequestTemplates: { two: '3' },
    });
    expect(Object.keys(changed.RequestParameters as object)).toHaveLength(2);
    expect(changed.RequestTemplates).toEqual({ two: '3' });
    expect(changed).not.toHaveProperty('CredentialsArn');
  });

  it('changes its type with the defaults that follow', async () => {
    const { IntegrationId } = await create({ IntegrationType: 'MOCK' });
    const update = { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9000/' } as const;
    const changed = await members(
      served.client.send(new UpdateIntegrationCommand({ ...api, IntegrationId: String(IntegrationId), ...update })),
    );
    expect(changed).toMatchObject(update);
    expect(changed).not.toHaveProperty('IntegrationResponseSelectionExpression');
  });

  it('is not deleted while routes target it', async () => {
    const { IntegrationId } = await create({ IntegrationType: 'MOCK' });
    const { RouteId } = await served.client.send(
      new CreateRouteCommand({ ...api, RouteKey: 'join', Target: `integrations/${IntegrationId}` }),
    );
    await expect(
      served.client.send(new DeleteIntegrationCommand({ ...api, IntegrationId: String(IntegrationId) })),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Cannot delete Integration because it is referenced by the following Routes with Ids: [${RouteId}]`,
    });
  });
});
