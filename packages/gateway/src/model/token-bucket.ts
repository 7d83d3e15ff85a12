/** How often something may happen: a rate that holds over time, and how much of it may come at once. */
export interface RateLimit {
  /** Per second. */
  readonly rate: number;
  /** What the bucket holds when it is full. */
  readonly burst: number;
}

/** What sums of fractions may lack of a whole token. */
const roundingError = 1e-9;

/** A token bucket, full at first. It is computed from the time that has passed, and needs no timer. */
export class TokenBucket {
  readonly limit: RateLimit;
  #tokens: number;
  /** Milliseconds. */
  #filledAt: number;

  constructor(limit: RateLimit, now: number) {
    this.limit = limit;
    this.#tokens = limit.burst;
    this.#filledAt = now;
  }

  /** Takes a token; `false` when there is none. A clock that is set back fills nothing. */
  take(now: number): boolean {
    const { rate, burst } = this.limit;
    const passed = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#tokens = Math.min(burst, this.#tokens + (passed * rate) / 1000);
    if (this.#tokens < 1 - roundingError) return false;
    this.#tokens -= 1;
    return true;
  }
}
