import { type ClientOptions, WebSocket } from 'ws';

interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A client that keeps what arrives until it is asked for, so that no frame is ever missed. */
export interface WebSocketClient {
  readonly socket: WebSocket;
  send(data: string | Uint8Array): void;
  /** The next message not yet taken. Rejects when the connection closes before one arrives. */
  message(): Promise<string>;
  readonly closed: Promise<Closed>;
  close(code?: number, reason?: string): Promise<Closed>;
}

export class RefusedUpgrade extends Error {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;

  constructor(status: number, headers: NodeJS.Dict<string | string[]>, body: string) {
    super(`The upgrade was refused with ${status}: ${body}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** @throws RefusedUpgrade when the server answers anything but 101. */
export async function connect(
  url: string,
  options: ClientOptions & { readonly subprotocols?: string[] } = {},
): Promise<WebSocketClient> {
  const socket = new WebSocket(url, options.subprotocols ?? [], options);
  const messages: string[] = [];
  const takers: { resolve(message: string): void; reject(reason: Error): void }[] = [];
  socket.on('message', (data) => {
    const taker = takers.shift();
    if (taker) taker.resolve(String(data));
    else messages.push(String(data));
  });
  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code, reason) => {
      for (const taker of takers.splice(0)) taker.reject(new Error(`Closed with ${code} before a message arrived.`));
      resolve({ code, reason: String(reason) });
    });
  });
  await opened(socket);
  return {
    socket,
    send: (data) => socket.send(data),
    message: () => {
      const message = messages.shift();
      if (message !== undefined) return Promise.resolve(message);
      return new Promise((resolve, reject) => takers.push({ resolve, reject }));
    },
    closed,
    close(code, reason) {
      socket.close(code, reason);
      return closed;
    },
  };
}

/** The refusal of an upgrade that must not succeed. */
export async function refusal(url: string, options: ClientOptions = {}): Promise<RefusedUpgrade> {
  try {
    const client = await connect(url, options);
    client.socket.terminate();
  } catch (error) {
    if (error instanceof RefusedUpgrade) return error;
    throw error;
  }
  throw new Error(`The upgrade of ${url} was accepted.`);
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        reject(new RefusedUpgrade(response.statusCode ?? 0, response.headers, body));
        socket.terminate();
      });
    });
  });
}
