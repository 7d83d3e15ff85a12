import type { Configuration } from '../model/api-head.ts';
import type { Authorizer, Route } from '../model/resources.ts';
import { withValues } from './members.ts';
import { badRequest, refuseMembers } from './refuse.ts';
import { requireAuthorizer, withoutUnaskedAuthorization } from './route-authorization.ts';
import { checkTarget } from './route-target.ts';
import { checkSelectionExpression } from './template-rules.ts';

/** The members of a route that a request sets. */
export type RouteMembers = Partial<Omit<Route, 'routeId'>>;

/** What of an API a route can name. */
export interface RouteSurroundings extends Pick<Configuration, 'integrations'> {
  /** authorizerId → type. */
  readonly authorizerTypes: ReadonlyMap<string, Authorizer['authorizerType']>;
  readonly modelNames: ReadonlySet<string>;
}

const predefinedKeys = ['$connect', '$disconnect', '$default'];

/**
 * Fills defaults in and checks what no single member can tell.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeRoute(members: RouteMembers & Pick<Route, 'routeId'>, surroundings: RouteSurroundings): Route {
  refuseMembers(members, ['authorizationScopes']);
  const { routeKey, ...others } = withValues(members);
  if (routeKey === undefined) throw badRequest('RouteKey is required.');
  const route = withoutUnaskedAuthorization({ apiKeyRequired: false, authorizationType: 'NONE', ...others, routeKey });
  checkKey(route);
  checkTarget(route, surroundings);
  checkAuthorization(route, surroundings);
  checkSelections(route);
  checkModels(route, surroundings);
  return route;
}

/** The developer guide, "Create routes for WebSocket APIs": keys with a dollar sign are reserved. */
function checkKey({ routeKey }: Route): void {
  if (!routeKey.startsWith('$') || predefinedKeys.includes(routeKey)) return;
  throw badRequest('The provided route key is not formatted properly');
}

function checkAuthorization(route: Route, { authorizerTypes }: RouteSurroundings): void {
  const { authorizationType, routeKey } = route;
  if (authorizationType !== 'NONE' && routeKey !== '$connect') {
    throw badRequest('Currently, authorization is restricted to the $connect route only');
  }
  if (authorizationType === 'JWT') {
    throw badRequest('AuthorizationType is "JWT"; expected one of NONE, AWS_IAM, CUSTOM for WEBSOCKET protocol Apis.');
  }
  requireAuthorizer(route, authorizerTypes);
}

function checkSelections({
  modelSelectionExpression,
  requestParameters = {},
  routeResponseSelectionExpression,
}: Route): void {
  if (routeResponseSelectionExpression !== undefined && routeResponseSelectionExpression !== '$default') {
    throw badRequest(`RouteResponseSelectionExpression is "${routeResponseSelectionExpression}"; expected "$default".`);
  }
  checkSelectionExpression('ModelSelectionExpression', modelSelectionExpression);
  for (const key of Object.keys(requestParameters)) {
    if (/^route\.request\.(querystring|header)\.[^\s]+$/.test(key)) continue;
    throw badRequest(
      `RequestParameters has the key "${key.slice(0, 200)}"; expected route.request.{querystring|header}.{name}.`,
    );
  }
}

function checkModels({ requestModels = {} }: Route, { modelNames }: RouteSurroundings): void {
  const unknown = Object.values(requestModels).find((model) => !modelNames.has(model));
  if (unknown === undefined) return;
  throw badRequest(`RequestModels names the model "${unknown}"; expected the name of a model of this API.`);
}
