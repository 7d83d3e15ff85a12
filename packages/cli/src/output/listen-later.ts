/** A listener that hears of events a moment after they are told. */
export interface LateListener<Event> {
  tell(event: Event): void;
  /** Lets it hear at once of all that it was told. */
  flush(): void;
}

/** Waiting events at most. */
const MOST_WAITING = 64;

/**
 * Passes events on in the next turn of the event loop. What shows a run costs no time then: in that turn the next request is
 * under way, and the run only waits.
 */
export function listenLater<Event>(listener: (event: Event) => void): LateListener<Event> {
  let waiting: Event[] = [];
  let turn: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(turn);
    turn = undefined;
    const events = waiting;
    waiting = [];
    for (const event of events) listener(event);
  };
  return {
    tell(event) {
      waiting.push(event);
      // Where nothing is waited for, as with a mock, turns may be long.
      if (waiting.length >= MOST_WAITING) flush();
      else turn ??= setImmediate(flush);
    },
    flush,
  };
}
