import { ServiceError } from '../api/errors.ts';
import type { Configuration, RouteRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Authorizer, Model, Route } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import { type ControlPlaneContext, type Handlers, notFound } from './context.ts';
import { type ConfigurationChange, changeConfiguration, requireApi } from './heads/change-api.ts';
import { readRecord, recordsOfPage } from './heads/records.ts';
import { completeHttpRoute } from './http-apis/route-rules.ts';
import { lookUp, mergeMap, without } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest } from './refuse.ts';
import { requireTypeBesideAuthorizer } from './route-authorization.ts';
import { completeRoute, type RouteMembers, type RouteSurroundings } from './route-rules.ts';

interface ApiInput {
  readonly apiId: string;
}

interface RouteInput extends ApiInput {
  readonly routeId: string;
}

export const routeHandlers: Handlers = {
  CreateRoute(context, { apiId, ...members }: ApiInput & RouteMembers & Pick<Route, 'routeKey'>) {
    return changeConfiguration(context, apiId, async (configuration, api) => {
      const complete = api.protocolType === 'HTTP' ? completeHttpRoute : completeRoute;
      requireRoom(context, 'routes', Object.keys(configuration.routes).length);
      const routeId = createIdentifier('route', (id) => Object.hasOwn(configuration.routes, id));
      const route = complete({ ...members, routeId }, await readSurroundings(context, configuration));
      await requireUniqueKey(context, configuration, route);
      return { ...putRoute(configuration, { route, routeResponses: {} }), result: route };
    });
  },

  async GetRoute(context, { apiId, routeId }: RouteInput) {
    const { configuration } = await requireApi(context, apiId);
    return (await readRoute(context, configuration, routeId)).route;
  },

  async GetRoutes(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/routes`, input);
    const { routes } = (await requireApi(context, apiId)).configuration;
    const records = await recordsOfPage<RouteRecord>(context, routes, page);
    return toPage(
      page,
      records.map(({ route }) => route),
      ({ routeId }) => routeId,
    );
  },

  UpdateRoute(context, { apiId, routeId, ...members }: RouteInput & RouteMembers) {
    return changeConfiguration(context, apiId, async (configuration, api) => {
      const complete = api.protocolType === 'HTTP' ? completeHttpRoute : completeRoute;
      const current = await readRoute(context, configuration, routeId);
      requireTypeBesideAuthorizer(members);
      requireKeyOfManaged(current.route, members);
      const requestParameters = mergeMap(current.route.requestParameters, members.requestParameters);
      const route = complete(
        {
          ...withAuthorization(current.route, members.authorizationType),
          ...members,
          ...(requestParameters ? { requestParameters } : {}),
        },
        await readSurroundings(context, configuration),
      );
      await requireUniqueKey(context, configuration, route);
      return { ...putRoute(configuration, { ...current, route }), result: route };
    });
  },

  DeleteRoute(context, { apiId, routeId }: RouteInput) {
    return changeConfiguration(context, apiId, ({ routes }) => {
      if (lookUp(routes, routeId) === undefined) throw notFound('Route');
      return { configuration: { routes: without(routes, routeId) }, result: undefined };
    });
  },

  DeleteRouteRequestParameter(
    context,
    { apiId, routeId, requestParameterKey }: RouteInput & { readonly requestParameterKey: string },
  ) {
    return changeConfiguration(context, apiId, async (configuration) => {
      const { route, routeResponses } = await readRoute(context, configuration, routeId);
      const { requestParameters = {}, ...members } = route;
      if (lookUp(requestParameters, requestParameterKey) === undefined) throw notFound('Request Parameter');
      const changed = { ...members, requestParameters: without(requestParameters, requestParameterKey) };
      return { ...putRoute(configuration, { route: changed, routeResponses }), result: undefined };
    });
  },
};

/** A route about to get another type of authorization: the scopes that only the former type had a use for go. */
function withAuthorization(route: Route, authorizationType: RouteMembers['authorizationType']): Route {
  if ((authorizationType ?? route.authorizationType) === 'JWT') return route;
  const { authorizationScopes: _scopes, ...others } = route;
  return others;
}

/** Route, "apiGatewayManaged": the key is of quick create, and changed where quick create is. */
function requireKeyOfManaged(
  { apiGatewayManaged, routeKey: current }: Route,
  { routeKey = current }: RouteMembers,
): void {
  if (!apiGatewayManaged || routeKey === current) return;
  throw badRequest('RouteKey of a route that quick create made cannot be changed by UpdateRoute; expected UpdateApi.');
}

/** The part of a configuration change that writes a route, with what stands below it. */
export function putRoute({ routes }: Configuration, record: RouteRecord): Omit<ConfigurationChange<never>, 'result'> {
  const object = toStoredObject(record);
  return { configuration: { routes: { ...routes, [record.route.routeId]: object.hash } }, objects: [object] };
}

/** @throws ServiceError `NotFoundException` */
export function readRoute(
  context: ControlPlaneContext,
  { routes }: Configuration,
  routeId: string,
): Promise<RouteRecord> {
  return readRecord(context, routes, routeId, 'Route');
}

/** What the routes of a configuration can name. */
export async function readSurroundings(
  context: ControlPlaneContext,
  { authorizers, integrations, models }: Configuration,
): Promise<RouteSurroundings> {
  const [knownModels, knownAuthorizers] = await Promise.all([
    context.records<Model>(Object.values(models)),
    context.records<Authorizer>(Object.values(authorizers)),
  ]);
  return {
    integrations,
    modelNames: new Set(knownModels.map(({ name }) => name)),
    authorizerTypes: new Map(
      knownAuthorizers.map(({ authorizerId, authorizerType }) => [authorizerId, authorizerType]),
    ),
  };
}

/** @throws ServiceError `ConflictException` when another route has the key. */
export async function requireUniqueKey(
  context: ControlPlaneContext,
  { routes }: Configuration,
  route: Route,
): Promise<void> {
  const records = await context.records<RouteRecord>(Object.values(routes));
  const other = records.find(
    (record) => record.route.routeKey === route.routeKey && record.route.routeId !== route.routeId,
  );
  if (!other) return;
  throw new ServiceError('ConflictException', `Route with key ${route.routeKey} already exists for this API`);
}
