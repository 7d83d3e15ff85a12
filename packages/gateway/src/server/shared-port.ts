import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createServer, type Server as TlsServer } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Certificate } from './certificate.ts';

/** How long a client may take to send its first byte, and then to agree on TLS. */
const firstByteMilliseconds = 10_000;
/** The first byte of a TLS handshake (RFC 8446 §5.1); no HTTP request begins with it. */
const handshakeRecord = 0x16;

/** The connections of a port before HTTP begins on them. */
export interface SharedPort {
  /** Ends those on which it has not begun, and those that speak TLS. */
  close(): void;
}

export interface SharedPortOptions {
  readonly clock: Clock;
  /** Asked when the first client speaks TLS. If it fails, that client is turned away and the next one asks again. */
  certificate(): Promise<Certificate>;
  onFault(error: unknown): void;
}

/**
 * Lets an HTTP server answer TLS and plain text alike: the first byte of a connection tells which of the two its client
 * speaks. Call it before anything else listens to the server's connections.
 */
export function sharePort(server: Server, { clock, certificate, onFault }: SharedPortOptions): SharedPort {
  const waiting = new Set<Socket>();
  const listeners = server.listeners('connection');
  const serveHttp = (socket: Socket): void => {
    for (const listener of listeners) listener.call(server, socket);
  };
  let tlsServer: Promise<TlsServer> | undefined;
  const serveTls = async (socket: Socket): Promise<void> => {
    try {
      tlsServer ??= certificate().then((shown) => createTlsServer(shown, serveHttp));
      // As on a server of TLS alone: a client that ends within the handshake is not waited for.
      socket.allowHalfOpen = false;
      (await tlsServer).emit('connection', socket);
    } catch (error) {
      tlsServer = undefined;
      onFault(error);
      socket.destroy();
    }
  };

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    awaitFirstByte(socket, clock, (byte) => {
      if (byte === handshakeRecord) return void serveTls(socket);
      waiting.delete(socket);
      serveHttp(socket);
      socket.resume();
    });
  });
  return {
    close() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

function createTlsServer({ certificate, privateKey }: Certificate, serveHttp: (socket: Socket) => void): TlsServer {
  const server = createServer({
    cert: certificate,
    key: privateKey,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: firstByteMilliseconds,
  });
  return server.on('secureConnection', serveHttp).on('tlsClientError', (_error, socket) => socket.destroy());
}

/** Leaves the socket paused, with nothing taken from it. A socket that ends or stays silent is destroyed. */
function awaitFirstByte(socket: Socket, clock: Clock, done: (byte: number | undefined) => void): void {
  const giveUp = (): void => {
    socket.destroy();
  };
  const cancel = clock.after(firstByteMilliseconds, giveUp);
  socket.once('close', cancel).once('end', giveUp).on('error', giveUp);
  socket.once('data', (data: Buffer) => {
    cancel();
    socket.off('close', cancel).off('end', giveUp).off('error', giveUp);
    socket.pause();
    socket.unshift(data);
    done(data[0]);
  });
}
