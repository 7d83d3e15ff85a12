import type { GatewayEventListener } from './events.ts';

/** Tells the owner of what went wrong inside the gateway. */
export function reportFault({ emit }: { readonly emit: GatewayEventListener }, error: unknown): void {
  emit({ kind: 'gateway-fault', reason: error instanceof Error ? error.message : String(error) });
}
