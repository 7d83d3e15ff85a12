import { randomUUID } from 'node:crypto';
import type { HttpResponse } from '../http-message.ts';
import { newRequestId } from '../model/request-id.ts';

/** The errors that the server gives before a request has reached one of the gateway's APIs. */
export type ServerErrorType =
  | 'AccessDeniedException'
  | 'BadRequestException'
  | 'ForbiddenException'
  | 'InternalServerErrorException'
  | 'NotFoundException'
  | 'NotImplementedException'
  | 'RequestEntityTooLargeException'
  | 'RequestHeaderFieldsTooLargeException'
  | 'RequestTimeoutException';

/** An error in the form of the service's own: type in a header, message in a JSON body. */
export function respondWithError(
  status: number,
  errorType: ServerErrorType,
  message: string,
  dialect: 'wire-names' | 'member-names' = 'wire-names',
): HttpResponse {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': randomUUID(),
      'x-amz-apigw-id': newRequestId(),
      'x-amzn-ErrorType': errorType,
    },
    body: JSON.stringify(dialect === 'wire-names' ? { message } : { Message: message }),
  };
}
