import { systemClock } from '../clock.ts';
import { compileLiveSettings, type LiveSettings } from '../data-plane/live-settings.ts';
import { createMetrics } from '../telemetry/metrics.ts';

/** The settings of a stage on which nothing is set. */
export const noSettings: LiveSettings = compileLiveSettings(
  { apiId: 'a1b2c3d4e5', stageName: 'dev', stage: undefined, routeKeys: [], previous: undefined },
  { metrics: createMetrics(), clock: systemClock },
);
