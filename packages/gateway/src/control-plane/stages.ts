import { ServiceError } from '../api/errors.ts';
import type { ApiHead, DeploymentRecord, RouteRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Stage } from '../model/resources.ts';
import { type ControlPlaneContext, type Handlers, notFound, timestamp } from './context.ts';
import { deployAutomatically } from './deploying/auto-deploy.ts';
import { dropSuperseded, dropUnused, requireDeployment, withStages } from './deploying/deployment-records.ts';
import { requireNoMapping } from './domain-mappings.ts';
import { changeApi, requireApi } from './heads/change-api.ts';
import { lookUp, without } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { completeStage, type StageMembers } from './stage-rules.ts';

interface ApiInput {
  readonly apiId: string;
}

interface StageInput extends ApiInput {
  readonly stageName: string;
}

export const stageHandlers: Handlers = {
  CreateStage(context, { apiId, stageName, ...members }: StageInput & StageMembers & Partial<Pick<Stage, 'tags'>>) {
    return changeApi(context, apiId, async (head) => {
      if (lookUp(head.stages, stageName)) throw new ServiceError('ConflictException', 'Stage already exists');
      requireRoom(context, 'stages', Object.keys(head.stages).length);
      const created = { stageName, createdDate: timestamp(context), lastUpdatedDate: timestamp(context) };
      const stage = completeStage(context, { tags: {}, ...created }, members, head);
      await requireRoutes(context, head, stage, members);
      const drawn = { [stageName]: createIdentifier('incarnation', () => false) };
      const stageIncarnations = { ...head.stageIncarnations, ...drawn };
      return writeStage(context, { ...head, stageIncarnations }, stage, { members, deploys: stage.autoDeploy });
    });
  },

  async GetStage(context, { apiId, stageName }: StageInput) {
    return requireStage(await requireApi(context, apiId), stageName);
  },

  async GetStages(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/stages`, input);
    const { stages } = await requireApi(context, apiId);
    const found = idsOfPage(stages, page).flatMap((name) => stages[name] ?? []);
    return toPage(page, found, ({ stageName }) => stageName);
  },

  UpdateStage(context, { apiId, stageName, ...members }: StageInput & StageMembers) {
    return changeApi(context, apiId, async (head) => {
      const current = requireStage(head, stageName);
      const stage = completeStage(context, { ...current, lastUpdatedDate: timestamp(context) }, members, head);
      await requireRoutes(context, head, stage, members);
      return writeStage(context, head, stage, { members, deploys: stage.autoDeploy && !current.autoDeploy });
    });
  },

  DeleteStage(context, { apiId, stageName }: StageInput) {
    return changeApi(context, apiId, async (head) => {
      const stage = requireStage(head, stageName);
      await requireNoMapping(context, apiId, stageName);
      const stageIncarnations = without(head.stageIncarnations ?? {}, stageName);
      const left = withStages({ ...head, stageIncarnations }, without(head.stages, stageName));
      return { head: left, others: await dropSuperseded(context, left, [stage]), result: undefined };
    });
  },

  DeleteRouteSettings(context, { apiId, stageName, routeKey }: StageInput & { readonly routeKey: string }) {
    return changeApi(context, apiId, (head) => {
      const { routeSettings } = requireStage(head, stageName);
      if (!lookUp(routeSettings, routeKey)) throw notFound('Route Settings');
      const members = { routeSettings: without(routeSettings, routeKey) };
      return { head: changeStage(context, head, stageName, members), result: undefined };
    });
  },

  /** Deleting settings that a stage does not have succeeds. */
  DeleteAccessLogSettings(context, { apiId, stageName }: StageInput) {
    return changeApi(context, apiId, (head) => {
      const { accessLogSettings: _removed, ...stage } = requireStage(head, stageName);
      const changed = { ...stage, lastUpdatedDate: timestamp(context) };
      return { head: { ...head, stages: { ...head.stages, [stageName]: changed } }, result: undefined };
    });
  },

  /** Authorizer results of WebSocket APIs are not cached. */
  async ResetAuthorizersCache(context, { apiId, stageName }: StageInput) {
    requireStage(await requireApi(context, apiId), stageName);
    return undefined;
  },
};

/** @throws ServiceError `NotFoundException` */
export function requireStage({ stages }: ApiHead, stageName: string): Stage {
  const stage = lookUp(stages, stageName);
  if (!stage) throw notFound('stage');
  return stage;
}

/** An API of which one stage has other members. `deployed` is the deployment that the stage uses, if that changes. */
export function changeStage(
  context: ControlPlaneContext,
  head: ApiHead,
  stageName: string,
  members: Partial<Stage>,
  deployed?: DeploymentRecord,
): ApiHead {
  const stage = { ...requireStage(head, stageName), ...members, lastUpdatedDate: timestamp(context) };
  return withStages(head, { ...head.stages, [stageName]: stage }, deployed);
}

/**
 * A request with route settings was observed to be refused when the stage of an HTTP API would have settings of a route
 * that the API does not have, be it that the stage had these before. Those of `$default` need none.
 *
 * @throws ServiceError `NotFoundException`
 */
async function requireRoutes(
  context: ControlPlaneContext,
  { api, configuration }: ApiHead,
  { routeSettings }: Stage,
  members: StageMembers,
): Promise<void> {
  if (api.protocolType === 'WEBSOCKET' || Object.keys(members.routeSettings ?? {}).length === 0) return;
  const records = await context.records<RouteRecord>(Object.values(configuration.routes));
  const known = new Set(['$default', ...records.map(({ route }) => route.routeKey)]);
  const unknown = Object.keys(routeSettings).find((routeKey) => !known.has(routeKey));
  if (unknown === undefined) return;
  throw new ServiceError(
    'NotFoundException',
    `Unable to find Route by key ${unknown} within the provided RouteSettings`,
    { resourceType: 'Route' },
  );
}

async function writeStage(
  context: ControlPlaneContext,
  head: ApiHead,
  stage: Stage,
  { members, deploys }: { readonly members: StageMembers; readonly deploys: boolean },
) {
  const { deploymentId = '' } = members;
  const used = deploymentId === '' ? undefined : await requireDeployment(context, head.api.apiId, deploymentId);
  const changed = withStages(head, { ...head.stages, [stage.stageName]: stage }, used?.value);
  if (!deploys) return { head: changed, result: stage };
  const deployed = await deployAutomatically(context, changed, [], [stage]);
  const known = new Set(deployed.others.map(({ key }) => key));
  const unused = (await dropUnused(context, deployed.head)).filter(({ key }) => !known.has(key));
  const others = [...deployed.others, ...unused];
  return { ...deployed, others, result: requireStage(deployed.head, stage.stageName) };
}
