import type { Server } from 'node:http';
import { GatewayError } from '../gateway-error.ts';

/** Starts listening; resolves to the port, which matters when 0 was asked for. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): GatewayError {
  if (error.code === 'EADDRINUSE') {
    return new GatewayError('port-in-use', `Port ${port} of "${host}" is in use by another program.`, { cause: error });
  }
  const message = `The gateway cannot listen on port ${port} of "${host}" (${error.code ?? error.message}).`;
  return new GatewayError('address-unusable', message, { cause: error });
}
