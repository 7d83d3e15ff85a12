import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { respondWithError } from './error-response.ts';
import { guardControlPlane, isLoopback } from './request-guard.ts';

export interface ResetRequest {
  readonly request: HttpRequest;
  readonly boundHost: string;
  /** Of the client's end of the connection. */
  readonly remoteAddress: string;
  /** `undefined` where a reset is not allowed. */
  readonly reset: (() => Promise<void>) | undefined;
}

/** Answers `POST /_gatewright/reset`: for suites of tests, from this machine alone, and only where it was asked for. */
export async function answerReset({ request, boundHost, remoteAddress, reset }: ResetRequest): Promise<HttpResponse> {
  const refusal = guardControlPlane(request, 'wire-names', boundHost);
  if (refusal) return refusal;
  if (!reset || !isLoopback(remoteAddress.replace(/^::ffff:/, ''))) {
    const message = reset
      ? `A reset is for clients of this machine; the address "${remoteAddress}" is not.`
      : 'A reset is not allowed here; "gatewright serve --allow-reset" or "gatewright up" is expected.';
    return respondWithError(403, 'AccessDeniedException', message);
  }
  if (request.method !== 'POST') {
    const answer = respondWithError(405, 'BadRequestException', `The method is "${request.method}"; expected POST.`);
    return { ...answer, headers: { ...answer.headers, Allow: 'POST' } };
  }
  await reset();
  return { status: 204, headers: {}, body: '' };
}
