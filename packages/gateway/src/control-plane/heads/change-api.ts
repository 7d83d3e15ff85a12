import type { ApiHead, Configuration } from '../../model/api-head.ts';
import type { Api } from '../../model/resources.ts';
import { apiKey, type RevisedApiHead } from '../../stores/api-heads.ts';
import type { HeadChange, StoredObject } from '../../stores/store.ts';
import { type ControlPlaneContext, notFound } from '../context.ts';
import { deployAutomatically } from '../deploying/auto-deploy.ts';
import { dropDeployments } from '../deploying/deployment-records.ts';
import { changeHead } from './change-head.ts';

/** What a change makes of an API, and what it answers the caller. */
export interface ApiChange<Result> {
  readonly head: ApiHead;
  /** The objects that the new head names and the old one did not. */
  readonly objects?: readonly StoredObject[];
  /** What changes of its deployments. */
  readonly others?: readonly HeadChange[];
  readonly result: Result;
}

/**
 * Changes an API as {@link changeHead} does.
 *
 * @throws ServiceError `NotFoundException` for an unknown API; `ConflictException` when other writers keep being faster;
 * whatever `change` throws.
 */
export function changeApi<Result>(
  context: ControlPlaneContext,
  apiId: string,
  change: (head: ApiHead) => ApiChange<Result> | Promise<ApiChange<Result>>,
): Promise<Result> {
  return changeHead<ApiHead, Result>(context, apiKey(apiId), async (current) => {
    if (!current) throw notFound('API');
    const { head, ...changed } = await change(current);
    return { ...changed, value: head };
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
    return { ...(await deployAutomatically(context, changed, objects)), result };
  });
}

/** @throws ServiceError `NotFoundException` */
export async function requireApi(context: ControlPlaneContext, apiId: string): Promise<ApiHead> {
  const current = await context.heads.read<ApiHead>(apiKey(apiId));
  if (!current) throw notFound('API');
  return current.value;
}

/**
 * Creates an API, or replaces the one that has its id.
 *
 * @throws ServiceError `ConflictException` when other writers keep being faster.
 */
export function putApi(
  context: ControlPlaneContext,
  { head, objects, others }: Omit<Required<ApiChange<void>>, 'result'>,
): Promise<void> {
  const { apiId } = head.api;
  return changeHead<ApiHead, void>(context, apiKey(apiId), async (current) => ({
    value: head,
    objects,
    others: [...(current ? await dropDeployments(context, apiId) : []), ...others],
    result: undefined,
  }));
}

/**
 * Deletes an API, unless `check` refuses it, which looks at what the API's head does not tell.
 *
 * @throws ServiceError `NotFoundException`; `ConflictException` when other writers keep being faster; whatever `check` throws.
 */
export function deleteApi(context: ControlPlaneContext, apiId: string, check: () => Promise<void>): Promise<void> {
  return changeHead<ApiHead, void>(context, apiKey(apiId), async (current) => {
    if (!current) throw notFound('API');
    await check();
    return { value: undefined, others: await dropDeployments(context, apiId), result: undefined };
  });
}

/** Writes an API as it is, for a commit that must not go through when another changes or deletes the API meanwhile. */
export function holdApi({ head, revision }: RevisedApiHead): HeadChange {
  return { key: apiKey(head.api.apiId), expectedRevision: revision, value: JSON.stringify(head) };
}
