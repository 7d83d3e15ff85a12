import type { IntegrationCall } from '../integrations/integration.ts';
import { type HandshakeRequest, headerValues, queryValues } from '../model/handshake-request.ts';
import type { ConnectionContext, RequestContext } from '../model/request-context.ts';
import { newRequestId } from '../model/request-id.ts';
import { callIntegration, type EventServices } from './call-integration.ts';
import { conclude } from './conclude.ts';
import { findRouteSettings, type LiveRouteSettings } from './live-settings.ts';
import type { LiveStage } from './live-stage.ts';
import {
  type Refusal,
  refuse,
  refuseAddress,
  refuseAmbiguousAuthorization,
  refuseAsAnswered,
  refuseProtocol,
  refuseUnserved,
} from './refusal.ts';
import {
  describeNoAnswer,
  forbidden,
  type GatewayOutcome,
  missingParameters,
  tooManyRequests,
  withError,
} from './request-error.ts';
import type { RouteRuntime, StageRuntime } from './stage-runtime.ts';
import { draftStage, type Stages } from './stages.ts';
import { readUpgrade } from './upgrade-request.ts';

/** A client that asks to connect. */
export interface Knock {
  readonly apiId: string;
  readonly stage: string;
  /** The path goes on after the stage. */
  readonly hasExtraPath: boolean;
  /** A custom domain led here, not the API's own address. */
  readonly isMapped: boolean;
  readonly isUrlTooLong: boolean;
  readonly method: string;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly request: HandshakeRequest;
}

export type HandshakeOutcome =
  | {
      readonly kind: 'accepted';
      readonly connection: ConnectionContext;
      readonly stage: LiveStage;
      readonly subprotocol: string | undefined;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Decides a handshake: refusals in the order in which the service checks, acceptance last. It takes as long as the
 * `$connect` integration does; `signal` ends that early.
 */
export async function negotiate(
  services: EventServices,
  stages: Stages,
  knock: Knock,
  signal: AbortSignal,
): Promise<HandshakeOutcome> {
  const requestId = newRequestId();
  const stage = await stages.find(knock.apiId, knock.stage);
  const runtime = await stage?.runtime();
  if (!stage || !runtime) return refused(await refuseMissingStage(stages, knock, requestId));
  if (runtime.isEndpointDisabled && !knock.isMapped)
    return refused(refuseAddress(requestId, 'The default endpoint of the API is disabled.'));
  if (knock.hasExtraPath) return refused(refuseAddress(requestId, 'The path goes on after the stage.'));

  if (knock.isUrlTooLong) return refused(refuseProtocol(414, requestId));
  const upgrade = readUpgrade(knock.method, knock.request);
  if (upgrade.kind === 'ambiguous-authorization') return refused(refuseAmbiguousAuthorization(requestId));
  if (upgrade.kind === 'invalid') return refused(refuseProtocol(upgrade.status, requestId));

  const context: RequestContext = {
    connection: describeConnection(services, knock),
    eventType: 'CONNECT',
    routeKey: '$connect',
    requestId,
    requestTimeEpoch: services.clock.now(),
  };
  const settings = findRouteSettings(runtime.settings, '$connect');
  settings.executionLog?.started(context);
  const outcome = await carryOut(services, runtime, { context, settings, knock, signal });
  conclude(runtime.settings, settings, context, outcome);

  const refusal = refuseOutcome(outcome, context);
  if (refusal) return refused(refusal);
  const { connection } = context;
  return { kind: 'accepted', connection, stage, subprotocol: chosenSubprotocol(outcome, upgrade.offeredSubprotocols) };
}

interface ConnectRequest {
  readonly context: RequestContext;
  readonly settings: LiveRouteSettings;
  readonly knock: Knock;
  readonly signal: AbortSignal;
}

/** What becomes of a handshake once its connection has an id. */
async function carryOut(
  services: EventServices,
  runtime: StageRuntime,
  { context, settings, knock, signal }: ConnectRequest,
): Promise<GatewayOutcome> {
  const now = context.requestTimeEpoch;
  const isThrottled = settings.throttle?.take(now) === false || services.accountThrottle?.connection(now) === false;
  if (isThrottled) return withError(tooManyRequests);

  const route = runtime.routes.get('$connect');
  if (!route) return { status: 200 };
  if (!route.isOpen) return withError(forbidden);
  const missing = findMissingParameters(route, knock.request);
  if (missing.length > 0) return withError(missingParameters(missing));
  if (!route.integration) return { status: 200 };

  const trace = settings.executionLog?.trace(context);
  const call: IntegrationCall = { kind: 'connect', context, handshake: knock.request, trace };
  const called = await callIntegration(services, route, call, signal);
  if (called.result.kind === 'answered') return { status: called.result.status, called };
  return withError(describeNoAnswer(called.result), called);
}

/** The gateway's own errors have their own form; what the integration answered is passed on as it is. */
function refuseOutcome({ error, called }: GatewayOutcome, context: RequestContext): Refusal | undefined {
  const { connection, requestId } = context;
  if (error) return refuse(error.status, error.message, connection.connectionId, requestId);
  if (called?.result.kind !== 'answered') return undefined;
  const { status } = called.result;
  return status >= 200 && status <= 299 ? undefined : refuseAsAnswered(called.result, requestId);
}

function refused(refusal: Refusal): HandshakeOutcome {
  return { kind: 'refused', refusal };
}

async function refuseMissingStage(stages: Stages, { apiId, stage }: Knock, requestId: string): Promise<Refusal> {
  const unserved = await stages.whyUnserved(apiId);
  if (unserved !== undefined) return refuseUnserved(requestId, unserved);
  const message =
    stage === draftStage
      ? `The undeployed configuration of API "${apiId}" is not served; a deployed stage is expected after "/${apiId}/".`
      : `There is no API "${apiId}" with a deployed stage "${stage}".`;
  return refuseAddress(requestId, message);
}

function describeConnection({ ids, clock }: EventServices, knock: Knock): ConnectionContext {
  const userAgent = headerValues(knock.request, 'user-agent').at(-1);
  return {
    apiId: knock.apiId,
    stage: knock.stage,
    domainName: knock.domainName,
    connectionId: ids.issueConnectionId(knock.apiId),
    connectedAt: clock.now(),
    sourceIp: knock.sourceIp,
    ...(userAgent !== undefined && { userAgent }),
  };
}

function findMissingParameters(route: RouteRuntime, request: HandshakeRequest): readonly string[] {
  const isMissing = ({ location, name }: RouteRuntime['requiredParameters'][number]): boolean => {
    const values = location === 'header' ? headerValues(request, name) : queryValues(request, name);
    return values.length === 0;
  };
  return route.requiredParameters.filter(isMissing).map(({ name }) => name);
}

/** The integration's choice, when it is one that the client offered. */
function chosenSubprotocol({ called }: GatewayOutcome, offered: readonly string[]): string | undefined {
  if (called?.result.kind !== 'answered') return undefined;
  const { result } = called;
  const chosen = [result.headers['sec-websocket-protocol'] ?? []].flat().at(0);
  return chosen !== undefined && offered.includes(chosen) ? chosen : undefined;
}
