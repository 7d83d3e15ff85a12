import type { Duplex } from 'node:stream';
import { refuseAddress, renderRefusal } from '../data-plane/refusal.ts';
import { newRequestId } from '../model/request-id.ts';

/** Answers an upgrade request that is not for a WebSocket endpoint, and ends the connection. */
export function refuseUpgrade(socket: Duplex, now: number): void {
  // The client may be gone already; there is no one to tell.
  socket.on('error', () => {});
  socket.once('finish', () => socket.destroy());
  socket.end(renderRefusal(refuseAddress(newRequestId(), 'There is no WebSocket endpoint at this address.'), now));
}
