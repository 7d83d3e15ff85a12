import type { ApiHead, DeploymentRecord } from '../../model/api-head.ts';
import { createIdentifier } from '../../model/identifiers.ts';
import type { Deployment, Stage } from '../../model/resources.ts';
import { toStoredObject } from '../../stores/api-heads.ts';
import { putDeployment } from '../../stores/deployment-heads.ts';
import type { HeadChange, StoredObject } from '../../stores/store.ts';
import { type ControlPlaneContext, timestamp } from '../context.ts';
import { findDeploymentProblem } from './deployable.ts';
import { dropSuperseded, withStages } from './deployment-records.ts';

/** A deployment that is made, what it is kept as, and the objects that it names. */
export interface NewDeployment {
  readonly record: DeploymentRecord;
  readonly objects: readonly StoredObject[];
  readonly others: readonly HeadChange[];
}

/** Snapshots the draft configuration as a new deployment, which no stage uses yet. */
export function makeDeployment(
  context: ControlPlaneContext,
  { api, configuration }: ApiHead,
  members: Pick<Deployment, 'autoDeployed' | 'description'>,
): NewDeployment {
  const snapshot = toStoredObject(configuration);
  const deployment: Deployment = {
    ...members,
    // One that is taken makes the commit conflict, and another is drawn.
    deploymentId: createIdentifier('deployment', () => false),
    createdDate: timestamp(context),
    deploymentStatus: 'DEPLOYED',
  };
  const record = { deployment, configuration: snapshot.hash };
  return { record, objects: [snapshot], others: [putDeployment(api.apiId, record, 0)] };
}

/** An API as deploying made it, with what else changes in the same commit. */
export interface Deployed {
  readonly head: ApiHead;
  readonly objects: readonly StoredObject[];
  readonly others: readonly HeadChange[];
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
): Promise<Deployed> {
  if (stages.length === 0) return { head, objects, others: [] };
  const problem = await findDeploymentProblem(context, head, objects);
  if (problem !== undefined) {
    const message = `Deployment attempt failed: ${problem}`;
    const failed = changeStages(context, head, stages, { lastDeploymentStatusMessage: message });
    return { head: withStages(head, failed), objects, others: [] };
  }
  const made = makeDeployment(context, head, {
    autoDeployed: true,
    description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  const { deploymentId } = made.record.deployment;
  const lastDeploymentStatusMessage = `Successfully deployed stage with deployment ID '${deploymentId}'`;
  const changed = changeStages(context, head, stages, { deploymentId, lastDeploymentStatusMessage });
  const deployed = withStages(head, changed, made.record);
  return {
    head: deployed,
    objects: [...objects, ...made.objects],
    others: [...made.others, ...(await dropSuperseded(context, deployed, stages))],
  };
}

function changeStages(
  context: ControlPlaneContext,
  head: ApiHead,
  stages: readonly Stage[],
  members: Partial<Stage>,
): ApiHead['stages'] {
  const lastUpdatedDate = timestamp(context);
  const changed = stages.map((stage) => [stage.stageName, { ...stage, ...members, lastUpdatedDate }]);
  return { ...head.stages, ...Object.fromEntries(changed) };
}
