import type { ApiHead, ContentHash } from '../../model/api-head.ts';
import type { Api, Model } from '../../model/resources.ts';
import type { StoredObject } from '../../stores/store.ts';
import type { ControlPlaneContext } from '../context.ts';

/** The refusals of an API without routes, as the service was observed to word them. */
const noRoutes: Readonly<Record<Api['protocolType'], string>> = {
  WEBSOCKET: 'At least one route is required before deploying the Api',
  HTTP: 'Unable to deploy API because no routes exist in this API',
};

/**
 * Why the draft configuration of an API cannot be deployed; `undefined` when it can. Models are looked at unless the API asks
 * otherwise: CreateApi, "disableSchemaValidation". `objects` are those that the head names and the store does not have yet.
 */
export async function findDeploymentProblem(
  context: ControlPlaneContext,
  { api, configuration }: ApiHead,
  objects: readonly StoredObject[] = [],
): Promise<string | undefined> {
  if (Object.keys(configuration.routes).length === 0) return noRoutes[api.protocolType];
  const hashes = Object.values(configuration.models);
  if (api.disableSchemaValidation || hashes.length === 0) return undefined;
  return context.modelVerdicts(api.apiId, await readModels(context, hashes, objects));
}

async function readModels(
  context: ControlPlaneContext,
  hashes: readonly ContentHash[],
  objects: readonly StoredObject[],
): Promise<ReadonlyMap<ContentHash, Model>> {
  const unsaved = new Map(objects.map(({ hash, value }) => [hash, value]));
  const saved = hashes.filter((hash) => !unsaved.has(hash));
  const records = await context.records<Model>(saved);
  const models = new Map(saved.flatMap((hash, index) => (records[index] ? [[hash, records[index]]] : [])));
  for (const hash of hashes) {
    const text = unsaved.get(hash);
    if (text !== undefined) models.set(hash, JSON.parse(text) as Model);
  }
  return models;
}
