import { ServiceError } from '../api/errors.ts';
import type { ApiHead, Configuration } from '../model/api-head.ts';
import type { Api } from '../model/resources.ts';
import { apiKey, readApiHead } from '../stores/api-heads.ts';
import type { StoredObject } from '../stores/store.ts';
import { deployAutomatically } from './auto-deploy.ts';
import { type ControlPlaneContext, notFound } from './context.ts';

/** What a change makes of an API, and what it answers the caller. */
export interface ApiChange<Result> {
  readonly head: ApiHead;
  /** The objects that the new head names and the old one did not. */
  readonly objects?: readonly StoredObject[];
  readonly result: Result;
}

/** How often a change is made again because another process changed the API meanwhile. */
const maximumAttempts = 8;

/**
 * Changes an API: reads its head, lets `change` decide, and commits by compare-and-set; when another writer was faster,
 * again from the start. Nothing is written when `change` throws, and all of it or nothing otherwise.
 *
 * @throws ServiceError `NotFoundException` for an unknown API; `ConflictException` when other writers keep being faster;
 * whatever `change` throws.
 */
export function changeApi<Result>(
  context: ControlPlaneContext,
  apiId: string,
  change: (head: ApiHead) => ApiChange<Result> | Promise<ApiChange<Result>>,
): Promise<Result> {
  return context.queue(apiId, async () => {
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      const current = await readApiHead(context.store, apiId);
      if (!current) throw notFound('API');
      const { head, objects = [], result } = await change(current.head);
      const { kind } = await context.store.commit({
        objects,
        heads: [{ key: apiKey(apiId), expectedRevision: current.revision, value: JSON.stringify(head) }],
      });
      if (kind === 'committed') return result;
    }
    throw concurrentModification();
  });
}

/** What a change makes of the draft configuration: the members that differ. */
export interface ConfigurationChange<Result> {
  readonly configuration: Partial<Configuration>;
  readonly objects?: readonly StoredObject[];
  readonly result: Result;
}

/** Changes the draft configuration of an API as {@link changeApi} does, and deploys it to stages that ask for that. */
export function changeConfiguration<Result>(
  context: ControlPlaneContext,
  apiId: string,
  change: (
    configuration: Configuration,
    api: Api,
  ) => ConfigurationChange<Result> | Promise<ConfigurationChange<Result>>,
): Promise<Result> {
  return changeApi(context, apiId, async (head) => {
    const { configuration, objects = [], result } = await change(head.configuration, head.api);
    const changed = { ...head, configuration: { ...head.configuration, ...configuration } };
    const deployed = deployAutomatically(context, changed);
    return { head: deployed.head, objects: [...objects, ...deployed.objects], result };
  });
}

/** @throws ServiceError `NotFoundException` */
export async function requireApi(context: ControlPlaneContext, apiId: string): Promise<ApiHead> {
  const current = await readApiHead(context.store, apiId);
  if (!current) throw notFound('API');
  return current.head;
}

/**
 * Creates an API, or replaces the one that has its id.
 *
 * @throws ServiceError `ConflictException` when other writers keep being faster.
 */
export function putApi(context: ControlPlaneContext, head: ApiHead): Promise<void> {
  return writeApi(context, head.api.apiId, () => JSON.stringify(head));
}

/** @throws ServiceError `NotFoundException`; `ConflictException` when other writers keep being faster. */
export function deleteApi(context: ControlPlaneContext, apiId: string): Promise<void> {
  return writeApi(context, apiId, (revision) => {
    if (revision === 0) throw notFound('API');
    return undefined;
  });
}

function writeApi(
  context: ControlPlaneContext,
  apiId: string,
  write: (revision: number) => string | undefined,
): Promise<void> {
  return context.queue(apiId, async () => {
    const key = apiKey(apiId);
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      const revision = (await context.store.head(key))?.revision ?? 0;
      const value = write(revision);
      const change = { key, expectedRevision: revision, ...(value === undefined ? {} : { value }) };
      if ((await context.store.commit({ objects: [], heads: [change] })).kind === 'committed') return;
    }
    throw concurrentModification();
  });
}

function concurrentModification(): ServiceError {
  return new ServiceError(
    'ConflictException',
    'Unable to complete operation due to concurrent modification. Please try again later.',
  );
}
