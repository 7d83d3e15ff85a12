import { parseParameterMapping } from '../model/parameter-mapping.ts';
import type { Integration, IntegrationType } from '../model/resources.ts';
import { withValues } from './members.ts';
import { badRequest, refuseMembers } from './refuse.ts';
import { checkSelectionExpression, checkTemplates } from './template-rules.ts';

/** The members of an integration that a request sets. */
export type IntegrationMembers = Partial<Omit<Integration, 'integrationId' | 'integrationResponseSelectionExpression'>>;

/** Members of CreateIntegration and UpdateIntegration that are for HTTP APIs. */
const httpMembers = ['integrationSubtype', 'responseParameters', 'tlsConfig'];

// biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
const statusCode = '${integration.response.statuscode}';

/** CreateIntegration: "between 50 and 29,000 milliseconds for WebSocket APIs". */
const maximumTimeout = 29_000;

/** Stage variables may stand in URIs and credentials, and are known only when a stage is. */
const stageVariable = '${stageVariables.';

/** Where the value that selects an integration response comes from; the proxy types have no such responses. */
const responseSelectionExpressions: Readonly<Partial<Record<IntegrationType, string>>> = {
  AWS: '$integration.response.body.errorMessage',
  HTTP: statusCode,
  MOCK: statusCode,
};

/**
 * Fills defaults in and checks what no single member can tell.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeIntegration(
  members: IntegrationMembers & Pick<Integration, 'integrationId'> & Partial<Integration>,
): Integration {
  refuseMembers(members, httpMembers);
  const { integrationType, ...others } = withValues(members);
  if (integrationType === undefined) throw badRequest('IntegrationType is required.');
  const { integrationResponseSelectionExpression: _derived, ...chosen } = others;
  const selection = responseSelectionExpressions[integrationType];
  const integration: Integration = {
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    payloadFormatVersion: '1.0',
    timeoutInMillis: maximumTimeout,
    ...(integrationType === 'AWS_PROXY' ? { integrationMethod: 'POST' } : {}),
    ...(selection === undefined ? {} : { integrationResponseSelectionExpression: selection }),
    ...chosen,
    integrationType,
  };
  checkUri(integration);
  checkSettings(integration);
  return integration;
}

/** The developer guide, "Set up integration requests": the forms of an integration's URI. */
const uriForms: Readonly<
  Record<Exclude<IntegrationType, 'MOCK'>, { readonly pattern: RegExp; readonly form: string }>
> = {
  AWS_PROXY: {
    pattern: /^arn:[^:]+:apigateway:[^:]+:lambda:path\/.+/,
    form: 'arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations',
  },
  AWS: {
    pattern: /^arn:[^:]+:apigateway:[^:]+:[^:]+:(path|action)\/.+/,
    form: 'arn:{partition}:apigateway:{region}:{service}:path/{path} or …:action/{action}',
  },
  HTTP: { pattern: /^https?:\/\/./, form: 'http://… or https://…' },
  HTTP_PROXY: { pattern: /^https?:\/\/./, form: 'http://… or https://…' },
};

function checkUri({ integrationType, integrationUri }: Integration): void {
  if (integrationType === 'MOCK') return;
  const { pattern, form } = uriForms[integrationType];
  if (integrationUri === undefined) {
    throw badRequest(`IntegrationUri is required for integrations of type ${integrationType}; expected ${form}.`);
  }
  if (pattern.test(integrationUri) || integrationUri.startsWith(stageVariable)) return;
  throw badRequest(
    `IntegrationUri is "${integrationUri}"; expected ${form} for integrations of type ${integrationType}.`,
  );
}

function checkSettings({
  connectionId,
  connectionType,
  credentialsArn,
  payloadFormatVersion,
  requestParameters = {},
  requestTemplates,
  templateSelectionExpression,
  timeoutInMillis,
}: Integration): void {
  // A link may also be one of the REST control plane, or a stage variable: any id will do.
  if (connectionType === 'VPC_LINK' && connectionId === undefined) {
    throw badRequest('ConnectionId is required when ConnectionType is "VPC_LINK".');
  }
  if (timeoutInMillis > maximumTimeout) {
    throw badRequest(
      `TimeoutInMillis is ${timeoutInMillis}; expected a whole number from 50 to ${maximumTimeout} for WEBSOCKET protocol Apis.`,
    );
  }
  if (payloadFormatVersion !== '1.0') {
    throw badRequest(`PayloadFormatVersion is "${payloadFormatVersion}"; expected "1.0" for WEBSOCKET protocol Apis.`);
  }
  if (credentialsArn !== undefined && !isRole(credentialsArn)) throw badRequest('Invalid role ARN');
  for (const [key, value] of Object.entries(requestParameters)) {
    const parsed = parseParameterMapping(key, value);
    if (parsed.kind === 'invalid') throw badRequest(parsed.message);
  }
  checkSelectionExpression('TemplateSelectionExpression', templateSelectionExpression);
  checkTemplates('RequestTemplates', requestTemplates);
}

/** Whether an ARN names a role, or cannot be judged before a stage's variables are known. */
export function isRole(arn: string): boolean {
  return arn.includes(stageVariable) || /^arn:[^:]+:iam::\d{12}:role\/.+/.test(arn);
}
