import { bad, both, long, type RefusalRow, refused } from './refusal.ts';

const custom = { RouteKey: '$connect', AuthorizationType: 'CUSTOM' };

const noAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';

const noJwtAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.';

export const badAuthorizations: readonly RefusalRow[] = [
  bad('CreateRoute', { ...custom }, noAuthorizer),
  bad('CreateRoute', { ...custom, AuthorizerId: 'none' }, noAuthorizer),
  refused(
    400,
    'UpdateRoute',
    ({ ConnectRouteId }) => ({ ...custom, RouteId: ConnectRouteId, AuthorizerId: 'none' }),
    noAuthorizer,
  ),
  refused(
    400,
    'UpdateRoute',
    ({ ConnectRouteId, AuthorizerId }) => ({ RouteId: ConnectRouteId, RouteKey: '$connect', AuthorizerId }),
    'Unable to update route. Authorizer type is invalid or null.',
  ),
  refused(
    400,
    'CreateRoute',
    ({ HttpApiId }) => ({ ApiId: HttpApiId, RouteKey: 'GET /a', AuthorizationType: 'JWT', AuthorizerId: 'none' }),
    noJwtAuthorizer,
  ),
];

export const badRoutes: readonly RefusalRow[] = [
  bad('CreateRoute', { RouteKey: undefined }, /"routeKey" is required/i),
  ...both('Route', { RouteKey: '' }, /routeKey/i),
  ...both('Route', { RouteKey: '$join' }, 'The provided route key is not formatted properly'),
  ...both('Route', { Target: 'integrations/none' }, /integrations\/none/),
  ...both('Route', { Target: 'none' }, /target.*none/i),
  ...both(
    'Route',
    { AuthorizationType: 'AWS_IAM' },
    'Currently, authorization is restricted to the $connect route only',
  ),
  bad('UpdateRoute', { RouteKey: '$disconnect', AuthorizationType: 'JWT' }, /authorization/i),
  ...both('Route', { AuthorizationType: 'BASIC' }, /authorizationType.*BASIC/i),
  ...both('Route', { OperationName: long(65) }, /operationName.*65/i),
  ...both('Route', { RequestModels: { $default: 'Unknown' } }, /Unknown/),
  ...both('Route', { RequestParameters: { name: { Required: true } } }, /"name"/),
  ...both('Route', { RouteResponseSelectionExpression: '$request.body.a' }, /routeResponseSelectionExpression/i),
  ...both('Route', { AuthorizationScopes: ['a'] }, /AuthorizationScopes cannot be set for WEBSOCKET/),
  ...both('RouteResponse', { RouteResponseKey: 'other' }, /routeResponseKey.*other/i),
  ...both('RouteResponse', { ResponseModels: { a: long(129) } }, /responseModels.*129/i),
  bad('CreateRouteResponse', { RouteResponseKey: undefined }, /"routeResponseKey" is required/i),
  ...both('Model', { Name: 'No name' }, /name.*No name/i),
  ...both('Model', { Schema: '{' }, /schema/i),
  ...both('Model', { Schema: '{"type":"strange"}' }, /schema/i),
  ...both('Model', { Schema: long(32_769) }, /schema.*32769/i),
  ...both('Model', { ContentType: long(257) }, /contentType.*257/i),
  bad('CreateModel', { Schema: undefined }, /"schema" is required/i),
];
