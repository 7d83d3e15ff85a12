import type { RequestContext } from '../model/request-context.ts';
import type { RequestCounts } from './metrics.ts';
import type { CalledIntegration, RequestOutcome } from './request-outcome.ts';

/**
 * Counts a request when it has ended. What each metric counts was observed: a connect counts as a message too, what the
 * gateway refuses counts as neither, and an AWS_PROXY answer of 500 or more is an error of its execution.
 */
export function countOutcome(
  counts: RequestCounts,
  eventType: RequestContext['eventType'],
  { status, error, called, isReplied }: RequestOutcome,
): void {
  if (called || !error) {
    if (eventType === 'CONNECT') counts.connectCount += 1;
    if (eventType !== 'DISCONNECT') counts.messageCount += 1;
  }
  if (isReplied) counts.messageCount += 1;
  if (called) countCall(counts, called, error !== undefined);
  else if (error && status < 500) counts.clientError += 1;
  else if (error) counts.executionError += 1;
}

/** A MOCK integration calls nothing, so it has no latency; a client that left while it waited is no one's error. */
function countCall(counts: RequestCounts, { type, result, milliseconds }: CalledIntegration, isFailed: boolean): void {
  if (result.kind === 'failed' && result.cause === 'abandoned') return;
  if (type !== 'MOCK') counts.integrationLatency.observe(milliseconds);
  if (result.kind !== 'answered') counts.executionError += 1;
  else if (type === 'AWS_PROXY' && result.status >= 500) counts.executionError += 1;
  else if (result.status >= 400) counts.integrationError += 1;
  else if (isFailed) counts.executionError += 1;
}
