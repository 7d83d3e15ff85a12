/** The messages that the gateway itself gives to clients, in handshake answers and error frames. */
export type ErrorMessage =
  | 'Endpoint request timed out'
  | 'Forbidden'
  | 'Internal server error'
  | `Missing required request parameters: [${string}]`;

/**
 * The text of an error frame, and of a refused handshake: as recorded, with one space after the first colon and after
 * the commas.
 */
export function errorText(message: ErrorMessage, connectionId: string, requestId: string): string {
  return `{"message": ${JSON.stringify(message)}, "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}
