import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

/** The requests of a server that are not answered yet. */
export interface RequestsUnderWay {
  /** Counts a request until its answer is sent, or its client is gone. */
  readonly add: (response: ServerResponse) => void;
  /**
   * Resolves when none is left, those included that came meanwhile, or when the time is up. Their answers tell clients that
   * the connection ends (RFC 9112 §9.6), so that none sends another request on it.
   */
  readonly answered: (milliseconds: number) => Promise<void>;
}

export function createRequestsUnderWay(clock: Clock): RequestsUnderWay {
  const responses = new Set<ServerResponse>();
  let noneIsLeft = (): void => {};
  return {
    add(response) {
      responses.add(response);
      response.once('close', () => {
        responses.delete(response);
        if (responses.size === 0) noneIsLeft();
      });
    },
    answered(milliseconds) {
      if (responses.size === 0) return Promise.resolve();
      for (const response of responses) if (!response.headersSent) response.setHeader('Connection', 'close');
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
