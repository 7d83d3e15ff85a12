import { ServiceError } from '../api/errors.ts';
import type { RouteRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { RouteResponse } from '../model/resources.ts';
import { type Handlers, notFound } from './context.ts';
import { changeConfiguration, requireApi } from './heads/change-api.ts';
import { lookUp, mergeMap, without, withValues } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { badRequest, requireWebSocketApi } from './refuse.ts';
import { putRoute, readRoute } from './routes.ts';

interface RouteInput {
  readonly apiId: string;
  readonly routeId: string;
}

interface RouteResponseInput extends RouteInput {
  readonly routeResponseId: string;
}

type WritableMembers = Partial<Omit<RouteResponse, 'routeResponseId'>>;

export const routeResponseHandlers: Handlers = {
  CreateRouteResponse(
    context,
    { apiId, routeId, ...members }: RouteInput & WritableMembers & Pick<RouteResponse, 'routeResponseKey'>,
  ) {
    return changeConfiguration(context, apiId, async (configuration, api) => {
      requireWebSocketApi(api, 'Route responses');
      const record = await readRoute(context, configuration, routeId);
      const routeResponseId = createIdentifier('routeResponse', (id) => Object.hasOwn(record.routeResponses, id));
      const routeResponse = completeRouteResponse({ ...members, routeResponseId }, record);
      return { ...putRoute(configuration, putRouteResponse(record, routeResponse)), result: routeResponse };
    });
  },

  async GetRouteResponse(context, { apiId, routeId, routeResponseId }: RouteResponseInput) {
    const { configuration } = await requireApi(context, apiId);
    return findRouteResponse(await readRoute(context, configuration, routeId), routeResponseId);
  },

  async GetRouteResponses(context, { apiId, routeId, ...input }: RouteInput & PageInput) {
    const page = readPage(`apis/${apiId}/routes/${routeId}/routeresponses`, input);
    const { configuration } = await requireApi(context, apiId);
    const { routeResponses } = await readRoute(context, configuration, routeId);
    const found = idsOfPage(routeResponses, page).flatMap((id) => routeResponses[id] ?? []);
    return toPage(page, found, ({ routeResponseId }) => routeResponseId);
  },

  UpdateRouteResponse(context, { apiId, routeId, routeResponseId, ...members }: RouteResponseInput & WritableMembers) {
    return changeConfiguration(context, apiId, async (configuration) => {
      const record = await readRoute(context, configuration, routeId);
      const current = findRouteResponse(record, routeResponseId);
      const responseParameters = mergeMap(current.responseParameters, members.responseParameters);
      const routeResponse = completeRouteResponse(
        { ...current, ...members, ...(responseParameters ? { responseParameters } : {}) },
        record,
      );
      return { ...putRoute(configuration, putRouteResponse(record, routeResponse)), result: routeResponse };
    });
  },

  DeleteRouteResponse(context, { apiId, routeId, routeResponseId }: RouteResponseInput) {
    return changeConfiguration(context, apiId, async (configuration) => {
      const record = await readRoute(context, configuration, routeId);
      findRouteResponse(record, routeResponseId);
      const routeResponses = without(record.routeResponses, routeResponseId);
      return { ...putRoute(configuration, { ...record, routeResponses }), result: undefined };
    });
  },
};

/** The developer guide, "Set up route responses": `$default` is the only key. */
function completeRouteResponse(
  members: WritableMembers & Pick<RouteResponse, 'routeResponseId'>,
  { routeResponses }: RouteRecord,
): RouteResponse {
  const { routeResponseKey, ...others } = withValues(members);
  if (routeResponseKey !== '$default') {
    throw badRequest(`RouteResponseKey is "${routeResponseKey}"; expected "$default".`);
  }
  if (Object.keys(routeResponses).some((id) => id !== members.routeResponseId)) {
    throw new ServiceError('ConflictException', 'Route Response with key $default already exists for this Route');
  }
  return { ...others, routeResponseKey };
}

function putRouteResponse(record: RouteRecord, routeResponse: RouteResponse): RouteRecord {
  return {
    ...record,
    routeResponses: { ...record.routeResponses, [routeResponse.routeResponseId]: routeResponse },
  };
}

function findRouteResponse({ routeResponses }: RouteRecord, routeResponseId: string): RouteResponse {
  const routeResponse = lookUp(routeResponses, routeResponseId);
  if (!routeResponse) throw notFound('Route Response');
  return routeResponse;
}
