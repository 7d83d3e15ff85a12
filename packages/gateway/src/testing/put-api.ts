import type { ApiHead, Configuration, IntegrationRecord, RouteRecord } from '../model/api-head.ts';
import type { Api, Integration, IntegrationResponse, Model, Route, Stage } from '../model/resources.ts';
import { apiKey, toStoredObject } from '../stores/api-heads.ts';
import type { Store, StoredObject } from '../stores/store.ts';

export interface RouteFixture extends Partial<Omit<Route, 'target'>> {
  readonly routeKey: string;
  readonly integration?: Partial<Integration>;
  /** integrationResponseKey → the rest of the integration response. */
  readonly integrationResponses?: Readonly<Record<string, Partial<IntegrationResponse>>>;
  readonly isTwoWay?: boolean;
}

export interface ApiFixture {
  readonly routes: readonly RouteFixture[];
  /** Default: one stage "dev" with the routes deployed. */
  readonly stages?: Readonly<Record<string, Partial<Stage>>>;
  /** As in the head; default none. */
  readonly stageIncarnations?: Readonly<Record<string, string>>;
  readonly api?: Partial<Api>;
  /** Name → schema. */
  readonly models?: Readonly<Record<string, object>>;
}

export const fixtureApiId = 'a1b2c3d4e5';
const createdDate = '2026-09-25T00:01:10Z';

/** Writes an API, deployed as "deploy1", the way the control plane would; an API of the same id is replaced. */
export async function putApi(store: Store, fixture: ApiFixture): Promise<void> {
  const objects: StoredObject[] = [];
  const put = (value: unknown): string => {
    const object = toStoredObject(value);
    objects.push(object);
    return object.hash;
  };
  const routes: Record<string, string> = {};
  const integrations: Record<string, string> = {};
  for (const [index, route] of fixture.routes.entries()) {
    if (route.integration)
      integrations[`integ${index}`] = put(
        integrationRecord(`integ${index}`, route.integration, route.integrationResponses),
      );
    routes[`route${index}`] = put(routeRecord(index, route));
  }
  const models = Object.entries(fixture.models ?? {}).map(([name, schema]): [string, string] => {
    const model: Model = { modelId: name, name, schema: JSON.stringify(schema) };
    return [name, put(model)];
  });
  const configuration: Configuration = {
    disableExecuteApiEndpoint: fixture.api?.disableExecuteApiEndpoint ?? false,
    routeSelectionExpression: fixture.api?.routeSelectionExpression ?? '$request.body.action',
    routes,
    integrations,
    models: Object.fromEntries(models),
    authorizers: {},
  };
  const head: ApiHead = {
    incarnation: fixture.api?.createdDate ?? createdDate,
    api: { ...defaultApi, ...fixture.api },
    configuration,
    deployed: { deploy1: put(configuration) },
    stages: Object.fromEntries(
      Object.entries(fixture.stages ?? { dev: {} }).map(([name, stage]) => [name, { ...defaultStage(name), ...stage }]),
    ),
    stageIncarnations: fixture.stageIncarnations ?? {},
  };
  const key = apiKey(head.api.apiId);
  const expectedRevision = (await store.head(key))?.revision ?? 0;
  await store.commit({ objects, heads: [{ key, expectedRevision, value: JSON.stringify(head) }] });
}

export async function deleteApi(store: Store, apiId: string = fixtureApiId): Promise<void> {
  const key = apiKey(apiId);
  const expectedRevision = (await store.head(key))?.revision ?? 0;
  await store.commit({ objects: [], heads: [{ key, expectedRevision }] });
}

const defaultApi: Api = {
  apiId: fixtureApiId,
  name: 'chat',
  protocolType: 'WEBSOCKET',
  routeSelectionExpression: '$request.body.action',
  apiKeySelectionExpression: '$request.header.x-api-key',
  createdDate,
  disableExecuteApiEndpoint: false,
  ipAddressType: 'ipv4',
};

function defaultStage(stageName: string): Stage {
  return {
    stageName,
    autoDeploy: false,
    createdDate,
    lastUpdatedDate: createdDate,
    defaultRouteSettings: {},
    deploymentId: 'deploy1',
    routeSettings: {},
    stageVariables: {},
    tags: {},
  };
}

function integrationRecord(
  integrationId: string,
  integration: Partial<Integration>,
  responses: RouteFixture['integrationResponses'] = {},
): IntegrationRecord {
  const integrationResponses = Object.entries(responses).map(([integrationResponseKey, response], index) => {
    const integrationResponseId = `response${index}`;
    return [integrationResponseId, { integrationResponseId, integrationResponseKey, ...response }] as const;
  });
  return {
    integration: {
      integrationId,
      integrationType: 'HTTP_PROXY',
      connectionType: 'INTERNET',
      passthroughBehavior: 'WHEN_NO_MATCH',
      payloadFormatVersion: '1.0',
      timeoutInMillis: 29_000,
      ...integration,
    },
    integrationResponses: Object.fromEntries(integrationResponses),
  };
}

function routeRecord(
  index: number,
  { integration, integrationResponses: _own, isTwoWay, ...route }: RouteFixture,
): RouteRecord {
  return {
    route: {
      routeId: `route${index}`,
      apiKeyRequired: false,
      authorizationType: 'NONE',
      ...(integration && { target: `integrations/integ${index}` }),
      ...route,
    },
    routeResponses: isTwoWay ? { response: { routeResponseId: 'response', routeResponseKey: '$default' } } : {},
  };
}
