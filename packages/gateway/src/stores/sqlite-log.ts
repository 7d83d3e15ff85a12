import { linkSync, rmSync } from 'node:fs';
import type { Database } from 'libsql';
import { checkpoint } from './checkpoint.ts';
import { releaseSqliteFile } from './sqlite-file.ts';
import type { StoreFiles } from './store-files.ts';

/** The write-ahead log of an open store. SQLite itself syncs nothing, so all that is made durable is made so here. */
export interface SqliteLog {
  /** Resolves when all commits so far are durable. */
  readonly sync: () => Promise<void>;
  /**
   * Brings the log into the file when it has `size` bytes or more; until it is there, nothing may be written. Writing the
   * pages takes the event loop a few thousandths of a millisecond each.
   */
  readonly bringIn: (size: number) => Promise<void>;
  /** Brings the log into the file, and gives the lock up. */
  readonly close: () => void;
}

/** @param file the real path */
export function createSqliteLog(file: string, database: Database, files: StoreFiles): SqliteLog {
  /** Otherwise the log is the only copy of some pages that is known to be whole, and SQLite thinks that it is done with it. */
  let isFileDurable = true;

  /** After it, SQLite begins its log anew with the next write, and reads nothing from it until then. */
  function copyLog(): boolean {
    try {
      const [result] = database.pragma('wal_checkpoint(RESTART)') as readonly CheckpointResult[];
      const isCopied = result?.busy === 0 && result.log === result.checkpointed;
      isFileDurable = !isCopied;
      return isCopied;
    } catch {
      // For want of space, say. The log has everything, and the next commit tries again.
      return false;
    }
  }

  async function syncFile(): Promise<void> {
    await files.syncFile();
    isFileDurable = true;
  }

  return {
    sync: files.syncAppended,
    async bringIn(size) {
      const { syncLog, emptyLog, logSize } = files;
      if (logSize() >= size) await checkpoint({ syncLog, copyLog, syncFile, emptyLog });
    },
    close() {
      if (isFileDurable) releaseSqliteFile(database);
      else keepingLog(file, () => releaseSqliteFile(database));
      files.close();
    },
  };
}

/** In frames, which are pages with a header. */
interface CheckpointResult {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/** SQLite deletes the log that it leaves. Under a second name it stays, and whoever opens the store next recovers from it. */
function keepingLog(file: string, leave: () => void): void {
  const [log, kept] = [`${file}-wal`, `${file}-wal-kept`];
  rmSync(kept, { force: true });
  linkSync(log, kept);
  leave();
  linkSync(kept, log);
  rmSync(kept);
}
