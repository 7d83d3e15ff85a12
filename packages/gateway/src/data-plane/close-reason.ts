/** A WebSocket close code (RFC 6455 §7.4) with the text that goes with it. */
export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** Idle too long, too old, or the service side goes away; observed for the idle limit. */
export const goingAway: CloseReason = { code: 1001, reason: 'Going away' };

/** Observed. */
export const binaryNotSupported: CloseReason = { code: 1003, reason: 'Binary is not supported' };

/** The code is documented, the text is our choice. */
export const messageTooBig: CloseReason = { code: 1009, reason: 'Message too big' };

/** `DELETE @connections/{connectionId}`; observed. */
export const closedByRequest: CloseReason = { code: 1000, reason: 'Connection Closed Normally' };

/** The text is our choice. */
export const closedAbnormally: CloseReason = { code: 1006, reason: 'Connection closed abnormally' };

/** What `$disconnect` reports for the code and reason that a socket ended with. */
export function describeClose(code: number, reason: string): CloseReason {
  if (code === 1005) return { code, reason: 'Client-side close frame status not set' };
  if (code === 1006) return closedAbnormally;
  return { code, reason };
}
