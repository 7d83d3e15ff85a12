import type { Clock } from '../clock.ts';
import { goingAway } from './close-reason.ts';
import type { Hub } from './hub.ts';
import { idleMilliseconds, maxAgeMilliseconds, sweepMilliseconds } from './limits.ts';
import type { Session } from './session.ts';

/** Closes connections that are idle or too old, with one timer for all of them. */
export interface Sweeper {
  /** To be called when a connection was opened; without connections no timer runs. */
  wake(): void;
  close(): void;
}

export function createSweeper(clock: Clock, hub: Hub): Sweeper {
  let cancel: (() => void) | undefined;
  const sweep = (): void => {
    cancel = undefined;
    const now = clock.now();
    for (const session of hub.all()) if (isOverdue(session, now)) session.close(goingAway);
    wake();
  };
  const wake = (): void => {
    if (hub.size > 0) cancel ??= clock.after(sweepMilliseconds, sweep);
  };
  return {
    wake,
    close: () => cancel?.(),
  };
}

function isOverdue(session: Session, now: number): boolean {
  return now - session.lastTrafficAt >= idleMilliseconds || now - session.connection.connectedAt >= maxAgeMilliseconds;
}
