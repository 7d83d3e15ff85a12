import type { Members } from './client.ts';
import { labelsOf, operations } from './operations.ts';
import type { World } from './world.ts';

/** A request that must be refused: an example of its operation with other members. */
export interface RefusalRow {
  readonly operation: string;
  readonly status: number;
  readonly members: (world: World) => Members;
  /** The whole message where it was observed, and otherwise a part that names the member or quotes its value. */
  readonly message: string | RegExp;
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequestException',
  404: 'NotFoundException',
  409: 'ConflictException',
  429: 'TooManyRequestsException',
};

export function codeOf(status: number): string {
  return codes[status] ?? '';
}

/** What the service says of a label that names nothing. */
const unknownLabels: Readonly<Record<string, string>> = {
  ApiId: 'Invalid API identifier specified',
  ApiMappingId: 'The api mapping resource specified in the request was not found.',
  AuthorizerId: 'Invalid Authorizer identifier specified',
  DeploymentId: 'Invalid Deployment identifier specified',
  DomainName: 'The domain name resource specified in the request was not found.',
  IntegrationId: 'Invalid Integration identifier specified',
  IntegrationResponseId: 'Invalid Integration Response identifier specified',
  ModelId: 'Invalid Model identifier specified',
  RequestParameterKey: 'Invalid Request Parameter identifier specified',
  RouteId: 'Invalid Route identifier specified',
  RouteKey: 'Invalid Route Settings identifier specified',
  RouteResponseId: 'Invalid Route Response identifier specified',
  StageName: 'Invalid stage identifier specified',
  VpcLinkId: 'Invalid VpcLink identifier specified',
};

/** Every label of every operation, naming nothing. */
const unknown: readonly RefusalRow[] = [...operations.keys()].flatMap((operation) =>
  labelsOf(operation).flatMap((label) => {
    const message = unknownLabels[label];
    return message === undefined ? [] : [{ operation, status: 404, members: () => ({ [label]: 'none' }), message }];
  }),
);

const lists = [...operations.keys()].filter((name) => /^Get.*s$/.test(name) && name !== 'GetTags');

/** Every list, of a page that cannot be. */
const pages: readonly RefusalRow[] = lists.flatMap((operation) =>
  ['0', '-1', 'x', '1.5', '']
    .map((MaxResults) => bad(operation, { MaxResults }, /maxResults/i))
    .concat([bad(operation, { NextToken: '!' }, /nextToken/i)]),
);

function bad(operation: string, members: Members, message: string | RegExp): RefusalRow {
  return { operation, status: 400, members: () => members, message };
}

function refused(
  status: number,
  operation: string,
  members: (world: World) => Members,
  message: string | RegExp,
): RefusalRow {
  return { operation, status, members, message };
}

/** The same of an operation that creates and the one that updates. */
function both(resource: string, members: Members, message: string | RegExp): readonly RefusalRow[] {
  return [`Create${resource}`, `Update${resource}`].map((operation) => bad(operation, members, message));
}

const long = (length: number): string => 'x'.repeat(length);
const tooManyTags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'x']));

const badApis: readonly RefusalRow[] = [
  bad('CreateApi', { ProtocolType: 'SMTP' }, 'Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]'),
  bad('CreateApi', { RouteSelectionExpression: undefined }, /RouteSelectionExpression is required/i),
  bad('CreateApi', { Name: undefined }, /"name" is required/i),
  bad('CreateApi', { ProtocolType: undefined }, /"protocolType" is required/i),
  bad('CreateApi', { Tags: { 'aws:a': 'b' } }, /aws:a/),
  bad('CreateApi', { Tags: tooManyTags }, /tags.*51/i),
  ...both('Api', { Name: '' }, /name/i),
  ...both('Api', { Name: long(129) }, /name.*129/i),
  ...both('Api', { Description: long(1025) }, /description.*1025/i),
  ...both('Api', { Version: long(65) }, /version.*65/i),
  ...both('Api', { IpAddressType: 'ipv5' }, /ipAddressType.*ipv5/i),
  ...both(
    'Api',
    { ApiKeySelectionExpression: '$request.body.key' },
    /apiKeySelectionExpression.*\$request\.body\.key/i,
  ),
  ...both('Api', { RouteSelectionExpression: '${request.body.action' }, /request\.body\.action/),
  ...both('Api', { CorsConfiguration: {} }, /CorsConfiguration cannot be set for WEBSOCKET protocol Apis/),
  ...both('Api', { Target: 'http://127.0.0.1/' }, /Target cannot be set for WEBSOCKET protocol Apis/),
  ...both('Api', { RouteKey: '$default' }, /RouteKey cannot be set for WEBSOCKET protocol Apis/),
  bad(
    'CreateApi',
    { ProtocolType: 'HTTP', RouteSelectionExpression: undefined, DisableSchemaValidation: true },
    'DisableSchemaValidation cannot be set for HTTP protocol Apis.',
  ),
  refused(
    400,
    'UpdateApi',
    ({ HttpApiId }) => ({
      ...{ ApiId: HttpApiId, Target: 'https://example.com' },
      ...{ DisableSchemaValidation: undefined, RouteSelectionExpression: undefined },
    }),
    'Target is part of quick create, by which this API was not made.',
  ),
  bad('ImportApi', {}, /ImportApi/),
  bad('ReimportApi', {}, /ReimportApi/),
  bad('ExportApi', {}, /ExportApi/),
];

const badIntegrations: readonly RefusalRow[] = [
  bad('CreateIntegration', { IntegrationType: undefined }, /"integrationType" is required/i),
  bad('CreateIntegration', { IntegrationUri: undefined }, /IntegrationUri is required/),
  ...both('Integration', { IntegrationType: 'FTP' }, /integrationType.*FTP/i),
  bad('CreateIntegration', { IntegrationUri: 'ftp://127.0.0.1/' }, /ftp:\/\/127\.0\.0\.1/),
  bad('CreateIntegration', { IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:lambda:f' }, /arn:aws:lambda:f/),
  ...both('Integration', { TimeoutInMillis: 49 }, /timeoutInMillis.*49/i),
  ...both('Integration', { TimeoutInMillis: 29_001 }, /timeoutInMillis.*29001/i),
  ...both('Integration', { CredentialsArn: 'nobody' }, 'Invalid role ARN'),
  ...both('Integration', { CredentialsArn: 'arn:aws:iam::*:user/*' }, 'Invalid role ARN'),
  ...both('Integration', { PayloadFormatVersion: '2.0' }, /payloadFormatVersion.*2\.0/i),
  ...both('Integration', { ConnectionType: 'VPN' }, /connectionType.*VPN/i),
  bad('CreateIntegration', { ConnectionType: 'VPC_LINK' }, /ConnectionId is required/),
  ...both('Integration', { PassthroughBehavior: 'ALWAYS' }, /passthroughBehavior.*ALWAYS/i),
  ...both('Integration', { ContentHandlingStrategy: 'CONVERT' }, /contentHandlingStrategy.*CONVERT/i),
  ...both('Integration', { RequestTemplates: { a: '#if(' } }, /requestTemplates/i),
  ...both('Integration', { RequestTemplates: { a: long(32_769) } }, /requestTemplates.*32769/i),
  ...both('Integration', { RequestParameters: { a: 'b' } }, /"a"/),
  ...both('Integration', { IntegrationSubtype: 'SQS-SendMessage' }, /IntegrationSubtype cannot be set for WEBSOCKET/),
  ...both('Integration', { TlsConfig: {} }, /TlsConfig cannot be set for WEBSOCKET/),
  ...both('Integration', { ResponseParameters: {} }, /ResponseParameters cannot be set for WEBSOCKET/),
  ...both('Integration', { TemplateSelectionExpression: '${request' }, /templateSelectionExpression/i),
  ...both('IntegrationResponse', { IntegrationResponseKey: '/[/' }, /integrationResponseKey/i),
  ...both('IntegrationResponse', { IntegrationResponseKey: '' }, /integrationResponseKey/i),
  ...both('IntegrationResponse', { ContentHandlingStrategy: 'CONVERT' }, /contentHandlingStrategy.*CONVERT/i),
  ...both('IntegrationResponse', { ResponseTemplates: { a: '#if(' } }, /responseTemplates/i),
  bad('CreateIntegrationResponse', { IntegrationResponseKey: undefined }, /"integrationResponseKey" is required/i),
];

const custom = { RouteKey: '$connect', AuthorizationType: 'CUSTOM' };
const noAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';
const noJwtAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.';

const badAuthorizations: readonly RefusalRow[] = [
  bad('CreateRoute', { ...custom }, noAuthorizer),
  bad('CreateRoute', { ...custom, AuthorizerId: 'none' }, noAuthorizer),
  refused(
    400,
    'UpdateRoute',
    ({ ConnectRouteId }) => ({ ...custom, RouteId: ConnectRouteId, AuthorizerId: 'none' }),
    noAuthorizer,
  ),
  refused(
    400,
    'UpdateRoute',
    ({ ConnectRouteId, AuthorizerId }) => ({ RouteId: ConnectRouteId, RouteKey: '$connect', AuthorizerId }),
    'Unable to update route. Authorizer type is invalid or null.',
  ),
  refused(
    400,
    'CreateRoute',
    ({ HttpApiId }) => ({ ApiId: HttpApiId, RouteKey: 'GET /a', AuthorizationType: 'JWT', AuthorizerId: 'none' }),
    noJwtAuthorizer,
  ),
];

const badRoutes: readonly RefusalRow[] = [
  bad('CreateRoute', { RouteKey: undefined }, /"routeKey" is required/i),
  ...both('Route', { RouteKey: '' }, /routeKey/i),
  ...both('Route', { RouteKey: '$join' }, /routeKey.*\$join/i),
  ...both('Route', { Target: 'integrations/none' }, /integrations\/none/),
  ...both('Route', { Target: 'none' }, /target.*none/i),
  ...both(
    'Route',
    { AuthorizationType: 'AWS_IAM' },
    'Currently, authorization is restricted to the $connect route only',
  ),
  bad('UpdateRoute', { RouteKey: '$disconnect', AuthorizationType: 'JWT' }, /authorization/i),
  ...both('Route', { AuthorizationType: 'BASIC' }, /authorizationType.*BASIC/i),
  ...both('Route', { OperationName: long(65) }, /operationName.*65/i),
  ...both('Route', { RequestModels: { $default: 'Unknown' } }, /Unknown/),
  ...both('Route', { RequestParameters: { name: { Required: true } } }, /"name"/),
  ...both('Route', { RouteResponseSelectionExpression: '$request.body.a' }, /routeResponseSelectionExpression/i),
  ...both('Route', { AuthorizationScopes: ['a'] }, /AuthorizationScopes cannot be set for WEBSOCKET/),
  ...both('RouteResponse', { RouteResponseKey: 'other' }, /routeResponseKey.*other/i),
  ...both('RouteResponse', { ResponseModels: { a: long(129) } }, /responseModels.*129/i),
  bad('CreateRouteResponse', { RouteResponseKey: undefined }, /"routeResponseKey" is required/i),
  ...both('Model', { Name: 'No name' }, /name.*No name/i),
  ...both('Model', { Schema: '{' }, /schema/i),
  ...both('Model', { Schema: '{"type":"strange"}' }, /schema/i),
  ...both('Model', { Schema: long(32_769) }, /schema.*32769/i),
  ...both('Model', { ContentType: long(257) }, /contentType.*257/i),
  bad('CreateModel', { Schema: undefined }, /"schema" is required/i),
];

const webSocketAuthorizers =
  'Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.';

const badAuthorizers: readonly RefusalRow[] = [
  ...both('Authorizer', { AuthorizerType: 'JWT' }, webSocketAuthorizers),
  ...both(
    'Authorizer',
    { AuthorizerResultTtlInSeconds: 0 },
    'AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both(
    'Authorizer',
    { EnableSimpleResponses: false },
    'EnableSimpleResponses cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both(
    'Authorizer',
    { AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true },
    'AuthorizerPayloadFormatVersion cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both('Authorizer', { JwtConfiguration: {} }, 'JwtConfiguration cannot be set for WEBSOCKET protocol Apis.'),
  ...both(
    'Authorizer',
    { IdentitySource: ['body.a'] },
    /^Invalid request identity source expression: body\.a\. The sources/,
  ),
  ...both(
    'Authorizer',
    { IdentitySource: ['route.request.header.a,body.b'] },
    /^Invalid request identity source expression: route\.request\.header\.a,body\.b\. The sources/,
  ),
  ...both('Authorizer', { IdentityValidationExpression: '[' }, 'Invalid validation expression: ['),
  ...both('Authorizer', { AuthorizerCredentialsArn: 'nobody' }, 'Invalid role ARN'),
  ...both('Authorizer', { AuthorizerUri: 'http://127.0.0.1/' }, /http:\/\/127\.0\.0\.1/),
  bad('CreateAuthorizer', { Name: undefined }, /"name" is required/i),
];

const accessLogs = 'The following errors are found in Access Log Format: Access Log format must';
const logGroup = 'arn:aws:logs:us-east-1:123456789012:log-group:chat';

const badStages: readonly RefusalRow[] = [
  bad('CreateDeployment', { Description: long(1025) }, /description.*1025/i),
  bad('UpdateDeployment', { Description: long(1025) }, /description.*1025/i),
  bad('CreateDeployment', { StageName: 'automatic' }, /automatic/),
  refused(400, 'DeleteDeployment', () => ({}), 'Active stages pointing to this deployment must be moved or deleted'),
  bad('CreateStage', { StageName: 'a b' }, /stageName.*a b/i),
  bad('CreateStage', { StageName: '$default' }, /stageName.*\$default/i),
  bad('CreateStage', { StageName: long(129) }, /stageName/i),
  ...both('Stage', { Description: long(1025) }, /description.*1025/i),
  ...both('Stage', { StageVariables: { 'a-b': 'c' } }, /a-b/),
  ...both('Stage', { StageVariables: { a: 'b c' } }, /b c/),
  ...both('Stage', { DefaultRouteSettings: { ThrottlingBurstLimit: -1 } }, /throttlingBurstLimit.*-1/i),
  ...both('Stage', { RouteSettings: { join: { ThrottlingRateLimit: -1 } } }, /throttlingRateLimit.*-1/i),
  refused(400, 'UpdateStage', ({ DeploymentId }) => ({ StageName: 'automatic', DeploymentId }), /automatic/),
  bad(
    'CreateStage',
    { AccessLogSettings: { Format: 'a' } },
    'Access Log value missing. Expected destinationArn and format.',
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: 'a', DestinationArn: logGroup } },
    `${accessLogs} include either $context.requestId or $context.extendedRequestId : 'a'`,
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: 'a\nb', DestinationArn: logGroup } },
    `${accessLogs} be single line: 'a\nb'`,
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: '$context.requestId', DestinationArn: 'not-an-arn' } },
    "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn",
  ),
];

const foreignArn =
  "Invalid ARN specified in the request. ARNs of this region must start with 'arn:aws:apigateway:us-east-1::/': ";

const badDomainNames: readonly RefusalRow[] = [
  bad('CreateDomainName', { DomainName: 'none' }, /none/),
  bad('CreateDomainName', { DomainNameConfigurations: [] }, /DomainNameConfigurations/i),
  ...both('DomainName', { DomainNameConfigurations: [{ CertificateArn: 'none' }] }, /certificateArn.*none/i),
  ...both('DomainName', { RoutingMode: 'NONE' }, /routingMode.*NONE/i),
  ...both('DomainName', { MutualTlsAuthentication: { TruststoreUri: 'http://a' } }, /truststoreUri.*http:\/\/a/i),
  ...both('ApiMapping', { ApiMappingKey: 'a b' }, /apiMappingKey.*a b/i),
  refused(400, 'CreateApiMapping', ({ HttpApiId }) => ({ ApiId: HttpApiId, ApiMappingKey: 'http' }), /WEBSOCKET.*HTTP/),
  bad('CreateApiMapping', { Stage: undefined }, /"stage" is required/i),
  bad('CreateVpcLink', { SubnetIds: [] }, /SubnetIds/i),
  bad('CreateVpcLink', { Name: undefined }, /"name" is required/i),
  ...both('VpcLink', { Name: long(129) }, /name.*129/i),
  ...['GetTags', 'TagResource', 'UntagResource'].map((operation) =>
    bad(operation, { ResourceArn: 'none' }, "Invalid ARN specified in the request. ARNs must start with 'arn:': none"),
  ),
  ...['GetTags', 'TagResource', 'UntagResource'].flatMap((operation) =>
    ['aws:apigateway:eu-west-1:', 'aws-cn:apigateway:us-east-1:', 'aws:apigateway:us-east-1:123456789012', 'aws:s3::']
      .map((parts) => `arn:${parts}:/apis/none`)
      .map((arn) => bad(operation, { ResourceArn: arn }, `${foreignArn}${arn}`)),
  ),
  bad('TagResource', { Tags: { 'aws:a': 'b' } }, /aws:a/),
  bad('TagResource', { Tags: { a: long(257) } }, /257/),
  bad('TagResource', { Tags: tooManyTags }, /tags/i),
];

/** What is named in members, and not there. */
const missing: readonly RefusalRow[] = [
  ...['CreateStage', 'UpdateStage'].map((operation) =>
    refused(404, operation, () => ({ DeploymentId: 'none' }), 'Invalid Deployment identifier specified'),
  ),
  refused(404, 'CreateDeployment', () => ({ StageName: 'none' }), 'Invalid stage identifier specified'),
  ...['CreateApiMapping', 'UpdateApiMapping'].flatMap((operation) => [
    refused(404, operation, () => ({ ApiId: 'none' }), 'Invalid API identifier specified'),
    refused(404, operation, () => ({ Stage: 'none' }), 'Invalid stage identifier specified'),
  ]),
  ...['GetTags', 'TagResource', 'UntagResource'].flatMap((operation) =>
    ['apis/none', 'apis/none/stages/base', 'domainnames/none', 'vpclinks/none', 'routes/none'].map((path) =>
      refused(404, operation, () => ({ ResourceArn: `arn:aws:apigateway:us-east-1::/${path}` }), /./),
    ),
  ),
];

const inUse =
  (resource: string, route = 'RouteId') =>
  (world: World) =>
    `Cannot delete ${resource} because it is referenced by the following Routes with Ids: [${world[route]}]`;

const conflicts: readonly RefusalRow[] = [
  refused(409, 'CreateRoute', () => ({ RouteKey: 'base' }), 'Route with key base already exists for this API'),
  refused(409, 'UpdateRoute', () => ({ RouteKey: '$connect' }), 'Route with key $connect already exists for this API'),
  refused(409, 'CreateStage', () => ({ StageName: 'base' }), 'Stage already exists'),
  refused(409, 'CreateRouteResponse', ({ ConnectRouteId }) => ({ RouteId: ConnectRouteId }), /\$default/),
  refused(409, 'CreateIntegrationResponse', () => ({ IntegrationResponseKey: '$default' }), /\$default/),
  refused(409, 'UpdateIntegrationResponse', () => ({ IntegrationResponseKey: '/2\\d\\d/' }), /\/2\\d\\d\//),
  refused(409, 'CreateModel', () => ({ Name: 'Used' }), /Used/),
  refused(409, 'UpdateModel', () => ({ Name: 'Renamed' }), /Route/),
  refused(
    409,
    'CreateDomainName',
    () => ({ DomainName: 'base.example.com' }),
    'The domain name resource already exists.',
  ),
  refused(409, 'CreateApiMapping', () => ({ ApiMappingKey: 'base' }), /ApiMapping key already exists/),
  refused(409, 'UpdateApiMapping', () => ({ ApiMappingKey: 'other' }), /ApiMapping key already exists/),
  refused(409, 'DeleteApi', () => ({}), /base\.example\.com/),
  refused(409, 'DeleteStage', () => ({}), /base\.example\.com/),
];

/** Resources that a route refers to: the answer names the route. */
export const deletionsInUse: readonly (readonly [string, (world: World) => string])[] = [
  ['DeleteIntegration', inUse('Integration')],
  ['DeleteModel', inUse('Model')],
  ['DeleteAuthorizer', inUse('Authorizer', 'ConnectRouteId')],
];

export const refusals: readonly RefusalRow[] = [
  ...unknown,
  ...pages,
  ...badApis,
  ...badIntegrations,
  ...badRoutes,
  ...badAuthorizations,
  ...badAuthorizers,
  ...badStages,
  ...badDomainNames,
  ...missing,
  ...conflicts,
];

/** Declared errors that no request brings about, and why. Too many requests are in a test of their own. */
export const neverBroughtAbout: ReadonlyMap<string, readonly string[]> = new Map([
  ['There is nothing that the request could name wrongly.', ['CreateApi 404', 'GetApis 404', 'GetDomainNames 404']],
  ['A name that is free conflicts with nothing.', ['CreateApi 409', 'CreateAuthorizer 409', 'CreateIntegration 409']],
  ['A domain name names nothing else.', ['CreateDomainName 404', 'UpdateDomainName 409']],
  ['Nothing is checked but the labels.', ['DeleteApiMapping 400', 'GetApiMapping 400']],
  ['Requests are not authorized.', ['CreateDomainName 403']],
  ['OpenAPI is refused before anything else is looked at.', ['ImportApi 404', 'ImportApi 409', 'ReimportApi 409']],
  [
    'Only another writer could be in the way, and what two do is merged.',
    ['Deployment', 'Api', 'Authorizer', 'Integration', 'RouteResponse', 'Stage']
      .map((resource) => `Update${resource} 409`)
      .concat(['CreateDeployment 409', 'GetTags 409', 'TagResource 409', 'UntagResource 409']),
  ],
]);
