import type { IntegrationResult } from '../integrations/integration.ts';
import { type HandshakeRequest, headerValues, queryValues } from '../model/handshake-request.ts';
import type { ConnectionContext, RequestContext } from '../model/request-context.ts';
import { newRequestId } from '../model/request-id.ts';
import { callIntegration, type EventServices } from './call-integration.ts';
import { failureMessage } from './error-text.ts';
import type { LiveStage } from './live-stage.ts';
import { type Refusal, refuse, refuseAddress, refuseAsAnswered, refuseProtocol } from './refusal.ts';
import type { RouteRuntime } from './stage-runtime.ts';
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
  if (!stage || !runtime) return refused(refuseAddress(requestId, await describeMissingStage(stages, knock)));
  if (runtime.isEndpointDisabled && !knock.isMapped)
    return refused(refuseAddress(requestId, 'The default endpoint of the API is disabled.'));
  if (knock.hasExtraPath) return refused(refuseAddress(requestId, 'The path goes on after the stage.'));

  if (knock.isUrlTooLong) return refused(refuseProtocol(414, requestId));
  const upgrade = readUpgrade(knock.method, knock.request);
  if (upgrade.kind === 'invalid') return refused(refuseProtocol(upgrade.status, requestId));

  const connection = describeConnection(services, knock);
  const { connectionId } = connection;
  const accept = (subprotocol?: string): HandshakeOutcome => ({ kind: 'accepted', connection, stage, subprotocol });

  const route = runtime.routes.get('$connect');
  if (!route) return accept();
  if (!route.isOpen) return refused(refuse(403, 'Forbidden', connectionId, requestId));

  const missing = findMissingParameter(route, knock.request);
  if (missing) {
    return refused(refuse(400, `Missing required request parameters: [${missing}]`, connectionId, requestId));
  }
  if (!route.integration) return accept();

  const context: RequestContext = {
    connection,
    eventType: 'CONNECT',
    routeKey: route.routeKey,
    requestId,
    requestTimeEpoch: services.clock.now(),
  };
  const result = await callIntegration(services, route, { kind: 'connect', context, handshake: knock.request }, signal);
  const refusal = refuseResult(result, connectionId, requestId);
  if (refusal) return refused(refusal);
  return accept(chosenSubprotocol(result, upgrade.offeredSubprotocols));
}

function refused(refusal: Refusal): HandshakeOutcome {
  return { kind: 'refused', refusal };
}

async function describeMissingStage(stages: Stages, { apiId, stage }: Knock): Promise<string> {
  if ((await stages.protocolOf(apiId)) === 'HTTP') {
    return `The API "${apiId}" has the protocol HTTP, which is configured here and not served; one of the protocol WEBSOCKET is expected.`;
  }
  return stage === draftStage
    ? `The undeployed configuration of API "${apiId}" is not served; a deployed stage is expected after "/${apiId}/".`
    : `There is no API "${apiId}" with a deployed stage "${stage}".`;
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

function findMissingParameter(route: RouteRuntime, request: HandshakeRequest): string | undefined {
  return route.requiredParameters.find(({ location, name }) => {
    const values = location === 'header' ? headerValues(request, name) : queryValues(request, name);
    return values.length === 0;
  })?.name;
}

/** Statuses of a `$connect` integration that gave no answer; only the timeout's text was recorded. */
function refuseResult(result: IntegrationResult, connectionId: string, requestId: string): Refusal | undefined {
  if (result.kind === 'timed-out') return refuse(504, 'Endpoint request timed out', connectionId, requestId);
  if (result.kind === 'answered') {
    const isAccepted = result.status >= 200 && result.status <= 299;
    return isAccepted ? undefined : refuseAsAnswered(result, requestId);
  }
  const statuses = {
    unreachable: 504,
    'bad-answer': 502,
    refused: 500,
    misconfigured: 500,
    'no-template': 415,
    unsupported: 501,
    abandoned: 500,
  } as const;
  return refuse(statuses[result.cause], failureMessage(result.cause), connectionId, requestId);
}

/** The integration's choice, when it is one that the client offered. */
function chosenSubprotocol(result: IntegrationResult, offered: readonly string[]): string | undefined {
  if (result.kind !== 'answered') return undefined;
  const chosen = [result.headers['sec-websocket-protocol'] ?? []].flat().at(0);
  return chosen !== undefined && offered.includes(chosen) ? chosen : undefined;
}
