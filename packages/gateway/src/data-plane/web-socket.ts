import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import { maxMessageBytes } from '../model/message-size.ts';
import type { ClientSocket, ClientSocketEvents } from './client-socket.ts';
import { FrameLengthWatch } from './frame-lengths.ts';
import { closeTimeoutMilliseconds, maxMessageFragments } from './limits.ts';

/** Turns upgraded sockets into client sockets. */
export interface WebSocketAcceptor {
  /**
   * Answers the upgrade with 101 and calls `opened` at once, or destroys a socket that is no longer usable. The request
   * must have passed `readUpgrade`, so that nothing is left to refuse here.
   */
  accept(upgrade: AcceptedUpgrade, opened: (socket: ClientSocket) => ClientSocketEvents): void;
}

interface AcceptedUpgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What was read of the socket already. */
  readonly head: Buffer;
  readonly subprotocol: string | undefined;
}

export function createWebSocketAcceptor(clock: Clock): WebSocketAcceptor {
  const subprotocols = new WeakMap<IncomingMessage, string>();
  const options: ServerOptions & { readonly closeTimeout: number; readonly maxFragments: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    maxFragments: maxMessageFragments,
    closeTimeout: closeTimeoutMilliseconds,
    handleProtocols: (_offered, request) => subprotocols.get(request) ?? false,
  };
  const server = new WebSocketServer(options);
  server.on('headers', (headers) => headers.push(`Date: ${new Date(clock.now()).toUTCString()}`));

  return {
    accept({ request, socket, head, subprotocol }, opened) {
      if (subprotocol !== undefined) subprotocols.set(request, subprotocol);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        bindEvents(webSocket, socket, opened(adapt(webSocket, socket)));
      });
    },
  };
}

function adapt(webSocket: WebSocket, socket: Duplex): ClientSocket {
  let isCorked = false;
  const uncork = (): void => {
    isCorked = false;
    socket.uncork();
  };
  return {
    get isOpen() {
      return webSocket.readyState === WebSocket.OPEN;
    },
    get unreadBytes() {
      return webSocket.bufferedAmount;
    },
    sendText(content) {
      // What is sent in one turn of the event loop goes out in one write.
      if (!isCorked) {
        isCorked = true;
        socket.cork();
        setImmediate(uncork);
      }
      webSocket.send(content, { binary: false });
    },
    close: (code, reason) => webSocket.close(code, reason),
    drop: () => webSocket.terminate(),
    pause: () => webSocket.pause(),
    resume: () => {
      if (webSocket.isPaused) webSocket.resume();
    },
  };
}

function bindEvents(webSocket: WebSocket, socket: Duplex, events: ClientSocketEvents): void {
  const lengths = new FrameLengthWatch();
  let isTooLong = false;
  let messages = 0;
  // `ws` reads a chunk between the two listeners: what came whole before a frame that is too long is still a message.
  socket.prependListener('data', (chunk: Buffer) => {
    isTooLong ||= lengths.isTooLong(chunk);
  });
  socket.on('data', () => {
    if (isTooLong) events.tooBig();
  });

  webSocket.on('message', (content: Buffer, isBinary) => {
    if (isTooLong && messages === lengths.messagesBefore) return;
    messages += 1;
    if (isBinary) events.binary();
    else events.text(content.toString('utf8'));
  });
  webSocket.on('ping', () => events.ping());
  webSocket.on('error', (error) => {
    const code = violationCode(error);
    if (code !== undefined) events.violated(code);
  });
  webSocket.on('close', (code, reason) => events.closed(code, reason.toString('utf8')));
}

/** The code with which `ws` closes for a broken rule; `undefined` for errors of the network. */
function violationCode(error: Error): number | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (!code.startsWith('WS_ERR_')) return undefined;
  if (code === 'WS_ERR_INVALID_UTF8') return 1007;
  if (code.startsWith('WS_ERR_UNSUPPORTED_')) return 1009;
  return code.startsWith('WS_ERR_TOO_MANY_') ? 1008 : 1002;
}
