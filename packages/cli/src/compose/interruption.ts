/** Turns SIGINT and SIGTERM into an abort signal. `release` gives the signals back to the process. */
export interface Interruption {
  readonly signal: AbortSignal;
  release(): void;
}

/** A second signal ends the process at once, for whoever does not want to wait for an orderly end. */
export function catchInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    release();
    controller.abort();
  };
  const release = () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return { signal: controller.signal, release };
}

/** Resolves when the signal is aborted. */
export function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
