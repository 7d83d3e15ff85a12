import type { Authorizer, Route } from '../model/resources.ts';
import { badRequest } from './refuse.ts';

type Authorization = Pick<Route, 'authorizationType' | 'authorizerId'>;

/**
 * A route as it is kept, without scopes and an authorizer that its type of authorization does not ask. One with such an
 * authorizer was reported to be accepted, and to be given back without.
 */
export function withoutUnaskedAuthorization(route: Route): Route {
  if (route.authorizationType === 'JWT') return route;
  const { authorizationScopes: _unasked, authorizerId, ...others } = route;
  return route.authorizationType === 'CUSTOM' && authorizerId !== undefined ? { ...others, authorizerId } : others;
}

/** What kind of authorizer a type of authorization asks, and the service's words when a route names no such one. */
const asked: Readonly<Partial<Record<Route['authorizationType'], [Authorizer['authorizerType'], string]>>> = {
  CUSTOM: ['REQUEST', 'CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.'],
  JWT: ['JWT', 'JWT requires a valid JWT authorizer.'],
};

/** @throws ServiceError `BadRequestException` when a route's authorizer is missing, unknown or of another type. */
export function requireAuthorizer(
  { authorizationType, authorizerId = '' }: Authorization,
  authorizerTypes: ReadonlyMap<string, Authorizer['authorizerType']>,
): void {
  const [type, expectation] = asked[authorizationType] ?? [];
  if (type === undefined || authorizerTypes.get(authorizerId) === type) return;
  throw badRequest(`Invalid authorizer ID specified. Setting the authorization type to ${expectation}`);
}

/**
 * UpdateRoute was observed to want the type beside every other authorizer, also where it stays what it is.
 *
 * @throws ServiceError `BadRequestException`
 */
export function requireTypeBesideAuthorizer({ authorizationType, authorizerId = '' }: Partial<Authorization>): void {
  if (authorizerId === '' || authorizationType !== undefined) return;
  throw badRequest('Unable to update route. Authorizer type is invalid or null.');
}
