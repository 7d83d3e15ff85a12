import { realpath } from 'node:fs/promises';
import type { Database } from 'libsql';
import { createCommitQueue } from './commit-queue.ts';
import { openSqliteFile, releaseSqliteFile, syncFolder, toStoreError } from './sqlite-file.ts';
import { createSqliteLog, type SqliteLog } from './sqlite-log.ts';
import { readText } from './sqlite-values.ts';
import type { Commit, CommitResult, Head, Store, StoreListener } from './store.ts';
import { StoreError } from './store-error.ts';
import { openStoreFiles } from './store-files.ts';

/** In bytes: some 250 pages, which are written to the file in a millisecond. */
const maximumLogSize = 1_000_000;

/**
 * Opens the store in the SQLite file at `path`, creating it when there is none. One process at a time has it.
 *
 * SQLite itself never waits for the disk (`synchronous = OFF`), so the event loop does not either: a commit is acknowledged
 * after the log has been synced in the thread pool, and SQLite's recovery takes every commit up to the last whole one in the
 * log. A log that has grown is brought into the file between two groups of commits, synced in the thread pool as well.
 *
 * @throws StoreError `store-in-use` when another process has it; `store-unreadable` when it is no store of ours.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const database = await openSqliteFile(path);
  let log: SqliteLog | undefined;
  try {
    const file = await realpath(path);
    log = createSqliteLog(file, database, openStoreFiles(file));
    await syncFolder(file);
    // What a killed process left.
    await log.bringIn(1);
  } catch (error) {
    if (log) log.close();
    else releaseSqliteFile(database);
    throw toStoreError(error, path);
  }
  return createSqliteStore(path, database, log, maximumLogSize);
}

/** @param logSize the size in bytes at which the log is brought into the file */
export function createSqliteStore(path: string, database: Database, log: SqliteLog, logSize: number): Store {
  const statements = prepareStatements(database);
  const listeners = new Set<StoreListener>();
  const queue = createCommitQueue({
    apply: (commits) => guard(() => applyCommits(database, statements, commits)),
    sync: log.sync,
    announce: ({ heads }) => {
      const changedKeys = heads.map(({ key }) => key);
      for (const listener of listeners) listener(changedKeys);
    },
    tidyUp: () => log.bringIn(logSize),
  });
  let closing: Promise<void> | undefined;

  /** Runs a task of the driver, and says of what fails which store it was. */
  function guard<Result>(task: () => Result): Result {
    try {
      return task();
    } catch (error) {
      throw toStoreError(error, path);
    }
  }

  function whenOpen<Result>(task: () => Result): Result {
    if (closing !== undefined) throw new StoreError('store-closed', `The store "${path}" is closed.`);
    return guard(task);
  }

  async function close(): Promise<void> {
    await queue.idle();
    listeners.clear();
    log.close();
  }

  return {
    head: async (key) => whenOpen(() => statements.head(key)),
    heads: async (prefix, page) => whenOpen(() => statements.heads(prefix, page.after ?? '', page.limit)),
    objects: async (hashes) => whenOpen(() => hashes.map(statements.object)),
    commit: async (commit) => whenOpen(() => queue.commit(commit)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

interface Statements {
  readonly head: (key: string) => Head | undefined;
  readonly heads: (prefix: string, after: string, limit: number) => readonly Head[];
  readonly object: (hash: string) => string | undefined;
  readonly putHead: (head: Head) => void;
  readonly deleteHead: (key: string) => void;
  readonly putObject: (hash: string, value: string) => void;
}

function prepareStatements(database: Database): Statements {
  const columns = 'CAST(key AS BLOB) AS key, revision, CAST(value AS BLOB) AS value';
  const head = database.prepare(`SELECT ${columns} FROM heads WHERE key = ?`);
  const heads = database.prepare(
    `SELECT ${columns} FROM heads WHERE key >= ? AND key < ? AND key > ? ORDER BY heads.key LIMIT ?`,
  );
  const object = database.prepare('SELECT CAST(value AS BLOB) AS value FROM objects WHERE hash = ?');
  const putHead = database.prepare(
    'INSERT INTO heads VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, value = excluded.value',
  );
  const deleteHead = database.prepare('DELETE FROM heads WHERE key = ?');
  const putObject = database.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)');
  return {
    head(key) {
      const row = head.get(key) as HeadRow | undefined;
      return row && toHead(row);
    },
    // Keys are ASCII, so that DEL comes after every key of the prefix.
    heads: (prefix, after, limit) =>
      (heads.all(prefix, `${prefix}\u007f`, after, limit) as readonly HeadRow[]).map(toHead),
    object(hash) {
      const row = object.get(hash) as { readonly value: Uint8Array } | undefined;
      return row && readText(row.value);
    },
    putHead: ({ key, revision, value }) => putHead.run(key, revision, value),
    deleteHead: (key) => deleteHead.run(key),
    putObject: (hash, value) => putObject.run(hash, value),
  };
}

interface HeadRow {
  readonly key: Uint8Array;
  readonly revision: number;
  readonly value: Uint8Array;
}

function toHead({ key, revision, value }: HeadRow): Head {
  return { key: readText(key), revision, value: readText(value) };
}

function applyCommits(database: Database, statements: Statements, commits: readonly Commit[]): readonly CommitResult[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const results = commits.map((commit) => applyCommit(statements, commit));
    database.exec('COMMIT');
    return results;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Looks before it writes, so that a commit that conflicts leaves nothing in the transaction it shares. */
function applyCommit(statements: Statements, { heads, objects }: Commit): CommitResult {
  const stale = heads.find(({ key, expectedRevision }) => (statements.head(key)?.revision ?? 0) !== expectedRevision);
  if (stale) return { kind: 'conflict', key: stale.key };
  for (const { hash, value } of objects) statements.putObject(hash, value);
  for (const { key, expectedRevision, value } of heads) {
    if (value === undefined) statements.deleteHead(key);
    else statements.putHead({ key, revision: expectedRevision + 1, value });
  }
  return { kind: 'committed' };
}
