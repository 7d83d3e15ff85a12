/**
 * The resources of a WebSocket API as plain data, under their wire names. Members that have no value are absent, never
 * `null`: that is how the service represents them, and what lets two equal resources have one content hash.
 *
 * See the API Gateway V2 API reference, resource pages of the same names.
 */

type ProtocolType = 'WEBSOCKET' | 'HTTP';

/** Timestamps are ISO 8601 in UTC with whole seconds, as `2026-09-25T00:01:10Z`. */
export interface Cors {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowOrigins?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
}

/** Members of HTTP APIs alone say so. */
export interface Api {
  readonly apiId: string;
  readonly name: string;
  readonly protocolType: ProtocolType;
  readonly routeSelectionExpression: string;
  readonly apiKeySelectionExpression: string;
  /** HTTP. */
  readonly corsConfiguration?: Cors;
  readonly createdDate: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly disableSchemaValidation?: boolean;
  readonly description?: string;
  readonly ipAddressType: 'ipv4' | 'dualstack';
  readonly tags?: Readonly<Record<string, string>>;
  readonly version?: string;
}

export type IntegrationType = 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';

export interface Integration {
  /** HTTP: made by CreateApi with a target. */
  readonly apiGatewayManaged?: boolean;
  readonly integrationId: string;
  readonly integrationType: IntegrationType;
  readonly integrationUri?: string;
  /** Absent means POST when the integration is called. */
  readonly integrationMethod?: string;
  readonly connectionType: 'INTERNET' | 'VPC_LINK';
  readonly connectionId?: string;
  readonly contentHandlingStrategy?: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';
  readonly credentialsArn?: string;
  readonly description?: string;
  readonly integrationResponseSelectionExpression?: string;
  /** HTTP: the action of an AWS service, as `SQS-SendMessage`. */
  readonly integrationSubtype?: string;
  /** Always there for WebSocket APIs. */
  readonly passthroughBehavior?: 'WHEN_NO_MATCH' | 'NEVER' | 'WHEN_NO_TEMPLATES';
  readonly payloadFormatVersion: string;
  /** `integration.request.{header|querystring|path}.{name}` → source expression. */
  readonly requestParameters?: Readonly<Record<string, string>>;
  /** HTTP: status → parameter mappings. */
  readonly responseParameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly tlsConfig?: { readonly serverNameToVerify?: string };
  readonly requestTemplates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
  /** 50 to 29000, for HTTP APIs to 30000. */
  readonly timeoutInMillis: number;
}

export interface Route {
  readonly routeId: string;
  /** `$connect`, `$disconnect`, `$default`, or a key of the user's. */
  readonly routeKey: string;
  /** HTTP. */
  readonly apiGatewayManaged?: boolean;
  /** HTTP: of a JWT authorizer. */
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'JWT';
  readonly authorizerId?: string;
  readonly modelSelectionExpression?: string;
  readonly operationName?: string;
  readonly requestModels?: Readonly<Record<string, string>>;
  readonly requestParameters?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly routeResponseSelectionExpression?: string;
  /** `integrations/{integrationId}`. */
  readonly target?: string;
}

export interface RouteResponse {
  readonly routeResponseId: string;
  /** Only `$default`. */
  readonly routeResponseKey: string;
  readonly modelSelectionExpression?: string;
  readonly responseModels?: Readonly<Record<string, string>>;
  readonly responseParameters?: Readonly<Record<string, { readonly required?: boolean }>>;
}

export interface IntegrationResponse {
  readonly integrationResponseId: string;
  /** `$default`, or a regular expression between slashes. */
  readonly integrationResponseKey: string;
  readonly contentHandlingStrategy?: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';
  /** `method.response.header.{name}` → source expression. */
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
}

export interface Model {
  readonly modelId: string;
  /** Unique in its API: routes name models by it. */
  readonly name: string;
  readonly contentType?: string;
  readonly description?: string;
  /** JSON text of a schema of JSON Schema draft 4. */
  readonly schema: string;
}

export interface Authorizer {
  readonly authorizerId: string;
  readonly name: string;
  readonly authorizerType: 'REQUEST' | 'JWT';
  readonly authorizerCredentialsArn?: string;
  readonly authorizerPayloadFormatVersion?: string;
  readonly authorizerResultTtlInSeconds?: number;
  readonly authorizerUri?: string;
  readonly enableSimpleResponses?: boolean;
  /** As `route.request.header.Authorization`. */
  readonly identitySource?: readonly string[];
  readonly identityValidationExpression?: string;
  readonly jwtConfiguration?: { readonly audience?: readonly string[]; readonly issuer?: string };
}

export interface Deployment {
  readonly deploymentId: string;
  readonly autoDeployed: boolean;
  readonly createdDate: string;
  readonly deploymentStatus: 'PENDING' | 'FAILED' | 'DEPLOYED';
  readonly description?: string;
}

export interface RouteSettings {
  readonly dataTraceEnabled?: boolean;
  readonly detailedMetricsEnabled?: boolean;
  readonly loggingLevel?: 'ERROR' | 'INFO' | 'OFF';
  readonly throttlingBurstLimit?: number;
  readonly throttlingRateLimit?: number;
}

export interface AccessLogSettings {
  /** Of a log group or a Firehose stream. */
  readonly destinationArn: string;
  /** One line, with `$context` variables. */
  readonly format: string;
}

export interface Stage {
  readonly stageName: string;
  readonly accessLogSettings?: AccessLogSettings;
  /** HTTP. */
  readonly apiGatewayManaged?: boolean;
  readonly autoDeploy: boolean;
  readonly clientCertificateId?: string;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly defaultRouteSettings: RouteSettings;
  readonly deploymentId?: string;
  readonly description?: string;
  /** Of a stage that deploys automatically: what became of its last deployment. */
  readonly lastDeploymentStatusMessage?: string;
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface DomainNameConfiguration {
  /** Where the domain's record would point. */
  readonly apiGatewayDomainName?: string;
  readonly certificateArn?: string;
  readonly certificateName?: string;
  readonly domainNameStatus?: 'AVAILABLE';
  readonly endpointType?: 'REGIONAL' | 'EDGE';
  /** Of Route 53, for alias records. Absent where the zone of the gateway's region is not known. */
  readonly hostedZoneId?: string;
  readonly ipAddressType?: 'ipv4' | 'dualstack';
  readonly ownershipVerificationCertificateArn?: string;
  readonly securityPolicy?: 'TLS_1_0' | 'TLS_1_2';
}

export interface DomainName {
  readonly domainName: string;
  readonly domainNameArn: string;
  readonly apiMappingSelectionExpression: string;
  /** Exactly one. */
  readonly domainNameConfigurations: readonly DomainNameConfiguration[];
  readonly mutualTlsAuthentication?: { readonly truststoreUri?: string; readonly truststoreVersion?: string };
  readonly routingMode: 'API_MAPPING_ONLY' | 'ROUTING_RULE_ONLY' | 'ROUTING_RULE_THEN_API_MAPPING';
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ApiMapping {
  readonly apiMappingId: string;
  readonly apiId: string;
  /** The path below the domain; absent for its root. */
  readonly apiMappingKey?: string;
  readonly stage: string;
}

export interface VpcLink {
  readonly vpcLinkId: string;
  readonly name: string;
  readonly createdDate: string;
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly vpcLinkStatus: 'AVAILABLE';
  readonly vpcLinkVersion: 'V2';
}
