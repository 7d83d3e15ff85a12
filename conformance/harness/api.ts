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
  const { apiId = '', apiEndpoint = '' } = await create(gateway, '/v2/apis', {
    name: 'conformance',
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
  const api = `/v2/apis/${apiId}`;
  for (const [name, schema] of Object.entries(description.models ?? {})) {
    await create(gateway, `${api}/models`, { name, schema: JSON.stringify(schema), contentType: 'application/json' });
  }
  for (const route of description.routes) await createRoute(gateway, api, route);
  const { deploymentId } = await create(gateway, `${api}/deployments`, {});
  const stageVariables = description.stageVariables ?? {};
  await create(gateway, `${api}/stages`, { stageName: 'test', deploymentId, stageVariables });
  return { apiId, endpoint: `${apiEndpoint}/test` };
}

async function createRoute(
  gateway: string,
  api: string,
  { routeKey, route, integration, integrationResponses = {}, isTwoWay = true }: RouteDescription,
): Promise<void> {
  const { integrationId } = await create(gateway, `${api}/integrations`, integration);
  for (const [integrationResponseKey, members] of Object.entries(integrationResponses)) {
    await create(gateway, `${api}/integrations/${integrationId}/integrationresponses`, {
      integrationResponseKey,
      ...members,
    });
  }
  const target = `integrations/${integrationId}`;
  const { routeId } = await create(gateway, `${api}/routes`, { routeKey, target, ...route });
  if (isTwoWay) await create(gateway, `${api}/routes/${routeId}/routeresponses`, { routeResponseKey: '$default' });
}

/** @throws Error with the answer of the control plane when it is not 201. */
async function create(gateway: string, path: string, body: object): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(gateway + path, {
    method: 'POST',
    // Connections that were kept would be among those that a test counts.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(`POST ${path} was answered with ${response.status}: ${answer}`);
  return JSON.parse(answer) as Record<string, string>;
}
