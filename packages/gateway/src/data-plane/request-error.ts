import type { IntegrationFailure, IntegrationResult } from '../integrations/integration.ts';
import type { CalledIntegration, RequestError, RequestOutcome } from '../telemetry/request-outcome.ts';
import type { ErrorMessage } from './error-text.ts';

/** Something that the gateway tells a client in its own words: as the answer to a handshake, or in an error frame. */
export interface GatewayRefusal extends RequestError {
  readonly message: ErrorMessage;
  /** Of the handshake's answer; for a message it stands in logs alone. */
  readonly status: number;
}

/** The outcome of a request whose error, if there is one, is told to the client. */
export type GatewayOutcome = Omit<RequestOutcome, 'error'> & { readonly error?: GatewayRefusal };

export function withError(error: GatewayRefusal, called?: CalledIntegration): GatewayOutcome {
  return { status: error.status, error, ...(called && { called }) };
}

export const forbidden: GatewayRefusal = { status: 403, message: 'Forbidden', responseType: 'ACCESS_DENIED' };

/** The text is inferred from that of REST APIs. */
export const tooManyRequests: GatewayRefusal = {
  status: 429,
  message: 'Too Many Requests',
  responseType: 'THROTTLED',
};

/** A message that does not fit the model of its route; `validation` says where. */
export function badRequestBody(validation: string): GatewayRefusal {
  return { status: 400, message: 'Bad request body', responseType: 'BAD_REQUEST_BODY', validation };
}

export const internalServerError: GatewayRefusal = {
  status: 500,
  message: 'Internal server error',
  responseType: 'DEFAULT_5XX',
};

const timedOut: GatewayRefusal = {
  status: 504,
  message: 'Endpoint request timed out',
  responseType: 'INTEGRATION_TIMEOUT',
};

/** Names them all, as REST APIs do. */
export function missingParameters(names: readonly string[]): GatewayRefusal {
  const message = `Missing required request parameters: [${names.join(', ')}]` as const;
  return { status: 400, message, responseType: 'BAD_REQUEST_PARAMETERS' };
}

const failures: Readonly<Record<IntegrationFailure, GatewayRefusal>> = {
  unreachable: { ...internalServerError, status: 504, responseType: 'INTEGRATION_FAILURE' },
  'bad-answer': { ...internalServerError, status: 502, responseType: 'INTEGRATION_FAILURE' },
  refused: internalServerError,
  misconfigured: { ...internalServerError, responseType: 'API_CONFIGURATION_ERROR' },
  'no-template': { status: 415, message: 'Unsupported Media Type', responseType: 'UNSUPPORTED_MEDIA_TYPE' },
  unsupported: { ...internalServerError, status: 501 },
  abandoned: internalServerError,
};

/** What a client is told of an integration that gave no answer; only the timeout's text was recorded. */
export function describeNoAnswer(result: Exclude<IntegrationResult, { kind: 'answered' }>): GatewayRefusal {
  return result.kind === 'timed-out' ? timedOut : failures[result.cause];
}
