import type { IncomingMessage } from 'node:http';

/** The address of the client's end of the connection; one of IPv4 in its own form, also where IPv6 carries it. */
export function readSourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}
