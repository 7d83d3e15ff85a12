import type { ApiHead } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Deployment, Stage } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import type { StoredObject } from '../stores/store.ts';
import { type ControlPlaneContext, timestamp } from './context.ts';

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
 * Deploys the draft configuration to every stage with `autoDeploy`. An API without routes cannot be deployed: its stages
 * wait for the first. The automatic deployment that this one supersedes is dropped unless a stage still uses it.
 */
export function deployAutomatically(context: ControlPlaneContext, head: ApiHead): Omit<Deployed, 'deployment'> {
  const stages = Object.values(head.stages).filter(({ autoDeploy }) => autoDeploy);
  if (stages.length === 0 || Object.keys(head.configuration.routes).length === 0) return { head, objects: [] };
  const { deployment, objects, ...added } = addDeployment(context, head, {
    autoDeployed: true,
    description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  const deployed = stages.map((stage) => useDeployment(context, stage, deployment.deploymentId));
  const changed = {
    ...added.head,
    stages: { ...head.stages, ...Object.fromEntries(deployed.map((stage) => [stage.stageName, stage])) },
  };
  return { head: dropSuperseded(changed), objects };
}

function useDeployment(context: ControlPlaneContext, stage: Stage, deploymentId: string): Stage {
  return {
    ...stage,
    deploymentId,
    lastUpdatedDate: timestamp(context),
    lastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deploymentId}'`,
  };
}

function dropSuperseded(head: ApiHead): ApiHead {
  const inUse = new Set(Object.values(head.stages).map(({ deploymentId }) => deploymentId));
  const kept = Object.entries(head.deployments).filter(
    ([id, { deployment }]) => !deployment.autoDeployed || inUse.has(id),
  );
  return { ...head, deployments: Object.fromEntries(kept) };
}
