import type { ApiHead, DeploymentRecord } from '../model/api-head.ts';
import { deploymentKey, deploymentsKeyPrefix, putDeployment } from '../stores/deployment-heads.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { makeDeployment } from './deploying/auto-deploy.ts';
import { findDeploymentProblem } from './deploying/deployable.ts';
import { requireDeployment } from './deploying/deployment-records.ts';
import { changeApi, requireApi } from './heads/change-api.ts';
import { lookUp, withValues } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest } from './refuse.ts';
import { deploysAutomatically } from './stage-rules.ts';
import { changeStage } from './stages.ts';

interface ApiInput {
  readonly apiId: string;
}

interface DeploymentInput extends ApiInput {
  readonly deploymentId: string;
}

interface DeploymentMembers {
  readonly description?: string;
}

export const deploymentHandlers: Handlers = {
  CreateDeployment(context, { apiId, ...input }: ApiInput & DeploymentMembers & { stageName?: string }) {
    const { stageName, ...members } = withValues(input);
    return changeApi(context, apiId, async (head) => {
      const problem = await findDeploymentProblem(context, head);
      if (problem !== undefined) throw badRequest(problem);
      await requireRoomForDeployment(context, apiId);
      if (stageName !== undefined) requireManualStage(context, head, stageName);
      const { record, ...made } = makeDeployment(context, head, { ...members, autoDeployed: false });
      const { deploymentId } = record.deployment;
      const changed = stageName === undefined ? head : changeStage(context, head, stageName, { deploymentId }, record);
      return { ...made, head: changed, result: record.deployment };
    });
  },

  async GetDeployment(context, { apiId, deploymentId }: DeploymentInput) {
    await requireApi(context, apiId);
    return (await requireDeployment(context, apiId, deploymentId)).value.deployment;
  },

  async GetDeployments(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/deployments`, input);
    await requireApi(context, apiId);
    const range = { after: deploymentKey(apiId, page.after), limit: page.limit + 1 };
    const records = await context.heads.list<DeploymentRecord>(deploymentsKeyPrefix(apiId), range);
    const found = records.map(({ deployment }) => deployment);
    return toPage(page, found, ({ deploymentId }) => deploymentId);
  },

  UpdateDeployment(context, { apiId, deploymentId, ...members }: DeploymentInput & DeploymentMembers) {
    return changeApi(context, apiId, async (head) => {
      const { revision, value } = await requireDeployment(context, apiId, deploymentId);
      const deployment = withValues({ ...value.deployment, ...members });
      return { head, others: [putDeployment(apiId, { ...value, deployment }, revision)], result: deployment };
    });
  },

  DeleteDeployment(context, { apiId, deploymentId }: DeploymentInput) {
    return changeApi(context, apiId, async (head) => {
      const { revision } = await requireDeployment(context, apiId, deploymentId);
      if (Object.hasOwn(head.deployed, deploymentId)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      const deletion = { key: deploymentKey(apiId, deploymentId), expectedRevision: revision };
      return { head, others: [deletion], result: undefined };
    });
  },
};

async function requireRoomForDeployment(context: ControlPlaneContext, apiId: string): Promise<void> {
  // A store takes whole numbers, and a quota may be infinite.
  const limit = Math.min(context.quotas.deployments, Number.MAX_SAFE_INTEGER);
  const kept = await context.store.heads(deploymentsKeyPrefix(apiId), { limit });
  requireRoom(context, 'deployments', kept.length);
}

/**
 * A stage that does not exist was observed to make a bad request.
 *
 * @throws ServiceError `BadRequestException`
 */
function requireManualStage(context: ControlPlaneContext, { api, stages }: ApiHead, stageName: string): void {
  const stage = lookUp(stages, stageName);
  if (stage?.autoDeploy) throw deploysAutomatically(context, api);
  if (stage) return;
  throw badRequest(
    `Stage ${stageName} does not exist. StageName specified on a CreateDeployment request must exist so the stage can be updated with the new deployment.`,
  );
}
