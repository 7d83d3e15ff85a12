import type { ApiHead, DeploymentRecord } from '../../model/api-head.ts';
import type { Stage } from '../../model/resources.ts';
import { deploymentKey, deploymentsKeyPrefix } from '../../stores/deployment-heads.ts';
import { readAllHeads } from '../../stores/read-heads.ts';
import type { HeadChange } from '../../stores/store.ts';
import { type ControlPlaneContext, notFound } from '../context.ts';

interface RevisedDeployment {
  readonly revision: number;
  readonly value: DeploymentRecord;
}

/** @throws ServiceError `NotFoundException` */
export async function requireDeployment(
  context: ControlPlaneContext,
  apiId: string,
  deploymentId: string,
): Promise<RevisedDeployment> {
  const found = await context.heads.read<DeploymentRecord>(deploymentKey(apiId, deploymentId));
  if (!found) throw notFound('Deployment');
  return found;
}

/** An API with other stages, which use deployments of its former ones and, at most, one other. */
export function withStages(head: ApiHead, stages: ApiHead['stages'], other?: DeploymentRecord): ApiHead {
  const known = { ...head.deployed, ...(other && { [other.deployment.deploymentId]: other.configuration }) };
  const inUse = new Set(Object.values(stages).map(({ deploymentId }) => deploymentId));
  return { ...head, stages, deployed: Object.fromEntries(Object.entries(known).filter(([id]) => inUse.has(id))) };
}

/** Deletes the automatic deployments among those that stages used, and that no stage of `head` uses any more. */
export async function dropSuperseded(
  context: ControlPlaneContext,
  { api, deployed }: ApiHead,
  former: readonly Stage[],
): Promise<readonly HeadChange[]> {
  const ids = new Set(former.flatMap(({ deploymentId }) => deploymentId ?? []));
  const superseded = [...ids].filter((id) => !Object.hasOwn(deployed, id));
  const deletions = superseded.map(async (id): Promise<readonly HeadChange[]> => {
    const key = deploymentKey(api.apiId, id);
    const found = await context.heads.read<DeploymentRecord>(key);
    return found?.value.deployment.autoDeployed ? [{ key, expectedRevision: found.revision }] : [];
  });
  return (await Promise.all(deletions)).flat();
}

/**
 * Deletes all automatic deployments that no stage of an API uses. It looks at every deployment, for when a stage begins to deploy
 * automatically: {@link dropSuperseded} knows none that a stage left for one made by hand.
 */
export async function dropUnused(
  { store }: ControlPlaneContext,
  { api, deployed }: ApiHead,
): Promise<readonly HeadChange[]> {
  const heads = await readAllHeads(store, deploymentsKeyPrefix(api.apiId));
  return heads.flatMap(({ key, revision, value }) => {
    const { deployment } = JSON.parse(value) as DeploymentRecord;
    const isKept = !deployment.autoDeployed || Object.hasOwn(deployed, deployment.deploymentId);
    return isKept ? [] : [{ key, expectedRevision: revision }];
  });
}

/** Deletes all deployments of an API. */
export async function dropDeployments({ store }: ControlPlaneContext, apiId: string): Promise<readonly HeadChange[]> {
  const heads = await readAllHeads(store, deploymentsKeyPrefix(apiId));
  return heads.map(({ key, revision }) => ({ key, expectedRevision: revision }));
}
