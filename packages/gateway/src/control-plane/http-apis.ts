import type { ApiHead, Configuration } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Api, Cors } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import type { StoredObject } from '../stores/store.ts';
import { deployAutomatically } from './auto-deploy.ts';
import { changeApi, requireApi } from './change-api.ts';
import { type ControlPlaneContext, type Handlers, timestamp } from './context.ts';
import { completeHttpIntegration } from './http-integration-rules.ts';
import { completeHttpRoute } from './http-route-rules.ts';
import { badRequest } from './refuse.ts';
import { completeStage } from './stage-rules.ts';

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

/** CreateApi's members that ask for an API that works at once. */
export interface QuickCreate {
  readonly target: string;
  /** Default `$default`. */
  readonly routeKey?: string | undefined;
  readonly credentialsArn?: string | undefined;
}

/**
 * CreateApi, "target": gives an HTTP API one integration, one route and a `$default` stage that deploys automatically, all
 * marked as managed by API Gateway.
 *
 * @throws ServiceError `BadRequestException`
 */
export async function quickCreate(
  context: ControlPlaneContext,
  head: ApiHead,
  { target, routeKey = '$default', credentialsArn }: QuickCreate,
): Promise<{ readonly head: ApiHead; readonly objects: readonly StoredObject[] }> {
  const isUrl = /^https?:\/\//.test(target);
  const integrationId = createIdentifier('integration', () => false);
  const integration = completeHttpIntegration({
    integrationId,
    apiGatewayManaged: true,
    integrationType: isUrl ? 'HTTP_PROXY' : 'AWS_PROXY',
    integrationUri: target,
    ...(isUrl ? { integrationMethod: 'ANY' } : { payloadFormatVersion: '2.0' }),
    ...(credentialsArn === undefined ? {} : { credentialsArn }),
  });
  const integrationObject = toStoredObject({ integration, integrationResponses: {} });
  const integrations = { [integrationId]: integrationObject.hash };
  const routeId = createIdentifier('route', () => false);
  const route = completeHttpRoute(
    { routeId, routeKey, apiGatewayManaged: true, target: `integrations/${integrationId}` },
    { integrations, authorizerTypes: new Map(), modelNames: new Set() },
  );
  const routeObject = toStoredObject({ route, routeResponses: {} });
  const configuration: Configuration = { ...head.configuration, integrations, routes: { [routeId]: routeObject.hash } };
  const changed = { ...head, configuration };
  const now = timestamp(context);
  const created = { stageName: '$default', createdDate: now, lastUpdatedDate: now, tags: {}, apiGatewayManaged: true };
  const stage = completeStage(context, created, { autoDeploy: true }, changed);
  const objects = [integrationObject, routeObject];
  return deployAutomatically(context, { ...changed, stages: { [stage.stageName]: stage } }, objects);
}
