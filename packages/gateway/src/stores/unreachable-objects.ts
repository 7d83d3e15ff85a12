import type { Database } from 'libsql';
import { findReachableObjects } from './reachable-objects.ts';
import { readNumber, readText } from './sqlite-values.ts';

/** An object of this name, which is no hash, is the number of pages in use when unreachable objects were last deleted. */
const collectedName = '';

/** One megabyte, which is looked through in no time. */
const smallStore = 256;

/**
 * Looking at everything takes as long as it is much, so a large store is looked through only once it has doubled since the last
 * time: what is unreachable never outweighs the rest, and opening a store costs next to nothing.
 */
export function deleteUnreachableObjectsAtTimes(database: Database): void {
  const row = database
    .prepare('SELECT CAST(value AS INTEGER) AS pages FROM objects WHERE hash = ?')
    .get(collectedName) as { readonly pages: number } | undefined;
  const pages = countPages(database);
  if (pages > smallStore && pages < 2 * (row?.pages ?? 0)) return;
  deleteUnreachableObjects(database);
  database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?)').run(collectedName, String(countPages(database)));
}

function countPages(database: Database): number {
  return readNumber(
    database,
    'SELECT page_count - freelist_count AS number FROM pragma_page_count, pragma_freelist_count',
  );
}

/** Reads only what heads reach, and of the rest no more than names at a time: it may be much. */
function deleteUnreachableObjects(database: Database): void {
  const heads = database.prepare('SELECT CAST(value AS BLOB) AS value FROM heads').all() as readonly ValueRow[];
  const object = database.prepare('SELECT CAST(value AS BLOB) AS value FROM objects WHERE hash = ?');
  const reachable = findReachableObjects(
    heads.map(({ value }) => readText(value)),
    (hash) => {
      const row = object.get(hash) as ValueRow | undefined;
      return row && readText(row.value);
    },
  );
  const names = database.prepare(
    'SELECT CAST(hash AS BLOB) AS value FROM objects WHERE hash > ? ORDER BY hash LIMIT ?',
  );
  const remove = database.prepare('DELETE FROM objects WHERE hash = ?');
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: readonly string[] = (names.all(after, namesAtATime) as readonly ValueRow[]).map(({ value }) =>
      readText(value),
    );
    for (const hash of page) if (!reachable.has(hash)) remove.run(hash);
    after = page.at(-1);
  }
}

interface ValueRow {
  readonly value: Uint8Array;
}

const namesAtATime = 10_000;
