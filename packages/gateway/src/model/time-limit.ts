import { type Context, createContext, Script } from 'node:vm';

/** What became of work that may take too long. */
export type Limited<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'out-of-time' };

let room: Context | undefined;
/** A constant: what it calls is a function of ours, and no text of a user becomes code. */
const call = new Script('work()');

/**
 * Calls `work` and interrupts it when it takes too long, wherever it is, within a backtracking pattern too. The time is that
 * of the processor: on a machine that others keep busy, work that was interrupted before it had its time is begun anew.
 */
export function withinTimeLimit<Value>(milliseconds: number, work: () => Value): Limited<Value> {
  room ??= createContext({});
  const outer = room.work;
  room.work = work;
  const start = process.cpuUsage();
  try {
    do {
      const attempt = attemptWithin(milliseconds, room);
      if (attempt.kind === 'done') return attempt as Limited<Value>;
    } while (usedSince(start) < milliseconds);
    return { kind: 'out-of-time' };
  } finally {
    room.work = outer;
  }
}

function attemptWithin(milliseconds: number, context: Context): Limited<unknown> {
  try {
    return { kind: 'done', value: call.runInContext(context, { timeout: milliseconds }) };
  } catch (error) {
    if (isTimeout(error)) return { kind: 'out-of-time' };
    throw error;
  }
}

/** Milliseconds of the processor's time. */
function usedSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The error comes from another realm, so it is told by its code. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
