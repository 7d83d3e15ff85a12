import type { IntegrationResult } from '../integrations/integration.ts';
import type { IntegrationType } from '../model/resources.ts';

/** What became of a request: what logs and metrics are made of, beside its context. */
export interface RequestOutcome {
  /** What a handshake was answered with, 200 for 101; of a message, the integration's status or that of the error frame. */
  readonly status: number;
  /** Why the gateway itself refused the request or could not carry it out. */
  readonly error?: RequestError;
  /** Absent when no integration was called. */
  readonly called?: CalledIntegration;
  /** The client got an answer of the route's. Default false. */
  readonly isReplied?: boolean;
}

export interface RequestError {
  readonly message: string;
  /** As the gateway responses of REST APIs are called. */
  readonly responseType: string;
  /** What of the message does not fit its model. */
  readonly validation?: string;
}

export interface CalledIntegration {
  /** Absent when the route names an integration that does not exist. */
  readonly type: IntegrationType | undefined;
  readonly result: IntegrationResult;
  /** From the call to its result. */
  readonly milliseconds: number;
}
