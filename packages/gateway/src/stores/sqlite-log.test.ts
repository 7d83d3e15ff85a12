import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFailingPower, type DiskContent } from '../testing/failing-power.ts';
import { toStoredObject } from './api-heads.ts';
import { createSqliteStore, openSqliteStore } from './sqlite.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { createSqliteLog } from './sqlite-log.ts';
import type { Store } from './store.ts';
import { openStoreFiles, type StoreFiles } from './store-files.ts';

let folder: string;
let recoveries = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'gatewright-log-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A store whose log is brought into its file at 60 KB, on files of the caller's. */
async function openStoreOn(file: string, wrap: (files: StoreFiles) => StoreFiles): Promise<Store> {
  const database = await openSqliteFile(file);
  const log = createSqliteLog(file, database, wrap(openStoreFiles(file)));
  return createSqliteStore(file, database, log, 60_000);
}

/** Writes the next revision of one of five heads, with an object as large as three pages. */
async function write(store: Store, index: number): Promise<{ readonly key: string; readonly revision: number }> {
  const key = `key/${index % 5}`;
  const expectedRevision = Math.floor(index / 5);
  const object = toStoredObject({ index, text: 'x'.repeat(10_000) });
  const value = JSON.stringify({ hash: object.hash });
  const result = await store.commit({ objects: [object], heads: [{ key, expectedRevision, value }] });
  expect(result).toEqual({ kind: 'committed' });
  return { key, revision: expectedRevision + 1 };
}

/** What recovery makes of a disk: the revisions of the heads whose objects are there. */
function recover({ file, log }: DiskContent): ReadonlyMap<string, number> | string {
  recoveries += 1;
  const path = join(folder, `recovered-${recoveries}.db`);
  writeFileSync(path, file);
  writeFileSync(`${path}-wal`, log);
  const database = new Libsql(path);
  try {
    database.pragma('synchronous = OFF');
    const [integrity] = database.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
    if (integrity?.integrity_check !== 'ok') return `damaged: ${integrity?.integrity_check}`;
    const query = `SELECT key, revision FROM heads JOIN objects ON hash = json_extract(heads.value, '$.hash')`;
    const rows = database.prepare(query).all() as readonly { readonly key: string; readonly revision: number }[];
    database.pragma('journal_mode = DELETE');
    return new Map(rows.map(({ key, revision }) => [key, revision]));
  } catch (error) {
    return String(error);
  } finally {
    database.close();
    rmSync(path);
  }
}

/** Numbers that look random and are the same in every run. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('the log of a SQLite store', () => {
  it('has every acknowledged commit, whole, when the power fails, whatever the disk did in which order', async () => {
    const file = join(folder, 'store.db');
    const acknowledged = new Map<string, number>();
    const outcomes = { whole: 0, lost: [] as unknown[], checkpoints: 0 };
    const failHere = (): void => {
      for (const content of power?.fail(3) ?? []) {
        const recovered = recover(content);
        const isWhole =
          typeof recovered !== 'string' &&
          [...acknowledged].every(([key, revision]) => (recovered.get(key) ?? 0) >= revision);
        if (isWhole) outcomes.whole += 1;
        else outcomes.lost.push({ recovered, acknowledged: [...acknowledged] });
      }
    };
    let power: ReturnType<typeof createFailingPower> | undefined;
    const store = await openStoreOn(file, (files) => {
      power = createFailingPower(file, files, failHere, createRandom());
      const { syncFile } = power.files;
      return {
        ...power.files,
        syncFile: () => {
          outcomes.checkpoints += 1;
          return syncFile();
        },
      };
    });
    for (let index = 0; index < 20; index += 1) {
      const { key, revision } = await write(store, index);
      acknowledged.set(key, revision);
    }
    await store.close();
    expect(outcomes).toEqual({ whole: expect.any(Number), lost: [], checkpoints: expect.any(Number) });
    expect(outcomes.whole).toBeGreaterThan(500);
    expect(outcomes.checkpoints).toBeGreaterThan(5);
  });

  it('is empty once it has been brought into the file', async () => {
    const file = join(folder, 'store.db');
    const sizes: number[] = [];
    const store = await openStoreOn(file, (files) => ({
      ...files,
      syncLog: async () => {
        sizes.push(files.logSize());
        await files.syncLog();
      },
    }));
    for (let index = 0; index < 5; index += 1) await write(store, index);
    await store.close();
    expect(sizes).toEqual([expect.any(Number), 0]);
    expect(sizes[0]).toBeGreaterThan(60_000);
  });

  it('stays when the file could not be synced, for whoever opens the store next', async () => {
    const file = join(folder, 'store.db');
    let before = Buffer.alloc(0);
    const store = await openStoreOn(file, (files) => {
      before = readFileSync(file);
      return { ...files, syncFile: () => Promise.reject(new Error('The disk is gone.')) };
    });
    let count = 0;
    try {
      for (; count < 20; count += 1) await write(store, count);
    } catch (error) {
      expect(String(error)).toBe('Error: The disk is gone.');
    }
    expect(count).toBeLessThan(10);
    await store.close();
    // The disk never got what was written to the file.
    writeFileSync(file, before);
    const next = await openSqliteStore(file);
    const heads = await next.heads('key/', { limit: 10 });
    expect(heads.reduce((sum, { revision }) => sum + revision, 0)).toBe(count);
    await next.close();
    await expect(stat(`${file}-wal-kept`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
