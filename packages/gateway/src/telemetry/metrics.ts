import { createHistogram, type Histogram } from './histogram.ts';

/** What is counted under one set of dimensions: plain numbers, so that counting costs nothing. */
export interface RequestCounts {
  connectCount: number;
  messageCount: number;
  integrationError: number;
  clientError: number;
  executionError: number;
  /** Milliseconds. */
  readonly integrationLatency: Histogram;
}

/** The dimensions of CloudWatch's metrics; `route` only where detailed metrics are enabled. */
export interface Dimensions {
  readonly apiId: string;
  readonly stage: string;
  readonly route: string | undefined;
}

/** The counts of everything that is served. */
export interface Metrics {
  /** The counts of a stage, or of one of its routes; the same for the same dimensions until they are forgotten. */
  counts(apiId: string, stage: string, route?: string): RequestCounts;
  /** To be called when a stage is gone. */
  forget(apiId: string, stage: string): void;
  all(): Iterable<readonly [Dimensions, RequestCounts]>;
}

/** Our own bound: routes of one stage, in its lifetime, that have counts of their own; further ones count as the stage's. */
const maxSeriesPerStage = 1000;

export function createMetrics(): Metrics {
  /** By API and stage; in each by route, with `undefined` for what has no counts of its own. */
  const stages = new Map<string, Map<string | undefined, readonly [Dimensions, RequestCounts]>>();
  return {
    counts(apiId, stage, route) {
      const key = `${apiId}/${stage}`;
      const routes = stages.get(key) ?? new Map<string | undefined, readonly [Dimensions, RequestCounts]>();
      stages.set(key, routes);
      const counted = routes.has(route) || routes.size < maxSeriesPerStage ? route : undefined;
      const entry = routes.get(counted) ?? [{ apiId, stage, route: counted }, createCounts()];
      routes.set(counted, entry);
      return entry[1];
    },
    forget: (apiId, stage) => void stages.delete(`${apiId}/${stage}`),
    *all() {
      for (const routes of stages.values()) yield* routes.values();
    },
  };
}

function createCounts(): RequestCounts {
  return {
    connectCount: 0,
    messageCount: 0,
    integrationError: 0,
    clientError: 0,
    executionError: 0,
    integrationLatency: createHistogram(),
  };
}
