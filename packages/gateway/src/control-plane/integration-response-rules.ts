import type { IntegrationResponse } from '../model/resources.ts';
import { withValues } from './members.ts';
import { badRequest } from './refuse.ts';
import { checkSelectionExpression, checkTemplates } from './template-rules.ts';

/** The members of an integration response that a request sets. */
export type IntegrationResponseMembers = Partial<Omit<IntegrationResponse, 'integrationResponseId'>>;

/** CreateIntegrationResponse, "responseParameters"; the developer guide also writes `route.response.header`. */
const parameterKey = /^(method|route)\.response\.header\.[^\s]+$/;
const parameterSource =
  /^(integration\.response\.(header|multivalueheader)\.[^\s]+|integration\.response\.body(\.[^\s]+)?|(context|stageVariables)\.[^\s]+|'[^']*')$/;

/**
 * Checks what no single member can tell.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeIntegrationResponse(
  members: IntegrationResponseMembers & Pick<IntegrationResponse, 'integrationResponseId'>,
): IntegrationResponse {
  const { integrationResponseKey, ...others } = withValues(members);
  if (integrationResponseKey === undefined) throw badRequest('IntegrationResponseKey is required.');
  checkKey(integrationResponseKey);
  checkParameters(others.responseParameters);
  checkSelectionExpression('TemplateSelectionExpression', others.templateSelectionExpression);
  checkTemplates('ResponseTemplates', others.responseTemplates);
  return { ...others, integrationResponseKey };
}

/** The developer guide, "Set up integration responses": the default key, or a regular expression between slashes. */
function checkKey(key: string): void {
  if (key === '$default') return;
  const pattern = /^\/(.+)\/$/.exec(key)?.[1];
  if (pattern !== undefined && isRegularExpression(pattern)) return;
  throw badRequest(
    `IntegrationResponseKey is "${key.slice(0, 200)}"; expected "$default" or a regular expression between slashes.`,
  );
}

/** Whether a pattern can be compiled. It is never matched here, so it cannot take long. */
export function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function checkParameters(parameters: IntegrationResponse['responseParameters'] = {}): void {
  for (const [key, value] of Object.entries(parameters)) {
    if (!parameterKey.test(key)) {
      throw badRequest(
        `ResponseParameters has the key "${key.slice(0, 200)}"; expected method.response.header.{name}.`,
      );
    }
    if (!parameterSource.test(value)) {
      throw badRequest(
        `ResponseParameters["${key}"] is "${value}"; expected integration.response.header.{name}, integration.response.body.{path}, context.{name}, stageVariables.{name} or a text in single quotes.`,
      );
    }
  }
}
