/** How what a write-ahead log holds comes into the file that it belongs to. */
export interface CheckpointSteps {
  /** Resolves when the log is durable, its length included. */
  readonly syncLog: () => Promise<void>;
  /** Writes to the file what the log holds, without waiting for the disk. Whether all of it is there; if not, the log goes on as it is. */
  readonly copyLog: () => boolean;
  /** Resolves when the file is durable. */
  readonly syncFile: () => Promise<void>;
  readonly emptyLog: () => Promise<void>;
}

/**
 * Brings the log into the file and empties it, so that the power may fail at any moment. Nothing may be written to the log
 * meanwhile. The file is changed only when the log that would repair it is durable, the log is emptied only when the file is
 * durable, and the promise resolves, so that the log is written to again, only when it is durably empty: the first of the
 * former commits would otherwise pass for all of them.
 *
 * @throws whatever a sync or `emptyLog` throws; nobody knows then what the disk holds, and nothing may be written any more.
 */
export async function checkpoint({ syncLog, copyLog, syncFile, emptyLog }: CheckpointSteps): Promise<void> {
  await syncLog();
  if (!copyLog()) return;
  await syncFile();
  await emptyLog();
  await syncLog();
}
