import type { GatewayEvent } from '@gatewright/gateway';
import type { Output } from './output.ts';

/** Returns the listener that shows what a serving gateway does: connections, messages and back ends that fail. */
export function createGatewayView(output: Output): (event: GatewayEvent) => void {
  return (event) => {
    output.record(event);
    const line = formatGatewayEvent(event);
    if (line !== undefined) output.line(output.style('dim', line));
  };
}

function formatGatewayEvent(event: GatewayEvent): string | undefined {
  switch (event.kind) {
    case 'control-plane-request':
      return undefined;
    case 'connection-opened':
      return `  ● ${event.apiId} ${event.connectionId} connected`;
    case 'connection-refused':
      return `  ○ ${event.apiId} connection refused: ${event.status} ${event.message}`;
    case 'message-routed':
      return `  → ${event.apiId} ${event.connectionId} ${event.routeKey} ${Math.round(event.milliseconds)} ms`;
    case 'message-refused':
      return `  ! ${event.apiId} ${event.connectionId} message refused: ${event.message}`;
    case 'message-invalid':
      return `  ! ${event.apiId} ${event.connectionId} ${event.reason}`;
    case 'integration-failed':
      return `  ! ${event.apiId} ${event.routeKey} integration ${event.integrationId}: ${event.reason}`;
    case 'connection-closed':
      return `  ○ ${event.apiId} ${event.connectionId} closed ${event.code}${event.reason === '' ? '' : ` ${event.reason}`}`;
    case 'gateway-fault':
      return `  ! ${event.reason}`;
  }
}
