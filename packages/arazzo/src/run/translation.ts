import type { HttpExchangeRequest, HttpExchangeResponse } from '../transports/transport.ts';

/**
 * Port: the way between what a description says and what its server speaks, for a server that spells things differently.
 * Pure; what it has nothing to say about it returns as it is. Credentials are added to the translated request.
 */
export interface Translation {
  translateRequest(request: HttpExchangeRequest): HttpExchangeRequest;
  /** `request` is the translated one. */
  translateResponse(request: HttpExchangeRequest, response: HttpExchangeResponse): HttpExchangeResponse;
}
