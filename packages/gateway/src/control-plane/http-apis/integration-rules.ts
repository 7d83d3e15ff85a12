import { isPrivateBackEndArn, isRoleArn, parseFunctionArn } from '../../model/arn.ts';
import { findHttpUriProblem } from '../../model/http-uri.ts';
import { isFunctionUri } from '../../model/integration-uri.ts';
import type { Integration } from '../../model/resources.ts';
import type { IntegrationMembers } from '../integration-rules.ts';
import { checkConnection, checkFunctionMethod } from '../integration-rules.ts';
import { withValues } from '../members.ts';
import { badRequest, refuseMembers } from '../refuse.ts';

/** Members of CreateIntegration and UpdateIntegration that are for WebSocket APIs. */
const webSocketMembers = ['contentHandlingStrategy', 'requestTemplates', 'templateSelectionExpression'];

const defaultTimeout = 30_000;

/**
 * An integration of an HTTP API: defaults filled in, and checked for what no single member can tell. See the developer guide,
 * "Create integrations for HTTP APIs".
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeHttpIntegration(
  members: IntegrationMembers & Pick<Integration, 'integrationId'> & Partial<Integration>,
): Integration {
  refuseMembers(members, webSocketMembers, 'HTTP');
  const { integrationType, passthroughBehavior, tlsConfig, ...others } = withValues(members);
  checkPassthrough(passthroughBehavior);
  if (integrationType !== 'HTTP_PROXY' && integrationType !== 'AWS_PROXY') {
    throw badRequest(
      'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)',
    );
  }
  const isFunction = integrationType === 'AWS_PROXY' && others.integrationSubtype === undefined;
  const integration: Integration = {
    connectionType: 'INTERNET',
    payloadFormatVersion: '1.0',
    timeoutInMillis: defaultTimeout,
    ...(isFunction ? { integrationMethod: 'POST' } : {}),
    ...others,
    // It was observed to be ignored without a VPC link. Without a name to verify there is nothing that it configures: so
    // Terraform removes it.
    ...(others.connectionType === 'VPC_LINK' && tlsConfig?.serverNameToVerify ? { tlsConfig } : {}),
    integrationType,
  };
  checkTarget(integration);
  checkSettings(integration);
  return integration;
}

/** Terraform sends the default with every integration, and expects that an HTTP API does not give it back. */
function checkPassthrough(passthroughBehavior: Integration['passthroughBehavior']): void {
  if (passthroughBehavior === undefined || passthroughBehavior === 'WHEN_NO_MATCH') return;
  throw badRequest(
    `PassthroughBehavior is "${passthroughBehavior}"; expected none, or WHEN_NO_MATCH, for HTTP protocol Apis.`,
  );
}

function checkTarget(integration: Integration): void {
  if (integration.integrationType === 'HTTP_PROXY') checkUrl(integration);
  else if (integration.integrationSubtype === undefined) checkFunction(integration);
  else checkAction(integration.integrationSubtype, integration.integrationUri);
}

function checkUrl({ connectionType, integrationMethod, integrationUri = '' }: Integration): void {
  if (integrationMethod === undefined) {
    throw badRequest('IntegrationMethod is required for integrations of type HTTP_PROXY.');
  }
  if (connectionType === 'VPC_LINK') {
    checkPrivateBackEnd(integrationUri);
    return;
  }
  const problem = findHttpUriProblem(integrationUri);
  if (problem !== undefined) throw badRequest(`IntegrationUri is "${integrationUri}"; expected ${problem}.`);
}

function checkPrivateBackEnd(uri: string): void {
  if (isPrivateBackEndArn(uri)) return;
  throw badRequest(
    'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
  );
}

function checkAction(subtype: string, uri: string | undefined): void {
  if (uri === undefined && /^[A-Za-z]+-[A-Za-z]+$/.test(subtype)) return;
  throw badRequest(`IntegrationSubtype is "${subtype}"; expected {Service}-{Action} and no IntegrationUri.`);
}

function checkFunction(integration: Integration): void {
  const { integrationUri = '' } = integration;
  if (!parseFunctionArn(integrationUri) && !isFunctionUri(integrationUri)) {
    throw badRequest(`IntegrationUri is "${integrationUri}"; expected the ARN of a Lambda function.`);
  }
  checkFunctionMethod(integration);
}

/** CreateIntegration, "requestParameters" and "responseParameters" of HTTP APIs. */
const requestKey = /^(append|overwrite|remove):(header|querystring)\.[^\s]+$|^overwrite:path$/;
const responseKey = /^(append|overwrite|remove):header\.[^\s]+$|^overwrite:statuscode$/;

function checkSettings(integration: Integration): void {
  const { credentialsArn, integrationSubtype } = integration;
  checkConnection(integration);
  checkPayloadFormat(integration);
  if (credentialsArn !== undefined && credentialsArn !== 'arn:aws:iam::*:user/*' && !isRoleArn(credentialsArn)) {
    throw badRequest('Invalid role ARN');
  }
  // Those of a service's action are the parameters of that action.
  if (integrationSubtype === undefined) checkKeys('RequestParameters', integration.requestParameters, requestKey);
  for (const [status, parameters] of Object.entries(integration.responseParameters ?? {})) {
    if (!/^[2-5]\d\d$/.test(status)) {
      throw badRequest(`ResponseParameters has the key "${status.slice(0, 100)}"; expected a status from 200 to 599.`);
    }
    checkKeys(`ResponseParameters["${status}"]`, parameters, responseKey);
  }
}

/** CreateIntegration, "payloadFormatVersion": 2.0 is for functions. */
function checkPayloadFormat({ integrationSubtype, integrationType, payloadFormatVersion }: Integration): void {
  const isFunction = integrationType === 'AWS_PROXY' && integrationSubtype === undefined;
  const versions = isFunction ? ['1.0', '2.0'] : ['1.0'];
  if (versions.includes(payloadFormatVersion)) return;
  throw badRequest(`PayloadFormatVersion is "${payloadFormatVersion}"; expected "${versions.join('" or "')}".`);
}

function checkKeys(member: string, parameters: Readonly<Record<string, string>> = {}, pattern: RegExp): void {
  const wrong = Object.keys(parameters).find((key) => !pattern.test(key));
  if (wrong === undefined) return;
  throw badRequest(
    `${member} has the key "${wrong.slice(0, 200)}"; expected {append|overwrite|remove}:{place}.{name}.`,
  );
}
