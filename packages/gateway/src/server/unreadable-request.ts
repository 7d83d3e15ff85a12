import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { respondWithError, type ServerErrorType } from './error-response.ts';

interface Answer {
  readonly status: number;
  readonly errorType: ServerErrorType;
  readonly message: string;
}

/** By Node's codes for requests that it gives up. */
const answers: Readonly<Record<string, Answer>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    errorType: 'RequestTimeoutException',
    message: 'The request did not arrive in time.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    errorType: 'RequestHeaderFieldsTooLargeException',
    message: 'The headers of the request are longer than is allowed.',
  },
};
const malformed: Answer = {
  status: 400,
  errorType: 'BadRequestException',
  message: 'This is no request of HTTP/1.1.',
};

/** Answers a request that could not be read, in the shape of every other refusal, and ends the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, errorType, message } = answers[error.code ?? ''] ?? malformed;
  const { headers, body } = respondWithError(status, errorType, message);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
