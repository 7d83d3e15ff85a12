import { type Context, createContext, Script } from 'node:vm';

/** What became of work that may take too long. */
export type Limited<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'out-of-time' };

let room: Context | undefined;
/** A constant: what it calls is a function of ours, and no text of a user becomes code. */
const call = new Script('work()');

/** Calls `work` and interrupts it when it takes too long, wherever it is, within a backtracking pattern too. */
export function withinTimeLimit<Value>(milliseconds: number, work: () => Value): Limited<Value> {
  room ??= createContext({});
  const outer = room.work;
  room.work = work;
  try {
    return { kind: 'done', value: call.runInContext(room, { timeout: milliseconds }) as Value };
  } catch (error) {
    if (isTimeout(error)) return { kind: 'out-of-time' };
    throw error;
  } finally {
    room.work = outer;
  }
}

/** The error comes from another realm, so it is told by its code. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
