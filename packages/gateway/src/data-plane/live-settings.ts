import type { Clock } from '../clock.ts';
import type { RouteSettings, Stage } from '../model/resources.ts';
import { type RateLimit, TokenBucket } from '../model/token-bucket.ts';
import { compileAccessLogFormat } from '../telemetry/access-log-format.ts';
import type { LoggedRequest } from '../telemetry/access-log-variables.ts';
import { createExecutionLog, type ExecutionLog, type ExecutionLogEntry } from '../telemetry/execution-log.ts';
import type { Metrics, RequestCounts } from '../telemetry/metrics.ts';
import { accountRequestLimit } from './limits.ts';

/**
 * What the settings of a stage ask for, compiled. They are live: a change of them counts from the next request on, without a
 * deployment.
 */
export interface LiveSettings {
  /** Writes the line of a request that has ended; absent when the stage has no access log, or no one takes it. */
  readonly accessLog?: (request: LoggedRequest) => void;
  readonly routes: ReadonlyMap<string, LiveRouteSettings>;
  /** Of messages that no route takes. */
  readonly unmatched: LiveRouteSettings;
  /** Of calls of `@connections`. */
  readonly callbacks: LiveRouteSettings;
}

export interface LiveRouteSettings {
  readonly counts: RequestCounts;
  /** Absent when the route is not throttled. */
  readonly throttle?: TokenBucket;
  readonly executionLog?: ExecutionLog;
}

/** What a line of an access log is written for. */
export interface AccessLogEntry {
  readonly apiId: string;
  readonly stage: string;
  /** As the stage's settings have it. */
  readonly destinationArn: string;
  /** Without a line break. */
  readonly line: string;
}

/** Where logs and counts go, and what time it is. */
export interface SettingsServices {
  readonly metrics: Metrics;
  readonly onAccessLog?: (entry: AccessLogEntry) => void;
  readonly onExecutionLog?: (entry: ExecutionLogEntry) => void;
  readonly clock: Clock;
}

export interface SettingsSource {
  readonly apiId: string;
  readonly stageName: string;
  /** Absent for the draft, which has no settings. */
  readonly stage: Stage | undefined;
  readonly routeKeys: readonly string[];
  /** What the stage had before: limits that have not changed go on with what is left in their buckets. */
  readonly previous: LiveSettings | undefined;
}

/** As the service calls them in its metrics. */
const callbackRouteKey = 'POST /@connections/{connectionId}';

/** Routes whose events come also where no such route is configured. */
const lifecycleRouteKeys = ['$connect', '$disconnect'] as const;

export function compileLiveSettings(source: SettingsSource, services: SettingsServices): LiveSettings {
  const { apiId, stageName, stage, previous } = source;
  const compileRoute = (routeKey: string | undefined, before: LiveRouteSettings | undefined): LiveRouteSettings => {
    const settings = readRouteSettings(stage, routeKey);
    const throttle = chooseBucket(readRateLimit(settings), before?.throttle, services.clock.now());
    const executionLog = chooseExecutionLog(settings, services);
    return {
      // A stage that asks for detailed metrics has them for every route: one was not seen to opt out.
      counts: services.metrics.counts(apiId, stageName, settings.detailedMetricsEnabled ? routeKey : undefined),
      ...(throttle && { throttle }),
      ...(executionLog && { executionLog }),
    };
  };
  const routeKeys = new Set([...lifecycleRouteKeys, ...source.routeKeys]);
  const accessLog = chooseAccessLog(source, services);
  return {
    ...(accessLog && { accessLog }),
    routes: new Map(
      [...routeKeys].map((routeKey) => [routeKey, compileRoute(routeKey, previous?.routes.get(routeKey))]),
    ),
    unmatched: compileRoute(undefined, previous?.unmatched),
    callbacks: compileRoute(callbackRouteKey, previous?.callbacks),
  };
}

/** The settings of a route that a request was selected for; every route that a stage has is among them. */
export function findRouteSettings({ routes, unmatched }: LiveSettings, routeKey: string): LiveRouteSettings {
  return routes.get(routeKey) ?? unmatched;
}

/** A route's own settings replace those of the stage one by one. */
function readRouteSettings(stage: Stage | undefined, routeKey: string | undefined): RouteSettings {
  if (!stage) return {};
  const { defaultRouteSettings: defaults, routeSettings } = stage;
  const own = routeKey !== undefined && Object.hasOwn(routeSettings, routeKey) ? routeSettings[routeKey] : {};
  return {
    ...defaults,
    ...own,
    detailedMetricsEnabled: Boolean(defaults.detailedMetricsEnabled || own?.detailedMetricsEnabled),
  };
}

/** What is left out is the account's limit. */
function readRateLimit({
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
}: RouteSettings): RateLimit | undefined {
  if (rate === undefined && burst === undefined) return undefined;
  return { rate: rate ?? accountRequestLimit.rate, burst: burst ?? accountRequestLimit.burst };
}

function chooseBucket(
  limit: RateLimit | undefined,
  before: TokenBucket | undefined,
  now: number,
): TokenBucket | undefined {
  if (!limit) return undefined;
  const isUnchanged = before?.limit.rate === limit.rate && before.limit.burst === limit.burst;
  return isUnchanged ? before : new TokenBucket(limit, now);
}

function chooseExecutionLog(
  { loggingLevel: level = 'OFF', dataTraceEnabled: isTraced = false }: RouteSettings,
  { onExecutionLog, clock }: SettingsServices,
): ExecutionLog | undefined {
  if (!onExecutionLog || level === 'OFF') return undefined;
  return createExecutionLog({ level, isTraced, now: () => clock.now(), write: onExecutionLog });
}

function chooseAccessLog(
  { apiId, stageName, stage }: SettingsSource,
  { onAccessLog }: SettingsServices,
): LiveSettings['accessLog'] {
  const settings = stage?.accessLogSettings;
  if (!settings || !onAccessLog) return undefined;
  const { destinationArn, format } = settings;
  const writeLine = compileAccessLogFormat(format);
  return (request) => onAccessLog({ apiId, stage: stageName, destinationArn, line: writeLine(request) });
}
