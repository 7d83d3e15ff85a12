import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers by which a client offers another protocol. */
const offerHeaders: ReadonlySet<string> = new Set(['connection', 'upgrade', 'http2-settings']);

/** Whether the client asks for WebSocket and for nothing else. */
export function asksForWebSocket(request: IncomingMessage): boolean {
  return request.headers.upgrade?.trim().toLowerCase() === 'websocket';
}

/**
 * Lets the server answer a request as if it had offered no other protocol, which it may (RFC 9110 §7.8). Some HTTP clients
 * offer HTTP/2 with every first request, and Node takes any offer for the end of HTTP on that socket; so the socket is
 * given back as a new connection, on which the request comes again without the offer.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (!offerHeaders.has(name.toLowerCase())) lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
