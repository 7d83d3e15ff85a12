import { call, createApi } from './control-plane.ts';

/** A route with its integration, as the control plane takes them. */
export interface RouteDescription {
  readonly routeKey: string;
  /** Members of CreateRoute. */
  readonly route?: Readonly<Record<string, unknown>>;
  /** Members of CreateIntegration. */
  readonly integration: Readonly<Record<string, unknown>>;
  /** integrationResponseKey → further members of CreateIntegrationResponse. */
  readonly integrationResponses?: Readonly<Record<string, object>>;
  /** Whether the route has the response `$default`. Default true. */
  readonly isTwoWay?: boolean;
}

export interface ApiDescription {
  readonly routes: readonly RouteDescription[];
  /** Name → schema. */
  readonly models?: Readonly<Record<string, object>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

export interface DeployedApi {
  readonly apiId: string;
  /** Of the stage "test". */
  readonly endpoint: string;
}

/** Makes an API through the control plane of a gateway and deploys it to the stage "test". */
export async function deployApi(gateway: string, description: ApiDescription): Promise<DeployedApi> {
  const { apiId, apiEndpoint } = await createApi(gateway);
  const api = `/v2/apis/${apiId}`;
  for (const [name, schema] of Object.entries(description.models ?? {})) {
    await call(gateway, 'POST', `${api}/models`, {
      name,
      schema: JSON.stringify(schema),
      contentType: 'application/json',
    });
  }
  for (const route of description.routes) await createRoute(gateway, api, route);
  const { deploymentId } = await call(gateway, 'POST', `${api}/deployments`, {});
  const stageVariables = description.stageVariables ?? {};
  await call(gateway, 'POST', `${api}/stages`, { stageName: 'test', deploymentId, stageVariables });
  return { apiId, endpoint: `${apiEndpoint}/test` };
}

async function createRoute(
  gateway: string,
  api: string,
  { routeKey, route, integration, integrationResponses = {}, isTwoWay = true }: RouteDescription,
): Promise<void> {
  const { integrationId } = await call(gateway, 'POST', `${api}/integrations`, integration);
  for (const [integrationResponseKey, members] of Object.entries(integrationResponses)) {
    await call(gateway, 'POST', `${api}/integrations/${integrationId}/integrationresponses`, {
      integrationResponseKey,
      ...members,
    });
  }
  const target = `integrations/${integrationId}`;
  const { routeId } = await call(gateway, 'POST', `${api}/routes`, { routeKey, target, ...route });
  if (isTwoWay)
    await call(gateway, 'POST', `${api}/routes/${routeId}/routeresponses`, { routeResponseKey: '$default' });
}
