import type { Commit, CommitResult } from './store.ts';

/** How a store applies commits, makes them durable, and tells of them. */
export interface CommitSteps {
  /** Applies commits in order, all that do not conflict or, when it throws, none. */
  readonly apply: (commits: readonly Commit[]) => readonly CommitResult[];
  /** Resolves when everything applied so far is durable. */
  readonly sync: () => Promise<void>;
  readonly announce: (commit: Commit) => void;
  /** Runs after each group, once its commits are acknowledged, and before the next one. */
  readonly tidyUp: () => Promise<void>;
}

export interface CommitQueue {
  readonly commit: (commit: Commit) => Promise<CommitResult>;
  /** Resolves when no commit is under way. */
  readonly idle: () => Promise<void>;
}

interface Waiting {
  readonly commit: Commit;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Groups commits: those of one turn of the event loop, and those that arrive while a group waits for the disk, share
 * one transaction and one sync. After a failed sync, or a failure to tidy up, nobody knows what the disk holds, so all later
 * commits are rejected with the same error.
 */
export function createCommitQueue({ apply, sync, announce, tidyUp }: CommitSteps): CommitQueue {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;

  async function write(commits: readonly Commit[]): Promise<readonly CommitResult[]> {
    if (failure) throw failure.error;
    const results = apply(commits);
    if (results.some(({ kind }) => kind === 'committed')) await failForGood(sync);
    return results;
  }

  async function failForGood(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await write(group.map(({ commit }) => commit));
      for (const [index, result] of results.entries()) {
        const { commit, resolve } = group[index] as Waiting;
        if (result.kind === 'committed') announce(commit);
        resolve(result);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async function drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group);
      // Whoever commits next is told of a failure.
      if (!failure) await failForGood(tidyUp).catch(() => {});
    }
    draining = undefined;
  }

  return {
    commit: (commit) =>
      new Promise((resolve, reject) => {
        waiting.push({ commit, resolve, reject });
        draining ??= drain();
      }),
    idle: async () => {
      await draining;
    },
  };
}
