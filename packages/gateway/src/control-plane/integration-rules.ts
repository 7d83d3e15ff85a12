import { isRoleArn } from '../model/arn.ts';
import { findHttpUriProblem } from '../model/http-uri.ts';
import { functionUriForm, isFunctionUri, parseAwsIntegrationUri } from '../model/integration-uri.ts';
import { parseRequestParameterMapping } from '../model/request-parameter-mapping.ts';
import type { Integration, IntegrationType } from '../model/resources.ts';
import { findMalformedStageVariable, mayMatch } from '../model/stage-variables.ts';
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
  const isFunction = integrationType.startsWith('AWS') && isFunctionUri(chosen.integrationUri ?? '');
  const integration: Integration = {
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    payloadFormatVersion: '1.0',
    timeoutInMillis: maximumTimeout,
    ...(isFunction ? { integrationMethod: 'POST' } : {}),
    ...(selection === undefined ? {} : { integrationResponseSelectionExpression: selection }),
    ...chosen,
    integrationType,
  };
  checkUri(integration);
  if (integrationType === 'AWS_PROXY') checkFunctionMethod(integration);
  checkSettings(integration);
  return integration;
}

/** CreateIntegration, "integrationMethod": functions are called with POST. */
export function checkFunctionMethod({ integrationMethod }: Integration): void {
  if (integrationMethod?.toUpperCase() === 'POST') return;
  throw badRequest('HttpMethod must be POST for AWS_PROXY IntegrationType');
}

/** What the type of an integration expects of its URI, to be put behind the value; `undefined` when the URI fits. */
function findUriProblem(type: Exclude<IntegrationType, 'MOCK'>, uri: string): string | undefined {
  if (type === 'HTTP' || type === 'HTTP_PROXY') return findHttpUriProblem(uri);
  if (type === 'AWS_PROXY') return isFunctionUri(uri) ? undefined : functionUriForm;
  const parsed = parseAwsIntegrationUri(uri);
  return parsed.kind === 'invalid' ? parsed.expected : undefined;
}

function checkUri({ integrationType, integrationUri }: Integration): void {
  if (integrationType === 'MOCK') return;
  const problem = findUriProblem(integrationType, integrationUri ?? '');
  if (problem === undefined) return;
  if (integrationUri === undefined) {
    throw badRequest(`IntegrationUri is required for integrations of type ${integrationType}; expected ${problem}.`);
  }
  throw badRequest(
    `IntegrationUri is "${integrationUri}"; expected ${problem} for integrations of type ${integrationType}.`,
  );
}

/** A link may also be one of the REST control plane, so that it need not be known here. */
export function checkConnection({ connectionId, connectionType }: Integration): void {
  if (connectionType !== 'VPC_LINK') return;
  if (connectionId === undefined) throw badRequest('ConnectionId is required when ConnectionType is "VPC_LINK".');
  if (findMalformedStageVariable(connectionId) === undefined && mayMatch(/^[A-Za-z0-9]+$/, connectionId)) return;
  throw badRequest(`ConnectionId is "${connectionId}"; expected the id of a VPC link, or a stage variable.`);
}

function checkSettings(integration: Integration): void {
  const { credentialsArn, payloadFormatVersion, requestParameters = {}, timeoutInMillis } = integration;
  checkConnection(integration);
  if (timeoutInMillis > maximumTimeout) {
    throw badRequest(
      `TimeoutInMillis is ${timeoutInMillis}; expected a whole number from 50 to ${maximumTimeout} for WEBSOCKET protocol Apis.`,
    );
  }
  if (payloadFormatVersion !== '1.0') {
    throw badRequest(`PayloadFormatVersion is "${payloadFormatVersion}"; expected "1.0" for WEBSOCKET protocol Apis.`);
  }
  if (credentialsArn !== undefined && !isRoleArn(credentialsArn)) throw badRequest('Invalid role ARN');
  for (const [key, value] of Object.entries(requestParameters)) {
    const parsed = parseRequestParameterMapping(key, value);
    if (parsed.kind === 'invalid') throw badRequest(parsed.message);
  }
  checkSelectionExpression('TemplateSelectionExpression', integration.templateSelectionExpression);
  checkTemplates('RequestTemplates', integration.requestTemplates);
}
