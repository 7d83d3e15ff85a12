import type { Route } from '../../model/resources.ts';
import { withValues } from '../members.ts';
import { badRequest, refuseMembers } from '../refuse.ts';
import { requireAuthorizer, withoutUnaskedAuthorization } from '../route-authorization.ts';
import type { RouteMembers, RouteSurroundings } from '../route-rules.ts';
import { checkTarget } from '../route-target.ts';

/** Members of CreateRoute and UpdateRoute that are for WebSocket APIs. */
const webSocketMembers = [
  'modelSelectionExpression',
  'requestModels',
  'requestParameters',
  'routeResponseSelectionExpression',
];

/**
 * A route of an HTTP API: defaults filled in, and checked for what no single member can tell. See the developer guide,
 * "Create routes for HTTP APIs".
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeHttpRoute(
  members: RouteMembers & Pick<Route, 'routeId'>,
  surroundings: RouteSurroundings,
): Route {
  refuseMembers(members, webSocketMembers, 'HTTP');
  const { routeKey, ...others } = withValues(members);
  checkScopes(others);
  if (routeKey === undefined) throw badRequest('RouteKey is required.');
  const route = withoutUnaskedAuthorization({ apiKeyRequired: false, authorizationType: 'NONE', ...others, routeKey });
  if (route.apiKeyRequired) throw badRequest('ApiKeyRequired is true; expected false for HTTP protocol Apis.');
  checkKey(routeKey);
  checkTarget(route, surroundings);
  requireAuthorizer(route, surroundings.authorizerTypes);
  return route;
}

const methodAndPath = /^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/\S*)$/;
const segment = /^[^{}]*$|^\{[A-Za-z0-9._:-]+\}$/;
/** Takes the rest of the path, so it can only be last. */
const greedySegment = /^\{[A-Za-z0-9._:-]+\+\}$/;

function checkKey(routeKey: string): void {
  const segments = methodAndPath.exec(routeKey)?.[2]?.split('/');
  const isPath = segments?.every(
    (part, index) => segment.test(part) || (index === segments.length - 1 && greedySegment.test(part)),
  );
  if (routeKey === '$default' || isPath) return;
  throw badRequest(
    'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
  );
}

function checkScopes({ authorizationScopes = [], authorizationType }: RouteMembers): void {
  if (authorizationScopes.length === 0 || authorizationType === 'JWT') return;
  throw badRequest('AuthorizationScopes can be set only when AuthorizationType is "JWT".');
}
