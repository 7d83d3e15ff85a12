import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerUnreadable } from './unreadable-request.ts';

describe('a request that cannot be read', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer({ requestTimeout: 20, headersTimeout: 10, connectionsCheckingInterval: 5 });
    server.on('clientError', answerUnreadable).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ['is no HTTP', 'hello\r\n\r\n', 400, 'BadRequestException', 'This is no request of HTTP/1.1.'],
    [
      'has headers without end',
      `GET / HTTP/1.1\r\nHost: a\r\nx: ${'x'.repeat(20_000)}`,
      431,
      'RequestHeaderFieldsTooLargeException',
      'The headers of the request are longer than is allowed.',
    ],
    [
      'stops in the middle',
      'GET / HTTP/1.1\r\nHost: a\r\n',
      408,
      'RequestTimeoutException',
      'The request did not arrive in time.',
    ],
  ])('that %s is answered in the shape of every error', async (_what, bytes, status, errorType, message) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(`\r\nx-amzn-ErrorType: ${errorType}\r\n`);
    expect(answer).toContain(`\r\nConnection: close\r\n\r\n{"message":"${message}"}`);
  });
});
