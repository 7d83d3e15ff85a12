import type { HandshakeRequest } from '../model/handshake-request.ts';
import type { RequestContext } from '../model/request-context.ts';

/** Hears what is sent to a back end and what comes back, where a log wants to know. */
export interface IntegrationTrace {
  sending(request: {
    readonly uri: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: string | Uint8Array;
  }): void;
  received(response: {
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: string | Uint8Array;
    readonly milliseconds: number;
  }): void;
}

interface Traced {
  readonly trace?: IntegrationTrace | undefined;
}

/** What an integration is asked to handle. */
export type IntegrationCall = Traced &
  (
    | { readonly kind: 'connect'; readonly context: RequestContext; readonly handshake: HandshakeRequest }
    | {
        readonly kind: 'message';
        readonly context: RequestContext;
        readonly text: string;
        /** The text parsed; `undefined` when it is not JSON. */
        readonly json: unknown;
        /** The route has a response: the answer goes back to the client. */
        readonly wantsReply: boolean;
      }
    | { readonly kind: 'disconnect'; readonly context: RequestContext }
  );

export type IntegrationResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string | readonly string[]>>;
      readonly body: Uint8Array;
    }
  /** The integration's `timeoutInMillis` passed. */
  | { readonly kind: 'timed-out'; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly cause: IntegrationFailure;
      /** A sentence for the owner of the gateway; it names the back end and never repeats what a client sent. */
      readonly reason: string;
    };

export type IntegrationFailure =
  /** No answer came: the connection was refused, lost, or could not be made. */
  | 'unreachable'
  /** An answer came that cannot be used. */
  | 'bad-answer'
  /** An AWS service would not do it, as when a function does not exist or is throttled. */
  | 'refused'
  /** The configuration cannot be carried out. */
  | 'misconfigured'
  /** No request template fits, and the passthrough behavior forbids to go without one. */
  | 'no-template'
  /** The configuration asks for what this gateway does not do yet. */
  | 'unsupported'
  /** The caller's signal was aborted. */
  | 'abandoned';

/** An integration, compiled once. It never rejects; `signal` ends the call early. */
export type IntegrationFunction = (call: IntegrationCall, signal?: AbortSignal) => Promise<IntegrationResult>;

/** An integration that can only say why it does not work. */
export function failing(cause: IntegrationFailure, reason: string): IntegrationFunction {
  return async () => ({ kind: 'failed', cause, reason });
}
