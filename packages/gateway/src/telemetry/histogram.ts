/** How often values up to each bound came. */
export interface Histogram {
  readonly bounds: readonly number[];
  /** One for each bound, and one for what is above the last; not cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
  observe(value: number): void;
}

/** Milliseconds, up to the longest that an integration may take. */
const latencyBounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 29_000] as const;

export function createHistogram(bounds: readonly number[] = latencyBounds): Histogram {
  const counts: number[] = [...bounds, 0].fill(0);
  let sum = 0;
  return {
    bounds,
    counts,
    get sum() {
      return sum;
    },
    observe(value) {
      let index = 0;
      while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
      counts[index] = (counts[index] ?? 0) + 1;
      sum += value;
    },
  };
}
