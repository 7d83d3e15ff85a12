import { maximumMapEntries } from '../api/corrections.ts';
import type { ServiceError } from '../api/errors.ts';
import type { ApiHead } from '../model/api-head.ts';
import type { AccessLogSettings, Api, RouteSettings, Stage } from '../model/resources.ts';
import { completeAccessLogSettings } from './access-log-rules.ts';
import type { ControlPlaneContext } from './context.ts';
import { mergeMap, withValues } from './members.ts';
import { badRequest, refuseMembers } from './refuse.ts';

/** The members of a stage that a request sets. */
export type StageMembers = Partial<
  Pick<
    Stage,
    'autoDeploy' | 'clientCertificateId' | 'deploymentId' | 'description' | 'routeSettings' | 'stageVariables'
  >
> & { readonly accessLogSettings?: Partial<AccessLogSettings>; readonly defaultRouteSettings?: RouteSettings };

type CurrentStage = Partial<Stage> & Pick<Stage, 'stageName' | 'createdDate' | 'lastUpdatedDate' | 'tags'>;

const defaultRouteSettings: Readonly<Record<Api['protocolType'], RouteSettings>> = {
  WEBSOCKET: { dataTraceEnabled: false, detailedMetricsEnabled: false, loggingLevel: 'OFF' },
  HTTP: { detailedMetricsEnabled: false },
};

/**
 * A stage as a request makes it of what it was. Route settings and stage variables merge with what is there; a variable
 * with an empty value is removed.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeStage(
  context: Pick<ControlPlaneContext, 'accountId' | 'hasLoggingRole'>,
  current: CurrentStage,
  { accessLogSettings = {}, description = '', ...members }: StageMembers,
  head: ApiHead,
): Stage {
  const { lastDeploymentStatusMessage, ...others } = current;
  const { autoDeploy = current.autoDeploy ?? false } = members;
  const stage: Stage = withValues({
    ...others,
    ...members,
    // An empty one was reported to change nothing, unlike those of all other resources.
    ...(description === '' ? {} : { description }),
    autoDeploy,
    // What a stage that deploys automatically says of it; of any other it would be about a deployment of the past.
    ...(autoDeploy && lastDeploymentStatusMessage !== undefined ? { lastDeploymentStatusMessage } : {}),
    // An object without members was reported to change nothing.
    ...(Object.keys(accessLogSettings).length > 0 && {
      accessLogSettings: completeAccessLogSettings(current.accessLogSettings, accessLogSettings),
    }),
    defaultRouteSettings: toRouteSettings({
      ...defaultRouteSettings[head.api.protocolType],
      ...current.defaultRouteSettings,
      ...members.defaultRouteSettings,
    }),
    routeSettings: mergeRouteSettings(current.routeSettings, members.routeSettings),
    stageVariables: mergeMap(current.stageVariables ?? {}, members.stageVariables) ?? {},
  });
  checkProtocol(stage, head.api);
  if (stage.autoDeploy && members.deploymentId) throw deploysAutomatically(context, head.api);
  checkVariables(stage);
  if (!context.hasLoggingRole && asksForLogs(stage)) {
    throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
  }
  return stage;
}

/** Connecting to a stage `$default` of a WebSocket API does not work; execution logs are of WebSocket APIs alone. */
function checkProtocol(stage: Stage, { protocolType }: Api): void {
  if (protocolType === 'WEBSOCKET') {
    if (stage.stageName !== '$default') return;
    throw badRequest('StageName is "$default"; expected letters, digits, "_" and "-" for WEBSOCKET protocol Apis.');
  }
  refuseMembers(stage, ['clientCertificateId'], protocolType);
  for (const settings of [stage.defaultRouteSettings, ...Object.values(stage.routeSettings)]) {
    if (settings.loggingLevel !== undefined) throw badRequest('Execution logs are not supported on protocolType HTTP');
    refuseMembers(settings, ['dataTraceEnabled'], protocolType);
  }
}

function asksForLogs({ accessLogSettings, defaultRouteSettings: defaults, routeSettings }: Stage): boolean {
  const levels = [defaults, ...Object.values(routeSettings)].map(({ loggingLevel = 'OFF' }) => loggingLevel);
  return accessLogSettings !== undefined || levels.some((level) => level !== 'OFF');
}

/** In the words of the service, which were observed of UpdateStage. */
export function deploysAutomatically(
  { accountId }: Pick<ControlPlaneContext, 'accountId'>,
  { apiId }: Api,
): ServiceError {
  return badRequest(`Deployment ID cannot be set on this stage ${accountId}:${apiId} because AutoDeploy is enabled.`);
}

const maximumVariables = maximumMapEntries.StageVariables ?? 0;

/** CreateStage: "Variable names can have alphanumeric and underscore characters". */
function checkVariables({ stageVariables }: Stage): void {
  const names = Object.keys(stageVariables);
  if (names.length > maximumVariables) {
    throw badRequest(`The stage would have ${names.length} variables; expected at most ${maximumVariables}.`);
  }
  const name = names.find((key) => !/^\w+$/.test(key));
  if (name === undefined) return;
  throw badRequest(`StageVariables has the key "${name.slice(0, 100)}"; expected letters, digits and underscores.`);
}

function mergeRouteSettings(
  current: Stage['routeSettings'] = {},
  update: Stage['routeSettings'] = {},
): Stage['routeSettings'] {
  const merged = Object.entries(update).map(([routeKey, settings]) => {
    const known = Object.hasOwn(current, routeKey) ? current[routeKey] : {};
    return [routeKey, toRouteSettings({ ...known, ...settings })];
  });
  return { ...current, ...Object.fromEntries(merged) };
}

/** The service was observed to store a logging level that it does not know as `OFF`. */
function toRouteSettings(settings: RouteSettings): RouteSettings {
  const { loggingLevel } = settings;
  const isKnown = loggingLevel === undefined || ['ERROR', 'INFO', 'OFF'].includes(loggingLevel);
  return isKnown ? settings : { ...settings, loggingLevel: 'OFF' };
}
