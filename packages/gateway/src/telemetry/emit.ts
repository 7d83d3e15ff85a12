import type { GatewayEvent, GatewayEventListener } from './events.ts';

/**
 * Passes events to the owner's listener. What it throws is its owner's fault and must not end a client's connection: it
 * is thrown again outside of the gateway's work, where the process reports it.
 */
export function createEmitter(listener: GatewayEventListener | undefined): GatewayEventListener {
  if (!listener) return () => {};
  return (event: GatewayEvent) => {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}
