/** The messages that the gateway itself gives to clients, in handshake answers and error frames. */
export type ErrorMessage =
  | 'Bad request body'
  | 'Endpoint request timed out'
  | 'Forbidden'
  | 'Internal server error'
  | 'Too Many Requests'
  | 'Unsupported Media Type'
  | `Missing required request parameters: [${string}]`;

/**
 * The text of an error frame, and of a refused handshake: as recorded, with one space after the first colon and after
 * the commas.
 */
export function errorText(message: ErrorMessage, connectionId: string, requestId: string): string {
  return `{"message": ${JSON.stringify(message)}, "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}

/**
 * The text of an error frame. That of a message which does not fit its model names the message and not the request, with
 * other spaces, as the developer guide has it: "Request validation for WebSocket APIs".
 */
export function messageErrorText(
  message: ErrorMessage,
  connectionId: string,
  requestId: string,
  messageId: string,
): string {
  if (message !== 'Bad request body') return errorText(message, connectionId, requestId);
  return `{"message" : "${message}", "connectionId": "${connectionId}", "messageId": "${messageId}"}`;
}
