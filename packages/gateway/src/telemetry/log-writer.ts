/** Where a log's text goes. */
export interface LogDestination {
  /** Called again only when the last call has settled. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Takes lines without ever making the one who writes them wait. */
export interface LogWriter {
  /** A line without its line break. */
  write(line: string): void;
  /** Resolves when every line that was taken is written. Lines that come later are not taken. */
  close(): Promise<void>;
}

/** What may wait for a destination that is slower than the gateway: some ten thousand lines. */
const maxWaitingCharacters = 4_194_304;

/**
 * Writes lines in the order they come, those that came during a write with the next one. When too much waits, further lines
 * are dropped: a log must not hold up clients or fill the memory. `onProblem` hears, in a sentence, how many were, and of
 * lines that could not be written.
 */
export function createLogWriter(destination: LogDestination, onProblem: (reason: string) => void): LogWriter {
  let waiting = '';
  let dropped = 0;
  let isClosed = false;
  let writing: Promise<void> | undefined;

  const writeWaiting = async (): Promise<void> => {
    while (waiting !== '') {
      const text = waiting;
      waiting = '';
      try {
        await destination.write(text);
      } catch (error) {
        onProblem(`Lines of a log could not be written: ${error instanceof Error ? error.message : String(error)}.`);
      }
      if (dropped > 0)
        onProblem(`${dropped} lines of a log were dropped: they came faster than they could be written.`);
      dropped = 0;
    }
    writing = undefined;
  };
  return {
    write(line) {
      if (isClosed) return;
      if (waiting.length + line.length >= maxWaitingCharacters) {
        dropped += 1;
        return;
      }
      waiting += `${line}\n`;
      writing ??= writeWaiting();
    },
    async close() {
      isClosed = true;
      await writing;
      await destination.close();
    },
  };
}
