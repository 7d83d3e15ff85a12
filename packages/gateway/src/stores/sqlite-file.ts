import { access, constants, open, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'libsql';
import { readNumber } from './sqlite-values.ts';
import { StoreError } from './store-error.ts';
import { deleteUnreachableObjectsAtTimes } from './unreachable-objects.ts';

/** `GWRT` in ASCII, which tells a store of ours from any other SQLite file. */
const applicationId = 0x47575254;
/** Grows with every change of the schema below, and of what the heads mean. */
const schemaVersion = 2;

const schema = `
  CREATE TABLE heads (key TEXT PRIMARY KEY, revision INTEGER NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE objects (hash TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/**
 * Opens the SQLite file of a store, creating it when there is none, and holds its lock until it is released. The lock is
 * the operating system's, so that of a killed process is gone.
 *
 * @throws StoreError `store-in-use`, within a tenth of a second; `store-unreadable`.
 */
export async function openSqliteFile(path: string): Promise<Database> {
  const { default: Libsql } = await import('libsql');
  let database: Database | undefined;
  try {
    // An absolute path is always a file; names such as ":memory:" and "file:…" mean other things to SQLite.
    database = new Libsql(await createPrivateFile(path), { timeout: 0 });
    await takeLock(database);
    prepareSchema(database, path);
    return database;
  } catch (error) {
    if (database) releaseSqliteFile(database);
    throw toStoreError(error, path);
  }
}

/**
 * Gives the lock up. The driver's `close` alone does not: it keeps the file open until its statements are collected as
 * garbage. Leaving write-ahead logging, which also folds the log into the file, and exclusive mode does.
 */
export function releaseSqliteFile(database: Database): void {
  try {
    if (database.inTransaction) database.exec('ROLLBACK');
    database.pragma('synchronous = FULL');
    database.pragma('journal_mode = DELETE');
  } catch {
    // The file was never ours.
  }
  giveLockUp(database);
  database.close();
}

/** Makes the existence of the files in a store's folder durable, the write-ahead log's in particular. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders, and keeps their entries durable by itself.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(resolve(path)), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The sentence for an error of the driver or the file system; errors of ours pass. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: '' };
  if (isBusy(error)) {
    return new StoreError(
      'store-in-use',
      `Another gateway has the store "${path}" open; stop it or name another file.`,
      {
        cause: error,
      },
    );
  }
  if (code === 'SQLITE_NOTADB') return notOurs(path);
  return new StoreError('store-unreadable', `The store "${path}" cannot be used: ${message}.`, { cause: error });
}

/**
 * Gives the file's real path. A store holds the secret of its connection ids, which is its owner's alone. An existing
 * file is not touched: closing another descriptor of it would drop the lock that this process may hold.
 */
async function createPrivateFile(path: string): Promise<string> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await requireUsable(path);
  }
  // Fails for a symbolic link that leads nowhere: SQLite would make the file that it names, for everyone to read.
  return realpath(path);
}

/** Says what is wrong in better words than SQLite's. Its log is made beside the file. */
async function requireUsable(path: string): Promise<void> {
  const file = await realpath(path);
  if ((await stat(file)).isDirectory()) {
    throw new StoreError('store-unreadable', `The store "${path}" is a folder; name a file in it.`);
  }
  await access(file, constants.R_OK | constants.W_OK);
  await access(dirname(file), constants.W_OK);
}

/**
 * Two processes that open a file in the same millisecond can stand in each other's way, and both be refused: they try
 * again a few times, after pauses that differ. A store that is in use is refused within a tenth of a second.
 */
async function takeLock(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      database.pragma('locking_mode = EXCLUSIVE');
      database.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (attempt === lockAttempts || !isBusy(error)) throw error;
      giveLockUp(database);
      await pause(Math.random() * longestPause);
    }
  }
}

const lockAttempts = 5;
const longestPause = 25;

function isBusy(error: unknown): boolean {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('SQLITE_BUSY');
}

/** Normal mode gives a lock up with the next look at the file. */
function giveLockUp(database: Database): void {
  try {
    database.pragma('locking_mode = NORMAL');
    readNumber(database, 'SELECT count(*) AS number FROM sqlite_master');
  } catch {
    // The file is locked by another process or is no database: there is no lock of ours to give up.
  }
}

/** Within the transaction of {@link takeLock}, so that of two processes one finds the file empty. */
function prepareSchema(database: Database, path: string): void {
  const isEmpty = readNumber(database, 'SELECT count(*) AS number FROM sqlite_master') === 0;
  const application = readNumber(database, 'SELECT application_id AS number FROM pragma_application_id');
  const version = readNumber(database, 'SELECT user_version AS number FROM pragma_user_version');
  if (isEmpty && application === 0) database.exec(schema);
  else if (application !== applicationId) throw notOurs(path);
  else if (version !== schemaVersion) {
    throw new StoreError(
      'store-unreadable',
      `The store "${path}" has version ${version}, and this gateway reads version ${schemaVersion}; use the gateway that wrote it.`,
    );
  }
  deleteUnreachableObjectsAtTimes(database);
  database.exec('COMMIT');
  database.pragma('journal_mode = WAL');
  // Both are seen to off this thread: see `createSqliteLog`.
  database.pragma('synchronous = OFF');
  database.pragma('wal_autocheckpoint = 0');
  // The log comes into being with the first look at it.
  readNumber(database, 'SELECT count(*) AS number FROM heads');
}

function notOurs(path: string): StoreError {
  return new StoreError('store-unreadable', `The file "${path}" is not a store of Gatewright; name another file.`);
}
