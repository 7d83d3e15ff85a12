import { closeSync, fdatasync, fstatSync, fsync, ftruncate, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** The file of a store and its log, through descriptors of our own: what waits for the disk waits in the thread pool. */
export interface StoreFiles {
  readonly syncFile: () => Promise<void>;
  /** Makes durable what was appended to the log. */
  readonly syncAppended: () => Promise<void>;
  /** Makes the log durable, also where it has become shorter. */
  readonly syncLog: () => Promise<void>;
  readonly emptyLog: () => Promise<void>;
  /** In bytes. */
  readonly logSize: () => number;
  /** Comes after the lock was given up, in the same turn: closing a descriptor of a file drops every lock that the process has on it. */
  readonly close: () => void;
}

const syncData = promisify(fdatasync);
const syncAll = promisify(fsync);
const truncate = promisify(ftruncate);

/**
 * Opens both. SQLite has the file open and locked, and keeps its log beside it.
 *
 * @param file the real path: the log is not beside a symbolic link.
 */
export function openStoreFiles(file: string): StoreFiles {
  const log = openSync(`${file}-wal`, 'r+');
  const descriptors = [log];
  const close = (): void => {
    for (const descriptor of descriptors) closeSync(descriptor);
  };
  try {
    const store = openSync(file, 'r+');
    descriptors.push(store);
    return {
      syncFile: () => syncData(store),
      syncAppended: () => syncData(log),
      syncLog: () => syncAll(log),
      emptyLog: () => truncate(log, 0),
      logSize: () => fstatSync(log).size,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
