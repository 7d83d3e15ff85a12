import type { Scope } from '../expression/scope.ts';

/** A request as a transport sends it. */
export interface HttpExchangeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** The source description, operation, workflow and step it is made for. */
  readonly sourceName: string;
  readonly operationId?: string;
  readonly workflowId: string;
  readonly stepId: string;
  /** Absent when the request is not a step's own, such as one for a token. */
  readonly purpose?: ExchangePurpose;
}

/** What a request is sent for: of use to transports that make answers up. */
export interface ExchangePurpose {
  /** What the criteria of the step read besides the response. */
  readonly scope: Scope;
  /** Tells, in sentences, why the step would fail with a response; in none when its success criteria accept it. */
  judge(response: HttpExchangeResponse): readonly string[];
}

export interface HttpExchangeResponse {
  readonly status: number;
  /** Names in lower case, every value of a repeated header. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** With any content encoding undone. */
  readonly body: Uint8Array;
  /** Of an answer that is made up: what in it is not as the API declares it. Each is the end of a sentence, without a stop. */
  readonly shortcomings?: readonly string[];
}

/**
 * Port: how requests reach their server. An implementation
 * - sends each request once, with the length of its body, and follows no redirects;
 * - rejects with a `TransportError` when there is no whole response, whatever the reason;
 * - rejects soon after `signal` is aborted, and leaves no socket of that request behind;
 * - listens to `signal` only while the request is under way, since many requests may share one.
 */
export interface Transport {
  send(request: HttpExchangeRequest, signal: AbortSignal): Promise<HttpExchangeResponse>;
  /** Ends idle connections. Nothing is sent after that. */
  close(): void;
}

/** Why there is no response. */
export type TransportErrorCode =
  | 'connection-refused'
  | 'connection-lost'
  | 'host-not-found'
  /** TLS was not agreed on: no request was read. */
  | 'tls-failed'
  /** The proxy cannot be reached, or refuses to connect. */
  | 'proxy-failed'
  | 'timed-out'
  | 'response-too-large'
  | 'response-unreadable'
  | 'request-invalid'
  /** A mock has no answer that the step accepts. */
  | 'not-mocked'
  | 'transport-failed';

/** A request without a response. The message is one sentence that names the URL. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportError';
    this.code = code;
  }
}
