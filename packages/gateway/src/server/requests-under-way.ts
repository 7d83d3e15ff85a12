import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

/** The requests of a server that are not answered yet. */
export interface RequestsUnderWay {
  /** Counts a request until its answer is sent, or its client is gone. */
  readonly add: (response: ServerResponse) => void;
  /** Resolves when none is left, those included that came meanwhile, or when the time is up. */
  readonly answered: (milliseconds: number) => Promise<void>;
}

export function createRequestsUnderWay(clock: Clock): RequestsUnderWay {
  let count = 0;
  let noneIsLeft = (): void => {};
  const end = (): void => {
    count -= 1;
    if (count === 0) noneIsLeft();
  };
  return {
    add(response) {
      count += 1;
      response.once('close', end);
    },
    answered(milliseconds) {
      if (count === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(milliseconds, resolve);
        noneIsLeft = () => {
          cancel();
          resolve();
        };
      });
    },
  };
}
