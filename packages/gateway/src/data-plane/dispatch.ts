import type { IntegrationResult } from '../integrations/integration.ts';
import type { ConnectionContext, RequestContext } from '../model/request-context.ts';
import { newRequestId } from '../model/request-id.ts';
import { reportFault } from '../telemetry/report-fault.ts';
import { callIntegration, type EventServices } from './call-integration.ts';
import type { CloseReason } from './close-reason.ts';
import { type ErrorMessage, failureMessage, messageErrorText } from './error-text.ts';
import type { LiveStage } from './live-stage.ts';
import { type RouteRuntime, selectRoute } from './stage-runtime.ts';
import { toTextFrame } from './text-frame.ts';

/** The content of one text message to the client. */
export type Frame = string | Uint8Array;

type Reply =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'error'; readonly message: ErrorMessage; readonly messageId?: string }
  | { readonly kind: 'none' };

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
  const reply = await answerMessage(services, stage, connection, text, requestId).catch((error: unknown): Reply => {
    reportFault(services, error);
    return { kind: 'error', message: 'Internal server error' };
  });
  if (reply.kind === 'error') {
    return messageErrorText(reply.message, connection.connectionId, requestId, reply.messageId ?? '');
  }
  return reply.kind === 'frame' ? reply.frame : undefined;
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
    const route = runtime?.routes.get('$disconnect');
    if (!route?.isOpen || !route.integration) return;
    const context: RequestContext = {
      connection,
      eventType: 'DISCONNECT',
      routeKey: route.routeKey,
      requestId: newRequestId(),
      requestTimeEpoch: services.clock.now(),
      disconnect: { statusCode: close.code, reason: close.reason },
    };
    await callIntegration(services, route, { kind: 'disconnect', context });
  } catch (error) {
    reportFault(services, error);
  }
}

async function answerMessage(
  services: EventServices,
  stage: LiveStage,
  connection: ConnectionContext,
  text: string,
  requestId: string,
): Promise<Reply> {
  const { clock, emit, ids } = services;
  const startedAt = clock.now();
  const current = stage.runtime();
  const runtime = current instanceof Promise ? await current : current;
  // The stage is gone, and the connection is being closed for it.
  if (!runtime) return { kind: 'none' };

  const { route, json } = selectRoute(runtime, text);
  if (!route?.isOpen) {
    const { apiId, connectionId } = connection;
    emit({ kind: 'message-refused', apiId, stage: connection.stage, connectionId, message: 'Forbidden' });
    return { kind: 'error', message: 'Forbidden' };
  }

  const context: RequestContext = {
    connection,
    eventType: 'MESSAGE',
    routeKey: route.routeKey,
    requestId,
    requestTimeEpoch: startedAt,
    messageId: ids.issueMessageId(connection.connectionId),
  };
  const refusal = validateMessage(services, route, context, json);
  if (refusal) return refusal;
  const result = await callIntegration(services, route, {
    kind: 'message',
    context,
    text,
    json,
    wantsReply: route.isTwoWay,
  });
  emit({
    kind: 'message-routed',
    apiId: connection.apiId,
    stage: connection.stage,
    connectionId: connection.connectionId,
    routeKey: route.routeKey,
    milliseconds: clock.now() - startedAt,
  });
  return toReply(route, result);
}

/** The reply to a message that does not fit its model; `undefined` when it fits, or nothing is validated. */
function validateMessage(
  { emit }: EventServices,
  { routeKey, validate }: RouteRuntime,
  { connection, messageId = '' }: RequestContext,
  json: unknown,
): Reply | undefined {
  const verdict = validate?.(json);
  if (!verdict || verdict.kind === 'valid') return undefined;
  const { apiId, stage, connectionId } = connection;
  emit({ kind: 'message-invalid', apiId, stage, connectionId, routeKey, reason: verdict.reason });
  const message = verdict.kind === 'invalid' ? 'Bad request body' : 'Internal server error';
  return { kind: 'error', message, messageId };
}

function toReply(route: RouteRuntime, result: IntegrationResult): Reply {
  switch (result.kind) {
    case 'timed-out':
      return { kind: 'error', message: 'Endpoint request timed out' };
    case 'failed':
      return { kind: 'error', message: failureMessage(result.cause) };
    case 'answered':
      if (!route.isTwoWay || result.body.length === 0) return { kind: 'none' };
      return { kind: 'frame', frame: toTextFrame(result.body) };
  }
}
