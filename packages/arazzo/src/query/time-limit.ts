import { type Context, createContext, Script } from 'node:vm';
import { QueryError } from './query.ts';

/**
 * Milliseconds that one evaluation of a pattern or query may take: enough for large responses, and no more, since nothing
 * else happens in the process meanwhile.
 */
const MAX_EVALUATION_MILLISECONDS: number = 2000;

let room: Context | undefined;
/** A constant: what it calls is a function of ours, and no text of a document becomes code. */
const call = new Script('work()');

/**
 * Calls `work` and interrupts it when it takes too long, wherever it is: a backtracking pattern is stopped too. Whatever
 * `work` throws, a stack overflow included, becomes a `QueryError`.
 */
export function withinTimeLimit<Value>(work: () => Value, milliseconds: number = MAX_EVALUATION_MILLISECONDS): Value {
  room ??= createContext({});
  const outer = room.work;
  room.work = work;
  try {
    return call.runInContext(room, { timeout: milliseconds });
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError(describe(error, milliseconds), { cause: error });
  } finally {
    room.work = outer;
  }
}

/** Errors of the limit come from another realm, so they are told by their code. */
function describe(error: unknown, milliseconds: number): string {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
    return `its evaluation took longer than ${milliseconds} ms`;
  }
  if (error instanceof RangeError && error.message.includes('call stack'))
    return 'it leads deeper than can be evaluated';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/\.$/, '') : String(error);
}
