/**
 * The seam between Node's server and the protocol code: handlers are functions from a request to a response and are
 * tested without a port.
 */
export interface HttpRequest {
  /** In upper case. */
  readonly method: string;
  /** The request target as it was sent, percent-encoding untouched: path and query. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}
