import { compileWholePattern } from '../integrations/template/whole-pattern.ts';
import type { IntegrationResponse } from '../model/resources.ts';
import { parseResponseParameterMapping } from '../model/response-parameter-mapping.ts';
import { withValues } from './members.ts';
import { badRequest } from './refuse.ts';
import { checkSelectionExpression, checkTemplates } from './template-rules.ts';

/** The members of an integration response that a request sets. */
export type IntegrationResponseMembers = Partial<Omit<IntegrationResponse, 'integrationResponseId'>>;

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
  if (pattern !== undefined && compileWholePattern(pattern).kind === 'pattern') return;
  throw badRequest(
    `IntegrationResponseKey is "${key.slice(0, 200)}"; expected "$default" or a regular expression between slashes.`,
  );
}

function checkParameters(parameters: IntegrationResponse['responseParameters'] = {}): void {
  for (const [key, value] of Object.entries(parameters)) {
    const parsed = parseResponseParameterMapping(key, value);
    if (parsed.kind === 'invalid') throw badRequest(parsed.message);
  }
}
