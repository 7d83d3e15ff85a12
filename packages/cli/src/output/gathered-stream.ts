/** What text is written to, as `process.stdout` is. */
export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A stream whose writes wait for each other. */
export interface GatheredStream extends OutputStream {
  /** Writes what waits. */
  flush(): void;
}

/** Milliseconds that text waits for more at most: too short to be noticed, long enough for many quick steps. */
const LONGEST_WAIT = 20;
/** Characters that are written at once. */
const MOST_WAITING = 16_384;

/**
 * Writes to a pipe or a file together what is written within a moment, since each write wakes whoever reads. A terminal gets
 * everything at once. What still waits when the process ends by itself is written then.
 */
export function gatherWrites(stream: OutputStream): GatheredStream {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    stream.write(text);
  };
  return {
    isTTY: stream.isTTY === true,
    write(text) {
      waiting += text;
      if (stream.isTTY === true || waiting.length >= MOST_WAITING) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT);
    },
    flush,
  };
}
