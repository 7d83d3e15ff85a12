import { compileWholePattern } from '../integrations/template/whole-pattern.ts';
import { isRoleArn } from '../model/arn.ts';
import { functionUriForm, isFunctionUri } from '../model/integration-uri.ts';
import type { Api, Authorizer } from '../model/resources.ts';
import { checkHttpAuthorizer } from './http-apis/authorizer-rules.ts';
import { withValues } from './members.ts';
import { badRequest, refuseMembers } from './refuse.ts';

/** The members of an authorizer that a request sets. */
export type AuthorizerMembers = Partial<Omit<Authorizer, 'authorizerId'>>;

/** Members that are for HTTP APIs, in the order in which the service was observed to refuse them. */
const httpMembers = [
  'authorizerPayloadFormatVersion',
  'enableSimpleResponses',
  'authorizerResultTtlInSeconds',
  'jwtConfiguration',
];

const identitySource =
  /^(route\.request\.(querystring|header)\.[a-zA-Z0-9._-]+|stageVariables\.[a-zA-Z0-9._-]+|context\.[a-zA-Z0-9._-]+)$/;

/**
 * Checks what no single member can tell. The texts are those that were observed, except that about the URI.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeAuthorizer(
  members: AuthorizerMembers & Pick<Authorizer, 'authorizerId'>,
  protocolType: Api['protocolType'],
): Authorizer {
  const { identitySource: sources = [], name, authorizerType, ...others } = withValues(members);
  if (name === undefined) throw badRequest('Name is required.');
  if (authorizerType === undefined) throw badRequest('AuthorizerType is required.');
  const named = sources.flatMap(splitSources);
  const authorizer: Authorizer = {
    ...others,
    name,
    authorizerType,
    ...(named.length > 0 ? { identitySource: named } : {}),
  };
  if (protocolType === 'WEBSOCKET') checkWebSocketAuthorizer(authorizer);
  else checkHttpAuthorizer(authorizer);
  checkReferences(authorizer);
  return authorizer;
}

/** CreateAuthorizer, "identitySource": sources are separated by commas, in one item as well as in several. */
function splitSources(item: string): readonly string[] {
  return item.split(',').flatMap((source) => source.trim() || []);
}

function checkWebSocketAuthorizer(authorizer: Authorizer): void {
  const { authorizerType, identitySource: sources = [] } = authorizer;
  if (authorizerType !== 'REQUEST') {
    throw badRequest('Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.');
  }
  refuseMembers(authorizer, httpMembers);
  if (sources.every((source) => identitySource.test(source))) return;
  throw badRequest(
    `Invalid request identity source expression: ${sources.join(',')}. The sources must be separated by comma, and each source must be either a request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'`,
  );
}

function checkReferences({
  authorizerCredentialsArn,
  authorizerType,
  authorizerUri,
  identityValidationExpression,
}: Authorizer): void {
  if (
    identityValidationExpression !== undefined &&
    compileWholePattern(identityValidationExpression).kind === 'invalid'
  ) {
    throw badRequest(`Invalid validation expression: ${identityValidationExpression}`);
  }
  if (authorizerCredentialsArn !== undefined && !isRoleArn(authorizerCredentialsArn))
    throw badRequest('Invalid role ARN');
  if (authorizerType !== 'REQUEST') return;
  if (authorizerUri !== undefined && isFunctionUri(authorizerUri)) return;
  throw badRequest(
    `AuthorizerUri is ${authorizerUri === undefined ? 'missing' : `"${authorizerUri}"`}; expected ${functionUriForm}.`,
  );
}
