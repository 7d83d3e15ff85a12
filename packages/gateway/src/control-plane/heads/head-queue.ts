/** Runs tasks of one key one after the other, and tasks of different keys side by side. */
export type HeadQueue = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;

/**
 * Writers of one head within this process take turns, so that only writers of other processes can conflict in the store.
 */
export function createHeadQueue(): HeadQueue {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const previous = tails.get(key) ?? Promise.resolve();
    const current = previous.then(task, task);
    tails.set(key, current);
    try {
      return await current;
    } finally {
      if (tails.get(key) === current) tails.delete(key);
    }
  };
}
