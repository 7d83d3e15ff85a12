import type { Api, Cors } from '../../model/resources.ts';
import type { Handlers } from '../context.ts';
import { changeApi, requireApi } from '../heads/change-api.ts';
import { badRequest } from '../refuse.ts';

interface ApiInput {
  readonly apiId: string;
}

/** Operations that exist for HTTP APIs alone. */
export const httpApiHandlers: Handlers = {
  DeleteCorsConfiguration(context, { apiId }: ApiInput) {
    return changeApi(context, apiId, (head) => {
      const { corsConfiguration: _removed, ...api } = head.api;
      return { head: { ...head, api }, result: undefined };
    });
  },

  async ImportApi() {
    throw badRequest('ImportApi is not served: OpenAPI descriptions are not imported here.');
  },

  async ReimportApi(context, { apiId }: ApiInput) {
    await requireApi(context, apiId);
    throw badRequest('ReimportApi is not served: OpenAPI descriptions are not imported here.');
  },

  async ExportApi(context, { apiId }: ApiInput) {
    await requireApi(context, apiId);
    throw badRequest('ExportApi is not served: OpenAPI descriptions are not exported here.');
  },
};

/** Of every HTTP API that does not say: as answers of the service have it. */
export const httpRouteSelectionExpression = '$request.method $request.path';

/** The one expression there is for HTTP APIs, as tools spell it and as the API reference does (CreateApi, "routeSelectionExpression"). */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
const httpRouteSelectionExpressions = [httpRouteSelectionExpression, '${request.method} ${request.path}'];

/** @throws ServiceError `BadRequestException` when an HTTP API's members do not go together. */
export function checkHttpApi({ corsConfiguration, routeSelectionExpression }: Api): void {
  if (!httpRouteSelectionExpressions.includes(routeSelectionExpression)) {
    throw badRequest(
      `RouteSelectionExpression is "${routeSelectionExpression}"; expected "${httpRouteSelectionExpressions.join('" or "')}" for HTTP protocol Apis.`,
    );
  }
  if (corsConfiguration) checkCors(corsConfiguration);
}

/** The developer guide, "Configure CORS for HTTP APIs". */
function checkCors({ allowCredentials, allowHeaders, allowMethods, allowOrigins, exposeHeaders }: Cors): void {
  if (!allowCredentials) return;
  const [member] =
    Object.entries({ allowHeaders, allowMethods, allowOrigins, exposeHeaders }).find(([, list]) =>
      list?.includes('*'),
    ) ?? [];
  if (member === undefined) return;
  throw badRequest(`CorsConfiguration.${member} has "*", which cannot be when allowCredentials is true.`);
}
