import type { RequestContext } from '../model/request-context.ts';
import { countOutcome } from '../telemetry/count-outcome.ts';
import type { RequestOutcome } from '../telemetry/request-outcome.ts';
import type { LiveRouteSettings, LiveSettings } from './live-settings.ts';

/** Counts and logs a request that has ended. */
export function conclude(
  { accessLog }: LiveSettings,
  { counts, executionLog }: LiveRouteSettings,
  context: RequestContext,
  outcome: RequestOutcome,
): void {
  countOutcome(counts, context.eventType, outcome);
  executionLog?.concluded(context, outcome);
  accessLog?.({ context, outcome });
}
