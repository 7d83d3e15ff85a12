import type { ApiHead, DeploymentRecord } from '../model/api-head.ts';
import { addDeployment } from './auto-deploy.ts';
import { changeApi, requireApi } from './change-api.ts';
import { type Handlers, notFound } from './context.ts';
import { findDeploymentProblem } from './deployable.ts';
import { lookUp, without, withValues } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest } from './refuse.ts';
import { changeStage, requireStage } from './stages.ts';

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
      requireRoom(context, 'deployments', Object.keys(head.deployments).length);
      if (stageName !== undefined) requireManualStage(head, stageName);
      const added = addDeployment(context, head, { ...members, autoDeployed: false });
      const { deploymentId } = added.deployment;
      return {
        head: stageName === undefined ? added.head : changeStage(context, added.head, stageName, { deploymentId }),
        objects: added.objects,
        result: added.deployment,
      };
    });
  },

  async GetDeployment(context, { apiId, deploymentId }: DeploymentInput) {
    return requireDeployment(await requireApi(context, apiId), deploymentId).deployment;
  },

  async GetDeployments(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/deployments`, input);
    const { deployments } = await requireApi(context, apiId);
    const found = idsOfPage(deployments, page).flatMap((id) => deployments[id]?.deployment ?? []);
    return toPage(page, found, ({ deploymentId }) => deploymentId);
  },

  UpdateDeployment(context, { apiId, deploymentId, ...members }: DeploymentInput & DeploymentMembers) {
    return changeApi(context, apiId, (head) => {
      const record = requireDeployment(head, deploymentId);
      const deployment = withValues({ ...record.deployment, ...members });
      const deployments = { ...head.deployments, [deploymentId]: { ...record, deployment } };
      return { head: { ...head, deployments }, result: deployment };
    });
  },

  DeleteDeployment(context, { apiId, deploymentId }: DeploymentInput) {
    return changeApi(context, apiId, (head) => {
      requireDeployment(head, deploymentId);
      // The words of the REST control plane; those of this one are not known.
      if (Object.values(head.stages).some((stage) => stage.deploymentId === deploymentId)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      return { head: { ...head, deployments: without(head.deployments, deploymentId) }, result: undefined };
    });
  },
};

function requireManualStage(head: ApiHead, stageName: string): void {
  if (!requireStage(head, stageName).autoDeploy) return;
  throw badRequest(`Stage "${stageName}" deploys automatically; expected one whose autoDeploy is false.`);
}

function requireDeployment({ deployments }: ApiHead, deploymentId: string): DeploymentRecord {
  const record = lookUp(deployments, deploymentId);
  if (!record) throw notFound('Deployment');
  return record;
}
