import type { ApiHead } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Deployment, Stage } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import type { StoredObject } from '../stores/store.ts';
import { type ControlPlaneContext, timestamp } from './context.ts';
import { findDeploymentProblem } from './deployable.ts';

export interface Deployed {
  readonly head: ApiHead;
  readonly objects: readonly StoredObject[];
  readonly deployment: Deployment;
}

/** Snapshots the draft configuration as a new deployment, which no stage uses yet. */
export function addDeployment(
  context: ControlPlaneContext,
  head: ApiHead,
  members: Pick<Deployment, 'autoDeployed' | 'description'>,
): Deployed {
  const snapshot = toStoredObject(head.configuration);
  const deployment: Deployment = {
    ...members,
    deploymentId: createIdentifier('deployment', (id) => Object.hasOwn(head.deployments, id)),
    createdDate: timestamp(context),
    deploymentStatus: 'DEPLOYED',
  };
  const record = { deployment, configuration: snapshot.hash };
  return {
    head: { ...head, deployments: { ...head.deployments, [deployment.deploymentId]: record } },
    objects: [snapshot],
    deployment,
  };
}

/**
 * Deploys the draft configuration to every stage with `autoDeploy`, or to those of `stages` alone. When it cannot be deployed, those stages keep what they
 * have and say why. The automatic deployment that this one supersedes is dropped unless a stage still uses it.
 *
 * `objects` are those that the head names and the store does not have yet; the result has them too.
 */
export async function deployAutomatically(
  context: ControlPlaneContext,
  head: ApiHead,
  objects: readonly StoredObject[] = [],
  stages: readonly Stage[] = Object.values(head.stages).filter(({ autoDeploy }) => autoDeploy),
): Promise<Omit<Deployed, 'deployment'>> {
  if (stages.length === 0) return { head, objects };
  const problem = await findDeploymentProblem(context, head, objects);
  if (problem !== undefined) {
    const message = `Deployment attempt failed: ${problem}`;
    return { head: putStages(context, head, stages, { lastDeploymentStatusMessage: message }), objects };
  }
  const added = addDeployment(context, head, {
    autoDeployed: true,
    description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  const { deploymentId } = added.deployment;
  const lastDeploymentStatusMessage = `Successfully deployed stage with deployment ID '${deploymentId}'`;
  const deployed = putStages(context, added.head, stages, { deploymentId, lastDeploymentStatusMessage });
  return { head: dropSuperseded(deployed), objects: [...objects, ...added.objects] };
}

function putStages(
  context: ControlPlaneContext,
  head: ApiHead,
  stages: readonly Stage[],
  members: Partial<Stage>,
): ApiHead {
  const lastUpdatedDate = timestamp(context);
  const changed = stages.map((stage) => [stage.stageName, { ...stage, ...members, lastUpdatedDate }]);
  return { ...head, stages: { ...head.stages, ...Object.fromEntries(changed) } };
}

function dropSuperseded(head: ApiHead): ApiHead {
  const inUse = new Set(Object.values(head.stages).map(({ deploymentId }) => deploymentId));
  const kept = Object.entries(head.deployments).filter(
    ([id, { deployment }]) => !deployment.autoDeployed || inUse.has(id),
  );
  return { ...head, deployments: Object.fromEntries(kept) };
}
