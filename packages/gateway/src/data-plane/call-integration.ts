import type { Clock } from '../clock.ts';
import type { IntegrationCall, IntegrationResult } from '../integrations/integration.ts';
import type { ConnectionIds } from '../model/connection-id.ts';
import type { GatewayEventListener } from '../telemetry/events.ts';
import type { CalledIntegration } from '../telemetry/request-outcome.ts';
import type { AccountThrottle } from './account-throttle.ts';
import type { RouteRuntime } from './stage-runtime.ts';

/** What the handling of events needs of the node. */
export interface EventServices {
  readonly ids: ConnectionIds;
  readonly clock: Clock;
  readonly emit: GatewayEventListener;
  /** Absent where the account's rates are not enforced. */
  readonly accountThrottle?: AccountThrottle;
}

/** Calls the route's integration and tells the owner when that did not work. Never rejects. */
export async function callIntegration(
  services: EventServices,
  route: RouteRuntime,
  call: IntegrationCall,
  signal?: AbortSignal,
): Promise<CalledIntegration> {
  const startedAt = services.clock.now();
  const result = await (route.integration?.call(call, signal) ?? withoutIntegration(route));
  const milliseconds = services.clock.now() - startedAt;
  const called = { type: route.integration?.integrationType, result, milliseconds };
  if (result.kind === 'answered' || (result.kind === 'failed' && result.cause === 'abandoned')) return called;
  const { apiId, stage } = call.context.connection;
  services.emit({
    kind: 'integration-failed',
    apiId,
    stage,
    routeKey: route.routeKey,
    integrationId: route.integration?.integrationId ?? '',
    reason: result.reason,
  });
  return called;
}

function withoutIntegration(route: RouteRuntime): IntegrationResult {
  const reason = `Route "${route.routeKey}" has no integration; a target is expected.`;
  return { kind: 'failed', cause: 'misconfigured', reason };
}
