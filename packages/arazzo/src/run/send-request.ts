import type { OperationCall, PlannedStep } from '../plan/plan.ts';
import type { BuiltRequest } from '../request/build-request.ts';
import {
  type Authorization,
  type AuthorizationContext,
  AuthorizationError,
  type Authorizer,
} from '../security/authorizer.ts';
import { createAuthorizer } from '../security/create-authorizer.ts';
import {
  type ExchangePurpose,
  type HttpExchangeRequest,
  type HttpExchangeResponse,
  TransportError,
} from '../transports/transport.ts';
import type { Frame, RunContext } from './context.ts';
import type { StepFailureReason } from './events.ts';
import { type Flow, settled } from './flow.ts';

/** Milliseconds for a request when its step gives no `timeout`. */
const DEFAULT_TIMEOUT = 60_000;

/** A request of a step, ready to be sent. */
export interface PreparedRequest {
  readonly request: HttpExchangeRequest;
  readonly authorizers: readonly Authorizer[];
  readonly limit: TimeLimit;
}

/** How long a step may take, with all that is sent for it. */
interface TimeLimit {
  readonly milliseconds: number;
  /** When that is over, on the clock of the run. */
  readonly until: number;
}

export type PrepareResult =
  | { readonly kind: 'prepared'; readonly prepared: PreparedRequest }
  | { readonly kind: 'refused'; readonly reason: StepFailureReason };

/** Translates a request for its server, then adds its credentials, for which tokens may have to be got. Never throws. */
export function* prepareRequest(
  frame: Frame,
  call: OperationCall,
  built: BuiltRequest,
  step: PlannedStep,
  purpose: ExchangePurpose,
): Flow<PrepareResult> {
  const { context, workflow } = frame;
  const { operationId, sourceName } = call.operation;
  const { method, url, headers, body } = built;
  const limit = limitOf(frame, step);
  const authorizers = call.authorizations.map((authorization) => authorizerOf(context, authorization));
  const plain: HttpExchangeRequest = {
    method,
    url,
    headers,
    sourceName,
    workflowId: workflow.id,
    stepId: step.stepId,
    purpose,
    ...(operationId !== undefined && { operationId }),
    ...(body !== undefined && { body }),
  };
  let request = context.translation?.translateRequest(plain) ?? plain;
  try {
    for (const authorizer of authorizers) {
      request = yield* settled(authorizer.authorize(request, authorizationContext(context, limit)));
    }
  } catch (error) {
    return { kind: 'refused', reason: explain(error) };
  }
  return { kind: 'prepared', prepared: { request, authorizers, limit } };
}

/** Sends a request, answers a challenge when there is one, and translates the response back. */
export function* sendRequest(
  context: RunContext,
  { request, authorizers, limit }: PreparedRequest,
): Flow<HttpExchangeResponse | TransportError> {
  let sent = request;
  let response: HttpExchangeResponse;
  try {
    response = yield* settled(sendInTime(context, sent, limit));
    for (const authorizer of authorizers) {
      if (authorizer.answer === undefined) continue;
      const answer = authorizer.answer(request, response, authorizationContext(context, limit));
      const again = answer instanceof Promise ? yield* settled(answer) : answer;
      if (again === undefined) continue;
      sent = again;
      response = yield* settled(sendInTime(context, sent, limit));
    }
  } catch (error) {
    return describeFailure(context, sent, limit, error);
  }
  return context.translation?.translateResponse(request, response) ?? response;
}

function authorizationContext(context: RunContext, limit: TimeLimit): AuthorizationContext {
  return {
    now: () => context.clock.now(),
    send: (request) =>
      sendInTime(context, request, limit).catch((error: unknown) => {
        throw describeFailure(context, request, limit, error);
      }),
  };
}

/** The step's own time, or what is left to the workflow that it is in. */
function limitOf({ context, until = Number.POSITIVE_INFINITY }: Frame, step: PlannedStep): TimeLimit {
  const now = context.clock.now();
  const milliseconds = Math.min(step.timeout ?? DEFAULT_TIMEOUT, until - now);
  return { milliseconds, until: now + milliseconds };
}

/** Authorizers keep what they learn for the rest of the run. */
function authorizerOf(context: RunContext, authorization: Authorization): Authorizer {
  const known = context.authorizers.get(authorization) ?? createAuthorizer(authorization);
  // A plan holds only authorizations that can be applied.
  if (known === undefined) throw new AuthorizationError(`The scheme "${authorization.schemeName}" cannot be applied.`);
  context.authorizers.set(authorization, known);
  return known;
}

function sendInTime(
  { clock, deadline, transport }: RunContext,
  request: HttpExchangeRequest,
  { until }: TimeLimit,
): Promise<HttpExchangeResponse> {
  return deadline.within(Math.max(0, until - clock.now()), (signal) => transport.send(request, signal));
}

function describeFailure(
  { deadline }: RunContext,
  { url }: HttpExchangeRequest,
  { milliseconds }: TimeLimit,
  error: unknown,
): TransportError {
  if (deadline.isPast) return new TransportError('timed-out', `"${url}" did not answer within ${milliseconds} ms.`);
  if (error instanceof TransportError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TransportError('transport-failed', `"${url}" could not be reached: ${reason}.`, { cause: error });
}

function explain(error: unknown): StepFailureReason {
  if (error instanceof TransportError) return { code: error.code, message: error.message };
  if (error instanceof AuthorizationError) return { code: 'authorization-failed', message: error.message };
  throw error;
}
