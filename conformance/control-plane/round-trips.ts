import { expect } from 'vitest';
import type { Members } from './client.ts';
import { authorizerUri, certificateArn, type World, webSocketApi } from './world.ts';

/** The life of a resource: created, read, listed, changed, deleted. */
export interface RoundTrip {
  readonly title: string;
  readonly resource: string;
  /** The member that names it. */
  readonly idMember: string;
  /** The labels that lead to it, and the names of their values in the world. */
  readonly parents?: Members;
  readonly create: (world: World) => Members;
  /** What the answer has besides what was asked for, or in its place. */
  readonly defaults: Members;
  readonly update: (world: World) => Members;
  /** What the update makes of members, where that is not what was asked for. */
  readonly updated?: Members;
  /** Members that the update clears. */
  readonly cleared?: readonly string[];
  /** A member that each of its kind has a value of its own in, by an index. */
  readonly another?: (index: number) => Members;
  /** How many of its kind a list can have; by default as many as do not fit on a page. */
  readonly maximumCount?: number;
}

const id = (length: number) => expect.stringMatching(new RegExp(`^[a-z0-9]{${length}}$`));
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const roleArn = 'arn:aws:iam::123456789012:role/back-end';
const api = { ApiId: 'ApiId' };

const apiDefaults = {
  ApiEndpoint: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}$/),
  ApiId: id(10),
  ApiKeySelectionExpression: '$request.header.x-api-key',
  CreatedDate: date,
  DisableExecuteApiEndpoint: false,
  IpAddressType: 'ipv4',
};
const integrationDefaults = {
  ConnectionType: 'INTERNET',
  IntegrationId: id(7),
  PassthroughBehavior: 'WHEN_NO_MATCH',
  PayloadFormatVersion: '1.0',
  TimeoutInMillis: 29_000,
};
const routeDefaults = { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId: id(7) };
const stageDefaults = {
  AutoDeploy: false,
  CreatedDate: date,
  DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' },
  LastUpdatedDate: date,
  RouteSettings: {},
  StageVariables: {},
  Tags: {},
};

/** The first of each resource is what lists are filled with. */
export const roundTrips: readonly RoundTrip[] = [
  {
    title: 'an API',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => webSocketApi,
    defaults: apiDefaults,
    update: () => ({
      Name: 'rooms',
      Description: 'Rooms',
      DisableSchemaValidation: true,
      DisableExecuteApiEndpoint: true,
      IpAddressType: 'dualstack',
      ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey',
      RouteSelectionExpression: '$request.body.type',
      Version: '2',
    }),
  },
  {
    title: 'an API with everything that can be set',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => ({
      ...webSocketApi,
      ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey',
      Description: 'Chat',
      DisableExecuteApiEndpoint: true,
      DisableSchemaValidation: true,
      IpAddressType: 'dualstack',
      Tags: { team: 'chat', apiId: 'a', ApiId: 'b' },
      Version: '1',
    }),
    defaults: { ApiEndpoint: apiDefaults.ApiEndpoint, ApiId: id(10), CreatedDate: date },
    update: () => ({ Description: '', Version: '' }),
    cleared: ['Description', 'Version'],
  },
  {
    title: 'an integration',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: api,
    create: () => ({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9/' }),
    defaults: integrationDefaults,
    update: () => ({
      ConnectionType: 'VPC_LINK',
      ConnectionId: 'abc',
      ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      CredentialsArn: roleArn,
      Description: 'the back end',
      IntegrationMethod: 'GET',
      PassthroughBehavior: 'NEVER',
      RequestParameters: { 'integration.request.header.a': 'route.request.header.b' },
      RequestTemplates: { $default: '{}', IntegrationId: '{}' },
      TemplateSelectionExpression: '$request.body.type',
      TimeoutInMillis: 50,
    }),
  },
  {
    title: 'an integration of a function',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: api,
    create: () => ({ IntegrationType: 'AWS_PROXY', IntegrationUri: authorizerUri, CredentialsArn: roleArn }),
    defaults: { ...integrationDefaults, IntegrationMethod: 'POST' },
    update: () => ({ CredentialsArn: '' }),
    cleared: ['CredentialsArn'],
  },
  {
    title: 'a MOCK integration',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: api,
    create: () => ({
      IntegrationType: 'MOCK',
      RequestTemplates: { '200': '{"statusCode":200}' },
      TemplateSelectionExpression: '200',
    }),
    defaults: {
      ...integrationDefaults,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
      IntegrationResponseSelectionExpression: '${integration.response.statuscode}',
    },
    update: () => ({ RequestTemplates: { '204': '{"statusCode":204}' } }),
  },
  {
    title: 'an integration of a service of AWS',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: api,
    create: () => ({
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
    }),
    defaults: {
      ...integrationDefaults,
      IntegrationResponseSelectionExpression: '$integration.response.body.errorMessage',
    },
    update: () => ({ IntegrationUri: 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue' }),
  },
  {
    title: 'an integration response',
    resource: 'IntegrationResponse',
    idMember: 'IntegrationResponseId',
    parents: { ApiId: 'ApiId', IntegrationId: 'IntegrationId' },
    create: () => ({ IntegrationResponseKey: '/404/', ResponseTemplates: { $default: '{}' } }),
    defaults: { IntegrationResponseId: id(6) },
    another: (index) => ({ IntegrationResponseKey: `/${300 + index}/` }),
    update: () => ({
      IntegrationResponseKey: '/5\\d\\d/',
      ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      ResponseParameters: { 'method.response.header.a': "'b'" },
      ResponseTemplates: { text: '"a"' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
      TemplateSelectionExpression: '${integration.response.statuscode}',
    }),
  },
  {
    title: 'a route',
    resource: 'Route',
    idMember: 'RouteId',
    parents: api,
    create: () => ({ RouteKey: 'join' }),
    defaults: routeDefaults,
    another: (index) => ({ RouteKey: `join${index}` }),
    update: ({ IntegrationId }) => ({
      RouteKey: 'enter',
      ModelSelectionExpression: '$request.body.type',
      OperationName: 'Enter',
      RequestModels: { $default: 'Used', RouteId: 'Used' },
      RouteResponseSelectionExpression: '$default',
      Target: `integrations/${IntegrationId}`,
    }),
  },
  {
    title: 'a route with everything that can be set',
    resource: 'Route',
    idMember: 'RouteId',
    parents: api,
    create: ({ IntegrationId }) => ({
      ApiKeyRequired: true,
      ModelSelectionExpression: '$request.body.type',
      OperationName: 'Disconnect',
      RequestModels: { $default: 'Used' },
      RequestParameters: { 'route.request.querystring.name': { Required: true } },
      RouteKey: '$disconnect',
      RouteResponseSelectionExpression: '$default',
      Target: `integrations/${IntegrationId}`,
    }),
    defaults: { AuthorizationType: 'NONE', RouteId: id(7) },
    update: () => ({
      OperationName: '',
      Target: '',
      RequestParameters: { 'route.request.header.name': { Required: false } },
    }),
    updated: {
      RequestParameters: {
        'route.request.querystring.name': { Required: true },
        'route.request.header.name': { Required: false },
      },
    },
    cleared: ['OperationName', 'Target'],
  },
  {
    title: 'a route response',
    resource: 'RouteResponse',
    idMember: 'RouteResponseId',
    parents: { ApiId: 'ApiId', RouteId: 'RouteId' },
    create: () => ({ RouteResponseKey: '$default' }),
    defaults: { RouteResponseId: id(6) },
    update: () => ({
      ModelSelectionExpression: '$request.body.type',
      ResponseModels: { $default: 'Used' },
      ResponseParameters: { 'route.response.header.a': { Required: true } },
    }),
    maximumCount: 1,
  },
  {
    title: 'a model',
    resource: 'Model',
    idMember: 'ModelId',
    parents: api,
    create: () => ({ Name: 'Message', Schema: '{"type":"object"}', ContentType: 'application/json' }),
    defaults: { ModelId: id(6) },
    another: (index) => ({ Name: `Message${index}` }),
    update: () => ({ Name: 'Letter', Schema: '{}', Description: 'Anything', ContentType: 'text/plain' }),
  },
  {
    title: 'an authorizer',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: api,
    create: () => ({
      Name: 'keys',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: authorizerUri,
      IdentitySource: ['route.request.header.A'],
    }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({
      Name: 'tokens',
      AuthorizerCredentialsArn: roleArn,
      IdentitySource: ['route.request.querystring.token', 'stageVariables.a', 'context.identity.sourceIp'],
      IdentityValidationExpression: '^[a-z]+$',
    }),
    maximumCount: 9,
  },
  {
    title: 'an authorizer of no identity',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: api,
    create: () => ({ Name: 'open', AuthorizerType: 'REQUEST', AuthorizerUri: authorizerUri }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({ IdentitySource: [''] }),
    cleared: ['IdentitySource'],
  },
  {
    title: 'a deployment',
    resource: 'Deployment',
    idMember: 'DeploymentId',
    parents: api,
    create: () => ({}),
    defaults: { AutoDeployed: false, CreatedDate: date, DeploymentId: id(6), DeploymentStatus: 'DEPLOYED' },
    update: () => ({ Description: 'second' }),
  },
  {
    title: 'a stage',
    resource: 'Stage',
    idMember: 'StageName',
    parents: api,
    create: () => ({ StageName: 'dev' }),
    defaults: stageDefaults,
    another: (index) => ({ StageName: `dev${index}` }),
    update: ({ DeploymentId }) => ({
      AccessLogSettings: {
        DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:chat',
        Format: '$context.requestId',
      },
      ClientCertificateId: 'abc',
      DefaultRouteSettings: { LoggingLevel: 'INFO', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 },
      DeploymentId,
      Description: 'the first',
      RouteSettings: { join: { DetailedMetricsEnabled: true } },
      StageVariables: { url: 'a' },
    }),
    updated: {
      DefaultRouteSettings: {
        DataTraceEnabled: false,
        DetailedMetricsEnabled: false,
        LoggingLevel: 'INFO',
        ThrottlingBurstLimit: 5,
        ThrottlingRateLimit: 2.5,
      },
      LastUpdatedDate: date,
    },
    maximumCount: 8,
  },
  {
    title: 'a stage with variables, settings and tags',
    resource: 'Stage',
    idMember: 'StageName',
    parents: api,
    create: ({ DeploymentId }) => ({
      DeploymentId,
      Description: 'the second',
      RouteSettings: { join: { ThrottlingBurstLimit: 1 }, StageName: { LoggingLevel: 'DEBUG' } },
      StageName: 'test_2-b',
      StageVariables: { url: 'a', StageVariables: 'b' },
      Tags: { team: 'chat' },
    }),
    defaults: {
      ...stageDefaults,
      RouteSettings: { join: { ThrottlingBurstLimit: 1 }, StageName: { LoggingLevel: 'OFF' } },
      StageVariables: { url: 'a', StageVariables: 'b' },
      Tags: { team: 'chat' },
    },
    update: () => ({
      RouteSettings: { join: { DataTraceEnabled: true } },
      StageVariables: { more: 'c', url: '' },
      Description: '',
    }),
    updated: {
      LastUpdatedDate: date,
      RouteSettings: { join: { ThrottlingBurstLimit: 1, DataTraceEnabled: true }, StageName: { LoggingLevel: 'OFF' } },
      StageVariables: { StageVariables: 'b', more: 'c' },
    },
    cleared: ['Description'],
  },
  {
    title: 'a stage that deploys automatically',
    resource: 'Stage',
    idMember: 'StageName',
    parents: api,
    create: () => ({ StageName: 'auto', AutoDeploy: true }),
    defaults: {
      ...stageDefaults,
      AutoDeploy: true,
      DeploymentId: id(6),
      LastDeploymentStatusMessage: expect.stringMatching(
        /^Successfully deployed stage with deployment ID '[a-z0-9]{6}'$/,
      ),
    },
    update: () => ({ AutoDeploy: false }),
    updated: { LastUpdatedDate: date },
    cleared: ['LastDeploymentStatusMessage'],
  },
  {
    title: 'a custom domain name',
    resource: 'DomainName',
    idMember: 'DomainName',
    create: () => ({
      DomainName: 'chat.example.com',
      DomainNameConfigurations: [{ CertificateArn: certificateArn }],
      Tags: { team: 'chat' },
    }),
    defaults: {
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameArn: expect.stringMatching(/^arn:aws:apigateway:us-east-1::\/domainnames\/chat/),
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
          CertificateArn: certificateArn,
          DomainNameStatus: 'AVAILABLE',
          EndpointType: 'REGIONAL',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
    },
    another: (index) => ({ DomainName: `chat${index}.example.com` }),
    update: () => ({ RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING' }),
  },
  {
    title: 'an API mapping',
    resource: 'ApiMapping',
    idMember: 'ApiMappingId',
    parents: { DomainName: 'DomainName' },
    create: ({ ApiId, StageName }) => ({ ApiId, Stage: StageName, ApiMappingKey: 'chat' }),
    defaults: { ApiMappingId: id(6) },
    another: (index) => ({ ApiMappingKey: `chat/${index}` }),
    update: ({ ApiId }) => ({ ApiId, Stage: 'automatic', ApiMappingKey: 'rooms' }),
  },
  {
    title: 'a VPC link',
    resource: 'VpcLink',
    idMember: 'VpcLinkId',
    create: () => ({ Name: 'inside', SubnetIds: ['subnet-a'], Tags: { VpcLinkId: 'a' } }),
    defaults: {
      CreatedDate: date,
      SecurityGroupIds: [],
      VpcLinkId: id(10),
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkVersion: 'V2',
    },
    update: () => ({ Name: 'within' }),
  },
];

const httpApi = { ApiId: 'HttpApiId' };

/** The same for APIs of protocol HTTP. */
export const httpRoundTrips: readonly RoundTrip[] = [
  {
    title: 'an HTTP API',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => ({
      Name: 'pets',
      ProtocolType: 'HTTP',
      CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['GET'], MaxAge: 60 },
    }),
    defaults: {
      ...apiDefaults,
      ApiEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}$/),
      RouteSelectionExpression: '$request.method $request.path',
    },
    update: () => ({ CorsConfiguration: { AllowOrigins: ['https://example.com'], AllowCredentials: true } }),
  },
  {
    title: 'an integration of an HTTP API',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: httpApi,
    create: () => ({
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com/',
      ResponseParameters: { '404': { 'overwrite:statuscode': '200' } },
    }),
    defaults: {
      ConnectionType: 'INTERNET',
      IntegrationId: id(7),
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
    },
    update: () => ({ RequestParameters: { 'append:header.a': 'b' }, TimeoutInMillis: 30_000 }),
  },
  {
    title: 'a route of an HTTP API',
    resource: 'Route',
    idMember: 'RouteId',
    parents: httpApi,
    create: () => ({ RouteKey: 'POST /pets/{id}' }),
    defaults: routeDefaults,
    update: ({ HttpIntegrationId }) => ({ RouteKey: '$default', Target: `integrations/${HttpIntegrationId}` }),
  },
  {
    title: 'a JWT authorizer',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: httpApi,
    create: () => ({
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['a'], Issuer: 'https://example.com' },
    }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({ JwtConfiguration: { Audience: ['b', 'c'], Issuer: 'https://example.com' } }),
  },
  {
    title: 'the $default stage of an HTTP API',
    resource: 'Stage',
    idMember: 'StageName',
    parents: httpApi,
    create: () => ({ StageName: '$default', AutoDeploy: true }),
    defaults: {
      AutoDeploy: true,
      CreatedDate: date,
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      DeploymentId: id(6),
      LastDeploymentStatusMessage: expect.stringContaining('Successfully deployed'),
      LastUpdatedDate: date,
      RouteSettings: {},
      StageVariables: {},
      Tags: {},
    },
    update: () => ({ StageVariables: { a: 'b' } }),
    updated: { LastUpdatedDate: date },
  },
];
