/** A rate with a burst, as API Gateway states its quotas: a bucket that fills steadily, and from which each call takes one. */
export interface TokenBucket {
  /** Takes a token if there is one. `now` is in milliseconds, of any clock that does not go back. */
  tryTake(now: number): boolean;
}

/** A bucket of `burst` tokens, full at first, that gains one in `interval` milliseconds. */
export function createTokenBucket({
  interval,
  burst,
}: {
  readonly interval: number;
  readonly burst: number;
}): TokenBucket {
  const capacity = interval * burst;
  // In milliseconds and not in tokens, so that whole numbers stay exact.
  let credit = capacity;
  let filledAt: number | undefined;
  return {
    tryTake(now) {
      credit = Math.min(capacity, credit + Math.max(0, now - (filledAt ?? now)));
      filledAt = now;
      if (credit < interval) return false;
      credit -= interval;
      return true;
    },
  };
}
