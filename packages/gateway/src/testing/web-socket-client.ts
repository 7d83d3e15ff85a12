import type { IncomingHttpHeaders } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';

/** A client that keeps what it gets until a test asks for it, so that no frame is lost. */
export interface WebSocketClient {
  readonly socket: WebSocket;
  /** Headers of the 101. */
  readonly headers: IncomingHttpHeaders;
  send(content: string): void;
  /** The next message; waits for it. */
  next(): Promise<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

export interface RefusedHandshake {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type ConnectOptions = ClientOptions & { readonly subprotocols?: string[] };

/** Connects, or rejects when the handshake is refused. */
export function connectClient(
  url: string,
  { subprotocols = [], ...options }: ConnectOptions = {},
): Promise<WebSocketClient> {
  const socket = new WebSocket(toWebSocketUrl(url), subprotocols, options);
  const waiting: ((content: string) => void)[] = [];
  const received: string[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    const content = isBinary ? `binary:${data.toString('hex')}` : data.toString('utf8');
    const waiter = waiting.shift();
    if (waiter) waiter(content);
    else received.push(content);
  });
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
  });
  let headers: IncomingHttpHeaders = {};
  socket.on('upgrade', (response) => {
    headers = response.headers;
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () =>
      resolve({
        socket,
        headers,
        send: (content) => socket.send(content),
        next() {
          const content = received.shift();
          return content === undefined ? new Promise((take) => waiting.push(take)) : Promise.resolve(content);
        },
        closed,
      }),
    );
  });
}

/** Connects and expects to be refused. */
export function connectRefused(
  url: string,
  { subprotocols = [], ...options }: ConnectOptions = {},
): Promise<RefusedHandshake> {
  const socket = new WebSocket(toWebSocketUrl(url), subprotocols, options);
  return new Promise((resolve, reject) => {
    socket.on('open', () => reject(new Error(`The handshake with "${url}" was accepted.`)));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
  });
}

function toWebSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws');
}
