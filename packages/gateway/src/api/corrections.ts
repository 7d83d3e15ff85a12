/**
 * What the generated service model lacks (lengths, ranges, patterns: they stand only in the prose of the API Gateway V2
 * API reference) and where the service was observed to behave otherwise than its model says.
 */

/** A bound on a value. For lists and maps the bound applies to each of their values. */
export interface Constraint {
  readonly minimumLength?: number;
  readonly maximumLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
  /** A bound on the keys of a map; default {@link mapKeys}. */
  readonly keys?: Constraint;
  /** Numbers are whole unless this says otherwise. */
  readonly fractional?: true;
}

/** UpdateRoute was observed to answer 201 where the model says 200. */
export const statusCorrections: Readonly<Record<string, number>> = { UpdateRoute: 201 };

/** The service was observed to accept these omitted, although the model requires them. */
export const optionalMembers: ReadonlySet<string> = new Set(['CreateAuthorizerRequest.IdentitySource']);

/**
 * Enumerations that the service was observed not to check against the model: it refuses other protocol types with a
 * message of its own, and stores unknown logging levels as `OFF`.
 */
export const openEnumerations: ReadonlySet<string> = new Set(['ProtocolType', 'LoggingLevel']);

const text = (maximumLength: number): Constraint => ({ maximumLength });
const requiredText = (maximumLength: number): Constraint => ({ minimumLength: 1, maximumLength });

/** "A string with a length between […]", as the API reference words it per member. */
const name = requiredText(128);
const description = text(1024);
const template = text(32 * 1024);
/** The reference gives selection expressions and keys no length; this one only keeps them bounded. */
const expression = text(1024);
const arn = text(2048);
/** API Gateway developer guide, "Tagging": keys of AWS are reserved; the model's 1600 for values is the looser bound. */
const tags: Constraint = { ...text(256), keys: { ...requiredText(128), pattern: /^(?!aws:)/i } };

const api = {
  CredentialsArn: arn,
  RouteKey: expression,
  Target: text(2048),
  ApiKeySelectionExpression: expression,
  Description: description,
  Name: name,
  RouteSelectionExpression: expression,
  Tags: tags,
  Version: text(64),
};

const integration = {
  ConnectionId: text(1024),
  CredentialsArn: arn,
  Description: description,
  /** The name of an HTTP method, in any case; what is none could not be sent. */
  IntegrationMethod: { ...text(64), pattern: /^[A-Za-z]*$/ },
  IntegrationUri: text(2048),
  PayloadFormatVersion: text(64),
  RequestParameters: text(512),
  RequestTemplates: template,
  TemplateSelectionExpression: expression,
  /** CreateIntegration: the range of HTTP APIs, the wider one. */
  TimeoutInMillis: { minimum: 50, maximum: 30_000 },
  ResponseParameters: text(512),
  IntegrationSubtype: text(128),
};

const route = {
  AuthorizationScopes: requiredText(64),
  AuthorizerId: text(128),
  ModelSelectionExpression: expression,
  OperationName: text(64),
  RequestModels: text(128),
  /** The reference gives route keys no pattern; control characters in one are mistakes. */
  RouteKey: { ...requiredText(1024), pattern: /^\P{Cc}*$/u },
  RouteResponseSelectionExpression: expression,
  Target: text(128),
};

const routeResponse = {
  ModelSelectionExpression: expression,
  ResponseModels: text(128),
  RouteResponseKey: requiredText(1024),
};

const integrationResponse = {
  IntegrationResponseKey: requiredText(1024),
  ResponseParameters: text(512),
  ResponseTemplates: template,
  TemplateSelectionExpression: expression,
};

const model = {
  ContentType: text(256),
  Description: description,
  /** CreateModel: "Must be alphanumeric." */
  Name: { ...name, pattern: /^[A-Za-z0-9]*$/ },
  Schema: text(32 * 1024),
};

const authorizer = {
  AuthorizerCredentialsArn: arn,
  AuthorizerPayloadFormatVersion: text(64),
  AuthorizerResultTtlInSeconds: { minimum: 0, maximum: 3600 },
  AuthorizerUri: text(2048),
  IdentitySource: text(1024),
  IdentityValidationExpression: text(1024),
  Name: name,
};

/** CreateDomainName: at most 512 characters; a name of labels, the first of which may be a wildcard. */
const domainNamePattern = /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

const apiMapping = { ApiId: text(128), ApiMappingKey: text(300), Stage: text(128) };

const stage = {
  ClientCertificateId: text(128),
  Description: description,
  DeploymentId: text(128),
  /** CreateStage: variable values match this pattern. An empty value removes the variable in UpdateStage. */
  StageVariables: { maximumLength: 2048, pattern: /^[A-Za-z0-9\-._~:/?#&=,]*$/ },
  Tags: tags,
};

/** Structure name → member name → bound. */
export const constraints: Readonly<Record<string, Readonly<Record<string, Constraint>>>> = {
  CreateApiRequest: api,
  UpdateApiRequest: api,
  CreateIntegrationRequest: integration,
  UpdateIntegrationRequest: integration,
  CreateRouteRequest: route,
  UpdateRouteRequest: route,
  CreateRouteResponseRequest: routeResponse,
  UpdateRouteResponseRequest: routeResponse,
  CreateIntegrationResponseRequest: integrationResponse,
  UpdateIntegrationResponseRequest: integrationResponse,
  CreateModelRequest: model,
  UpdateModelRequest: model,
  CreateAuthorizerRequest: authorizer,
  UpdateAuthorizerRequest: authorizer,
  CreateDomainNameRequest: { Tags: tags, DomainName: { maximumLength: 512, pattern: domainNamePattern } },
  DomainNameConfiguration: { CertificateArn: arn, CertificateName: name, OwnershipVerificationCertificateArn: arn },
  MutualTlsAuthenticationInput: { TruststoreUri: text(2048), TruststoreVersion: text(128) },
  CreateApiMappingRequest: apiMapping,
  UpdateApiMappingRequest: apiMapping,
  CreateVpcLinkRequest: { Name: name, SecurityGroupIds: requiredText(128), SubnetIds: requiredText(128), Tags: tags },
  UpdateVpcLinkRequest: { Name: name },
  CreateDeploymentRequest: { Description: description, StageName: text(128) },
  UpdateDeploymentRequest: { Description: description },
  CreateStageRequest: { ...stage, StageName: { pattern: /^(\$default|[A-Za-z0-9_-]{1,128})$/ } },
  UpdateStageRequest: stage,
  TagResourceRequest: { Tags: tags },
  AccessLogSettings: { DestinationArn: arn, Format: text(1024) },
  Cors: {
    AllowHeaders: text(1024),
    AllowMethods: text(1024),
    AllowOrigins: text(1024),
    ExposeHeaders: text(1024),
    MaxAge: { minimum: -1, maximum: 86_400 },
  },
  JWTConfiguration: { Audience: text(1024), Issuer: text(2048) },
  TlsConfigInput: { ServerNameToVerify: text(512) },
  RouteSettings: {
    ThrottlingBurstLimit: { minimum: 0, maximum: 2 ** 31 - 1 },
    ThrottlingRateLimit: { minimum: 0, maximum: Number.MAX_SAFE_INTEGER, fractional: true },
  },
};

/** API Gateway developer guide, "Tagging" and "Quotas": entries per map. Other maps are bounded to keep requests so. */
export const maximumMapEntries: Readonly<Record<string, number>> = { Tags: 50, StageVariables: 100 };
export const maximumEntries = 300;

/** The reference gives keys of maps no length; this one only keeps them bounded. */
export const mapKeys: Constraint = expression;
