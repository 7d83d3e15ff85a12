import type { IntegrationCall, IntegrationResult } from './integration.ts';
import type { MappedParameters } from './mapping/request-parameters.ts';

/** What a non-proxy integration asks of its back end. */
export interface ExchangeRequest {
  readonly call: IntegrationCall;
  /** What a request template made, or the message itself; empty where there is neither. Binary after `CONVERT_TO_BINARY`. */
  readonly body: string | Uint8Array;
  /** The key of the request template that made the body; absent for a message that was passed through. */
  readonly templateKey?: string;
  readonly parameters: MappedParameters;
}

export interface ExchangeAnswer extends Answered {
  /**
   * What the patterns of the integration responses are compared with: the status of an HTTP or MOCK back end, the error
   * message of a function that failed. Absent where only `$default` can answer, as for a function that did not fail.
   */
  readonly selection?: string;
}

/** All values of a header of the answer, by its name in lower case. */
export function answerHeader({ headers }: ExchangeAnswer, name: string): readonly string[] {
  return Object.hasOwn(headers, name) ? [headers[name] ?? []].flat() : [];
}

type Answered = Extract<IntegrationResult, { kind: 'answered' }>;

export type ExchangeResult = ExchangeAnswer | Exclude<IntegrationResult, Answered>;

/** The exchange with a back end of one kind: all of a non-proxy integration that is not mapping. It never rejects. */
export type Exchange = (request: ExchangeRequest, signal?: AbortSignal) => Promise<ExchangeResult>;
