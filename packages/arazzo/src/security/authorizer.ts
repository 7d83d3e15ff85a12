import type { SecurityScheme } from '../document/openapi/security.ts';
import type { HttpExchangeRequest, HttpExchangeResponse } from '../transports/transport.ts';

/** What a caller gives for a security scheme: a text, or named parts. What each scheme takes is said at its file. */
export type Credential = string | Readonly<Record<string, string>>;

/** A security scheme of a source with the credential for it: plain data, a part of the plan. */
export interface Authorization {
  readonly sourceName: string;
  readonly schemeName: string;
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
  readonly credential: Credential;
  /** The base URL that the requests go to. */
  readonly baseUrl: string;
  /** The base URL that the description gives, when it gives one. */
  readonly describedUrl?: string;
}

/** Adds a credential to requests. What it learns on the way, such as a token, it keeps until it is dropped. */
export interface Authorizer {
  /**
   * Returns the request with the credential in it.
   *
   * @throws AuthorizationError when the credential that is to be sent cannot be got, or TransportError.
   */
  authorize(request: HttpExchangeRequest, context: AuthorizationContext): Promise<HttpExchangeRequest>;
  /**
   * The request to send, once, after the response to an authorized request; `undefined` to leave it at that response. Never
   * rejects.
   */
  answer?(
    request: HttpExchangeRequest,
    response: HttpExchangeResponse,
    context: AuthorizationContext,
  ): HttpExchangeRequest | undefined | Promise<HttpExchangeRequest | undefined>;
}

export interface AuthorizationContext {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Sends a request of the scheme's own; rejects with a TransportError. */
  send(request: HttpExchangeRequest): Promise<HttpExchangeResponse>;
}

/** The same export of each scheme's file. `undefined` when the credential does not have the form that the scheme expects. */
export type CreateAuthorizer = (authorization: Authorization) => Authorizer | undefined;

/** No credential could be got to send. The message is one sentence without secrets. */
export class AuthorizationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AuthorizationError';
  }
}

/** The request with one more header, or with another value for it. */
export function withHeader(request: HttpExchangeRequest, name: string, value: string): HttpExchangeRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** Whether HTTP can carry the text in a header. */
export function isHeaderValue(text: string): boolean {
  return text !== '' && /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
