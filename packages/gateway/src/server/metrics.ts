import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { prometheusContentType } from '../telemetry/prometheus-text.ts';
import { respondWithError } from './error-response.ts';
import { guardControlPlane } from './request-guard.ts';

/** Answers `GET /_gatewright/metrics`, which names APIs and routes: what may not use the control plane may not read them. */
export async function answerMetrics(
  request: HttpRequest,
  boundHost: string,
  render: () => Promise<string>,
): Promise<HttpResponse> {
  const refusal = guardControlPlane(request, 'wire-names', boundHost);
  if (refusal) return refusal;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const answer = respondWithError(405, 'BadRequestException', `The method is "${request.method}"; expected GET.`);
    return { ...answer, headers: { ...answer.headers, Allow: 'GET, HEAD' } };
  }
  return { status: 200, headers: { 'Content-Type': prometheusContentType }, body: await render() };
}
