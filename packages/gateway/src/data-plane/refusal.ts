import { STATUS_CODES } from 'node:http';
import { isEndToEndHeader } from '../integrations/back-end/end-to-end-headers.ts';
import type { IntegrationResult } from '../integrations/integration.ts';
import { type ErrorMessage, errorText } from './error-text.ts';

/** The answer to a handshake that is not accepted. */
export interface Refusal {
  readonly status: number;
  /** Without `Date`, `Connection` and `Content-Length`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
  /** For the owner of the gateway; not sent. */
  readonly message: string;
}

const gatewayContentType = 'application/json; charset=UTF-8';

/** The front end's refusal of what is not an endpoint: unknown API or stage, or a path that goes on after the stage. */
export function refuseAddress(requestId: string, message: string): Refusal {
  return {
    status: 403,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', 'ForbiddenException'],
      ['x-amz-apigw-id', requestId],
    ],
    body: '{"message":"Forbidden"}',
    message,
  };
}

/** The refusal of an API that could be configured and is not served, which says so to the client too. */
export function refuseUnserved(requestId: string, message: string): Refusal {
  return {
    status: 501,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', 'NotImplementedException'],
      ['x-amz-apigw-id', requestId],
    ],
    body: JSON.stringify({ message }),
    message,
  };
}

/** The refusal of a request that is no WebSocket handshake. */
export function refuseProtocol(status: number, requestId: string): Refusal {
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amz-apigw-id', requestId],
      ...(status === 426 ? ([['Sec-WebSocket-Version', '13']] as const) : []),
      ...(status === 405 ? ([['Allow', 'GET']] as const) : []),
    ],
    body: `{"message":"${STATUS_CODES[status] ?? 'Bad Request'}"}`,
    message: `The request is no WebSocket handshake that is served here (${status}).`,
  };
}

/** The refusal of a request with two headers `Authorization`: that it is a page of HTML was observed, its text is our choice. */
export function refuseAmbiguousAuthorization(requestId: string): Refusal {
  return {
    status: 400,
    headers: [
      ['Content-Type', 'text/html'],
      ['x-amz-apigw-id', requestId],
    ],
    body: '<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>',
    message: 'The request has more than one header "Authorization".',
  };
}

/** The refusal of a handshake that the gateway itself could not carry out. */
export function refuseFault(requestId: string): Refusal {
  return {
    status: 500,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', 'InternalServerErrorException'],
      ['x-amz-apigw-id', requestId],
    ],
    body: '{"message":"Internal server error"}',
    message: 'Something went wrong inside the gateway.',
  };
}

/** A refusal in the gateway's own words, once the connection has its ids. */
export function refuse(status: number, message: ErrorMessage, connectionId: string, requestId: string): Refusal {
  return {
    status,
    headers: [
      ['Content-Type', gatewayContentType],
      ['x-amz-apigw-id', requestId],
    ],
    body: errorText(message, connectionId, requestId),
    message,
  };
}

/** Headers of an integration's answer that do not reach a client whose handshake it refused. */
const replacedHeaders: ReadonlySet<string> = new Set(['date', 'x-amz-apigw-id']);

/** The integration's own answer, passed on: status, body and headers. */
export function refuseAsAnswered(answer: Extract<IntegrationResult, { kind: 'answered' }>, requestId: string): Refusal {
  const headers: [string, string][] = [];
  for (const [name, values] of Object.entries(answer.headers)) {
    if (!isEndToEndHeader(name) || replacedHeaders.has(name) || name.startsWith('sec-websocket-')) continue;
    if (name === 'content-type') continue;
    for (const value of [values].flat()) headers.push([name, value]);
  }
  const contentType = [answer.headers['content-type'] ?? gatewayContentType].flat().at(0) ?? gatewayContentType;
  return {
    status: answer.status,
    headers: [
      ['Content-Type', contentType === 'application/json' ? gatewayContentType : contentType],
      ...headers,
      ['x-amz-apigw-id', requestId],
    ],
    body: answer.body,
    message: `The integration answered ${answer.status}.`,
  };
}

/** The bytes of a refusal on a socket that Node has given up for an upgrade. */
export function renderRefusal(refusal: Refusal, now: number): Buffer {
  const body = Buffer.from(refusal.body);
  const lines = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    `Date: ${new Date(now).toUTCString()}`,
    ...refusal.headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
    'Connection: keep-alive',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
