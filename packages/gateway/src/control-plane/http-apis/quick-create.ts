import type { ApiHead, Configuration, IntegrationRecord, RouteRecord } from '../../model/api-head.ts';
import { createIdentifier } from '../../model/identifiers.ts';
import type { Integration } from '../../model/resources.ts';
import { toStoredObject } from '../../stores/api-heads.ts';
import { type ControlPlaneContext, timestamp } from '../context.ts';
import { type Deployed, deployAutomatically } from '../deploying/auto-deploy.ts';
import { putIntegration } from '../integrations.ts';
import { withValues } from '../members.ts';
import { badRequest, memberName } from '../refuse.ts';
import { putRoute, readSurroundings, requireUniqueKey } from '../routes.ts';
import { completeStage } from '../stage-rules.ts';
import { completeHttpIntegration } from './integration-rules.ts';
import { completeHttpRoute } from './route-rules.ts';

/** CreateApi's and UpdateApi's members for an API that works at once: of HTTP APIs alone. */
export interface QuickCreateMembers {
  /** The URL of a back end, or the ARN of a function. */
  readonly target?: string | undefined;
  /** Default `$default`. */
  readonly routeKey?: string | undefined;
  readonly credentialsArn?: string | undefined;
}

export const quickCreateMembers: readonly (keyof QuickCreateMembers)[] = ['credentialsArn', 'routeKey', 'target'];

/**
 * CreateApi, "target": gives an HTTP API one integration, one route and a `$default` stage that deploys automatically, all
 * marked as managed by API Gateway. Without a target the API stays as it is.
 *
 * @throws ServiceError `BadRequestException`
 */
export async function quickCreate(
  context: ControlPlaneContext,
  head: ApiHead,
  members: QuickCreateMembers,
): Promise<Deployed> {
  const { target, routeKey = '$default', credentialsArn } = withValues(members);
  if (target === undefined) {
    requireNoMembers(members);
    return { head, objects: [], others: [] };
  }
  const integrationId = createIdentifier('integration', () => false);
  const integration = completeHttpIntegration({
    integrationId,
    apiGatewayManaged: true,
    ...leadTo(target),
    ...(credentialsArn === undefined ? {} : { credentialsArn }),
  });
  const integrationObject = toStoredObject({ integration, integrationResponses: {} });
  const integrations = { [integrationId]: integrationObject.hash };
  const routeId = createIdentifier('route', () => false);
  const route = completeHttpRoute(
    { routeId, routeKey, apiGatewayManaged: true, target: `integrations/${integrationId}` },
    { integrations, authorizerTypes: new Map(), modelNames: new Set() },
  );
  const routeObject = toStoredObject({ route, routeResponses: {} });
  const configuration: Configuration = { ...head.configuration, integrations, routes: { [routeId]: routeObject.hash } };
  const changed = { ...head, configuration };
  const now = timestamp(context);
  const created = { stageName: '$default', createdDate: now, lastUpdatedDate: now, tags: {}, apiGatewayManaged: true };
  const stage = completeStage(context, created, { autoDeploy: true }, changed);
  const objects = [integrationObject, routeObject];
  return deployAutomatically(context, { ...changed, stages: { [stage.stageName]: stage } }, objects);
}

/** Without a target there is nothing that the others would be of, and to drop them would say nothing of it. */
function requireNoMembers(members: QuickCreateMembers): void {
  const [member] = Object.keys(withValues(members));
  if (member === undefined) return;
  throw badRequest(`${memberName(member)} is part of quick create; expected a Target beside it.`);
}

/**
 * UpdateApi, "target", "routeKey" and "credentialsArn": change the integration and the route that quick create made. An empty
 * `credentialsArn` takes it away; the others can be changed and not taken away.
 *
 * @throws ServiceError `BadRequestException`, also when quick create made nothing that is still there; `ConflictException`
 * when another route has the key.
 */
export async function changeQuickCreated(
  context: ControlPlaneContext,
  head: ApiHead,
  members: QuickCreateMembers,
): Promise<Omit<Deployed, 'others'>> {
  const changes = [
    await changeIntegration(context, head.configuration, members),
    await changeRoute(context, head.configuration, members),
  ];
  const configuration: Configuration = Object.assign(
    {},
    head.configuration,
    ...changes.map((change) => change.configuration),
  );
  return { head: { ...head, configuration }, objects: changes.flatMap(({ objects = [] }) => objects) };
}

const unchanged = { configuration: {}, objects: [] };

async function changeIntegration(
  context: ControlPlaneContext,
  { integrations }: Configuration,
  { target, credentialsArn }: QuickCreateMembers,
): Promise<ReturnType<typeof putIntegration>> {
  if (target === undefined && credentialsArn === undefined) return unchanged;
  const records = await context.records<IntegrationRecord>(Object.values(integrations));
  const record = records.find(({ integration }) => integration.apiGatewayManaged);
  if (!record) throw nothingManaged(target === undefined ? 'credentialsArn' : 'target');
  if (target === '') throw badRequest('Target is empty; the target of quick create can be changed and not removed.');
  const integration = completeHttpIntegration({
    ...record.integration,
    ...(target === undefined ? {} : leadElsewhere(record.integration, target)),
    ...(credentialsArn === undefined ? {} : { credentialsArn }),
  });
  return putIntegration(integrations, { ...record, integration });
}

async function changeRoute(
  context: ControlPlaneContext,
  configuration: Configuration,
  { routeKey }: QuickCreateMembers,
): Promise<ReturnType<typeof putRoute>> {
  if (routeKey === undefined) return unchanged;
  const records = await context.records<RouteRecord>(Object.values(configuration.routes));
  const record = records.find(({ route }) => route.apiGatewayManaged);
  if (!record) throw nothingManaged('routeKey');
  const route = completeHttpRoute({ ...record.route, routeKey }, await readSurroundings(context, configuration));
  await requireUniqueKey(context, configuration, route);
  return putRoute(configuration, { ...record, route });
}

function nothingManaged(member: keyof QuickCreateMembers): Error {
  return badRequest(`${memberName(member)} is part of quick create, by which this API was not made.`);
}

type Destination = Pick<Integration, 'integrationType' | 'integrationMethod' | 'payloadFormatVersion'> & {
  readonly integrationUri: string;
};

function leadTo(target: string): Destination {
  return /^https?:\/\//.test(target)
    ? { integrationType: 'HTTP_PROXY', integrationMethod: 'ANY', payloadFormatVersion: '1.0', integrationUri: target }
    : { integrationType: 'AWS_PROXY', integrationMethod: 'POST', payloadFormatVersion: '2.0', integrationUri: target };
}

/** An integration that stays of its type keeps how it is called. */
function leadElsewhere({ integrationType }: Integration, target: string): Partial<Destination> {
  const destination = leadTo(target);
  return destination.integrationType === integrationType ? { integrationUri: target } : destination;
}
