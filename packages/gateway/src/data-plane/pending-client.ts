import type { Duplex } from 'node:stream';
import { maxEarlyBytes } from './limits.ts';

/** A client whose handshake is not yet answered. */
export interface PendingClient {
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /**
   * Ends the watch. Gives what was read of the socket, to be handed to whoever reads on, who must attach in the same turn
   * since the socket keeps flowing; `undefined` when the client has gone, and then there is nothing left to do.
   */
  release(): Buffer | undefined;
}

/**
 * Watches a socket while its handshake is pending. It has to be read for that, since a client that has gone is noticed
 * only by reading; a client that sends too much before it was answered is dropped.
 */
export function watchPendingClient(socket: Duplex, head: Buffer): PendingClient {
  const controller = new AbortController();
  const chunks = [head];
  let length = head.length;

  const leave = (): void => {
    detach();
    socket.destroy();
    controller.abort();
  };
  const keep = (chunk: Buffer): void => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxEarlyBytes) leave();
  };
  const detach = (): void => {
    socket.off('data', keep);
    socket.off('end', leave);
    socket.off('close', leave);
  };
  // An error is always followed by the socket's closing, and after that it is of no interest to anyone.
  socket.on('error', () => {});
  socket.on('end', leave);
  socket.on('close', leave);
  socket.on('data', keep);

  return {
    signal: controller.signal,
    release() {
      if (controller.signal.aborted) return undefined;
      detach();
      return Buffer.concat(chunks);
    },
  };
}
