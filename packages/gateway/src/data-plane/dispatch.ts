import type { ConnectionContext, RequestContext } from '../model/request-context.ts';
import { newRequestId } from '../model/request-id.ts';
import { reportFault } from '../telemetry/report-fault.ts';
import type { CalledIntegration } from '../telemetry/request-outcome.ts';
import { callIntegration, type EventServices } from './call-integration.ts';
import type { CloseReason } from './close-reason.ts';
import { conclude } from './conclude.ts';
import { errorText, messageErrorText } from './error-text.ts';
import { findRouteSettings, type LiveRouteSettings } from './live-settings.ts';
import type { LiveStage } from './live-stage.ts';
import {
  badRequestBody,
  describeNoAnswer,
  forbidden,
  type GatewayOutcome,
  type GatewayRefusal,
  internalServerError,
  tooManyRequests,
  withError,
} from './request-error.ts';
import { type RouteRuntime, type StageRuntime, selectRoute } from './stage-runtime.ts';
import { toTextFrame } from './text-frame.ts';

/** The content of one text message to the client. */
export type Frame = string | Uint8Array;

/** What is sent back, and what became of the message. */
type Answer = GatewayOutcome & { readonly frame?: Frame };

/**
 * Handles one message of a client: route, integration, reply. Resolves to what is to be sent back, if anything; never
 * rejects. Error frames are sent also where the route has no response.
 */
export async function dispatchMessage(
  services: EventServices,
  stage: LiveStage,
  connection: ConnectionContext,
  text: string,
): Promise<Frame | undefined> {
  const requestId = newRequestId();
  try {
    const current = stage.runtime();
    const runtime = current instanceof Promise ? await current : current;
    // Without it the stage is gone, and the connection is being closed for it.
    return runtime && (await answerMessage(services, runtime, connection, text, requestId));
  } catch (error) {
    reportFault(services, error);
    return errorText(internalServerError.message, connection.connectionId, requestId);
  }
}

/** Tells the `$disconnect` route, where there is one, that a connection has ended. Never rejects; the answer does not matter. */
export async function dispatchDisconnect(
  services: EventServices,
  stage: LiveStage,
  connection: ConnectionContext,
  close: CloseReason,
): Promise<void> {
  try {
    const runtime = (await stage.runtime()) ?? stage.lastRuntime;
    if (!runtime) return;
    const settings = findRouteSettings(runtime.settings, '$disconnect');
    const context: RequestContext = {
      connection,
      eventType: 'DISCONNECT',
      routeKey: '$disconnect',
      requestId: newRequestId(),
      requestTimeEpoch: services.clock.now(),
      disconnect: { statusCode: close.code, reason: close.reason },
    };
    settings.executionLog?.started(context);
    const route = runtime.routes.get('$disconnect');
    conclude(runtime.settings, settings, context, await callDisconnect(services, route, settings, context));
  } catch (error) {
    reportFault(services, error);
  }
}

async function callDisconnect(
  services: EventServices,
  route: RouteRuntime | undefined,
  { executionLog }: LiveRouteSettings,
  context: RequestContext,
): Promise<GatewayOutcome> {
  if (!route?.isOpen || !route.integration) return { status: 200 };
  const trace = executionLog?.trace(context);
  const called = await callIntegration(services, route, { kind: 'disconnect', context, trace });
  if (called.result.kind === 'answered') return { status: called.result.status, called };
  return withError(describeNoAnswer(called.result), called);
}

async function answerMessage(
  services: EventServices,
  runtime: StageRuntime,
  connection: ConnectionContext,
  text: string,
  requestId: string,
): Promise<Frame | undefined> {
  const { route, json } = selectRoute(runtime, text);
  const settings = route ? findRouteSettings(runtime.settings, route.routeKey) : runtime.settings.unmatched;
  const context: RequestContext = {
    connection,
    eventType: 'MESSAGE',
    routeKey: route?.routeKey ?? '',
    requestId,
    requestTimeEpoch: services.clock.now(),
    messageId: services.ids.issueMessageId(connection.connectionId),
  };
  settings.executionLog?.started(context);
  const answer = await carryOut(services, route, settings, { context, text, json });
  conclude(runtime.settings, settings, context, answer);
  if (!answer.error) return answer.frame;
  return messageErrorText(answer.error.message, connection.connectionId, requestId, context.messageId ?? '');
}

interface Message {
  readonly context: RequestContext;
  readonly text: string;
  /** `undefined` when the text is not JSON. */
  readonly json: unknown;
}

async function carryOut(
  services: EventServices,
  route: RouteRuntime | undefined,
  settings: LiveRouteSettings,
  { context, text, json }: Message,
): Promise<Answer> {
  const { clock, emit } = services;
  const { connection, requestTimeEpoch } = context;
  const { apiId, stage, connectionId } = connection;
  const isThrottled =
    settings.throttle?.take(requestTimeEpoch) === false ||
    services.accountThrottle?.request(requestTimeEpoch) === false;
  if (isThrottled || !route?.isOpen) {
    const error = isThrottled ? tooManyRequests : forbidden;
    emit({ kind: 'message-refused', apiId, stage, connectionId, message: error.message });
    return withError(error);
  }

  const invalid = validateMessage(services, route, context, json);
  if (invalid) return withError(invalid);

  const trace = settings.executionLog?.trace(context);
  const wantsReply = route.isTwoWay;
  const called = await callIntegration(services, route, { kind: 'message', context, text, json, wantsReply, trace });
  const { routeKey } = route;
  const milliseconds = clock.now() - requestTimeEpoch;
  emit({ kind: 'message-routed', apiId, stage, connectionId, routeKey, milliseconds });
  return toAnswer(route, called);
}

/** Why a message may not go on; `undefined` when it fits its model, or nothing is validated. */
function validateMessage(
  { emit }: EventServices,
  { routeKey, validate }: RouteRuntime,
  { connection }: RequestContext,
  json: unknown,
): GatewayRefusal | undefined {
  const verdict = validate?.(json);
  if (!verdict || verdict.kind === 'valid') return undefined;
  const { apiId, stage, connectionId } = connection;
  emit({ kind: 'message-invalid', apiId, stage, connectionId, routeKey, reason: verdict.reason });
  return verdict.kind === 'invalid' ? badRequestBody(verdict.reason) : internalServerError;
}

function toAnswer(route: RouteRuntime, called: CalledIntegration): Answer {
  const { result } = called;
  if (result.kind !== 'answered') return withError(describeNoAnswer(result), called);
  const { status, body } = result;
  if (!route.isTwoWay || body.length === 0) return { status, called };
  return { status, called, frame: toTextFrame(body), isReplied: true };
}
