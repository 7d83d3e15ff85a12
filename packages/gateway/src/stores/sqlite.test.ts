import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toStoredObject } from './api-heads.ts';
import { openSqliteStore } from './sqlite.ts';
import { describeStoreContract } from './store.contract.ts';
import type { Commit } from './store.ts';

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-store-'));
});

afterAll(() => rm(folder, { recursive: true }));

function newPath(): string {
  count += 1;
  return join(folder, `${count}.db`);
}

describeStoreContract(() => openSqliteStore(newPath()));

describe('the SQLite store', () => {
  it('keeps what was committed', async () => {
    const path = newPath();
    const object = toStoredObject({ routeKey: 'join' });
    const first = await openSqliteStore(path);
    await first.commit({
      objects: [object],
      heads: [{ key: 'api/a', expectedRevision: 0, value: JSON.stringify({ routes: { r: object.hash } }) }],
    });
    await first.close();
    const second = await openSqliteStore(path);
    expect(await second.head('api/a')).toMatchObject({ revision: 1 });
    expect(await second.objects([object.hash])).toEqual([object.value]);
    await second.close();
  });

  it('drops the objects that no head reaches when it is opened', async () => {
    const path = newPath();
    const route = toStoredObject({ routeKey: 'join' });
    const configuration = toStoredObject({ routes: { r: route.hash } });
    const strays = Array.from({ length: 10_001 }, (_, number) => toStoredObject({ number }));
    const first = await openSqliteStore(path);
    await first.commit({
      objects: [route, configuration, ...strays],
      heads: [{ key: 'api/a', expectedRevision: 0, value: JSON.stringify({ deployed: configuration.hash }) }],
    });
    await first.close();
    const second = await openSqliteStore(path);
    expect(await second.objects([route.hash, configuration.hash])).toEqual([route.value, configuration.value]);
    const left = await second.objects(strays.map(({ hash }) => hash));
    expect(left.filter((value) => value !== undefined)).toEqual([]);
    await second.close();
  });

  it('looks a large store through only once it has doubled', async () => {
    const path = newPath();
    const stored = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => toStoredObject({ text: letter.repeat(10_000), index }));
    const kept = stored('k', 150);
    const head = { key: 'api/a', expectedRevision: 0, value: JSON.stringify(kept.map(({ hash }) => hash)) };
    const [small, large] = [stored('s', 1), stored('l', 200)];
    const reopen = async (objects: Commit['objects'], heads: Commit['heads'] = []) => {
      const store = await openSqliteStore(path);
      const there = await store.objects([kept, small, large].map(([first]) => first?.hash ?? ''));
      await store.commit({ objects, heads });
      await store.close();
      return there.map((value) => value !== undefined);
    };
    expect(await reopen(kept, [head])).toEqual([false, false, false]);
    expect(await reopen(small)).toEqual([true, false, false]);
    expect(await reopen(large)).toEqual([true, true, false]);
    expect(await reopen([])).toEqual([true, false, false]);
  });

  it('is readable by its owner only', async () => {
    const path = newPath();
    const store = await openSqliteStore(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('is found through a symbolic link, which must lead to a file', async () => {
    const path = newPath();
    const link = newPath();
    await symlink(path, link);
    await expect(openSqliteStore(link)).rejects.toMatchObject({ code: 'store-unreadable' });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    await (await openSqliteStore(path)).close();
    const store = await openSqliteStore(link);
    await store.commit({ objects: [], heads: [{ key: 'a', expectedRevision: 0, value: '1' }] });
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: 'store-in-use' });
    await store.close();
  });

  it.each([':memory:', 'file:store.db'])('is in a file also when its name is %s', async (name) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      await (await openSqliteStore(name)).close();
      expect((await stat(join(folder, name))).size).toBeGreaterThan(0);
      await expect(stat(join(folder, 'store.db'))).rejects.toMatchObject({ code: 'ENOENT' });
    } finally {
      process.chdir(before);
    }
  });

  it('leaves one file behind when it is closed', async () => {
    const path = newPath();
    await (await openSqliteStore(path)).close();
    await expect(stat(`${path}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses a store that is open, which stays usable and locked', async () => {
    const path = newPath();
    const store = await openSqliteStore(path);
    const inUse = {
      name: 'StoreError',
      code: 'store-in-use',
      message: `Another gateway has the store "${path}" open; stop it or name another file.`,
    };
    await expect(openSqliteStore(path)).rejects.toMatchObject(inUse);
    await expect(openSqliteStore(path)).rejects.toMatchObject(inUse);
    expect(await store.commit({ objects: [], heads: [{ key: 'a', expectedRevision: 0, value: '1' }] })).toEqual({
      kind: 'committed',
    });
    await store.close();
  });

  it('refuses a file that is not SQLite, and leaves it as it is', async () => {
    const path = newPath();
    const text = 'Not a database, but a text of some length, kept for something else. '.repeat(20);
    await writeFile(path, text);
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'store-unreadable',
      message: `The file "${path}" is not a store of Gatewright; name another file.`,
    });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it.each([
    ['another application', 'CREATE TABLE songs (title TEXT)', 'is not a store of Gatewright; name another file.'],
    [
      'another version',
      'CREATE TABLE heads (key TEXT); PRAGMA application_id = 0x47575254; PRAGMA user_version = 1',
      'has version 1, and this gateway reads version 2; use the gateway that wrote it.',
    ],
  ])('refuses a database of %s, and leaves it as it is', async (_name, schema, reason) => {
    const path = newPath();
    const other = new Libsql(path);
    other.exec(schema);
    other.close();
    const before = await readFile(path);
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'store-unreadable',
      message: expect.stringContaining(reason),
    });
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('refuses a file that is damaged: a text is no text any more', async () => {
    const path = newPath();
    const object = toStoredObject({ text: 'kept' });
    const first = await openSqliteStore(path);
    await first.commit({
      objects: [object],
      heads: [{ key: 'api/a', expectedRevision: 0, value: JSON.stringify({ route: object.hash }) }],
    });
    await first.close();
    const bytes = await readFile(path);
    bytes[bytes.indexOf('kept')] = 0xff;
    await writeFile(path, bytes);
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'store-unreadable',
      message: expect.stringContaining(`The store "${path}" cannot be used: `),
    });
  });

  it('opens a file in which only the number is damaged that tells when objects were last deleted', async () => {
    const path = newPath();
    const head = { key: 'api/a', expectedRevision: 0, value: '{}' };
    const first = await openSqliteStore(path);
    await first.commit({ objects: [], heads: [head] });
    await first.close();
    const database = new Libsql(path);
    database.exec(`UPDATE objects SET value = CAST(x'ff' AS TEXT) WHERE hash = ''`);
    database.close();
    const second = await openSqliteStore(path);
    expect(await second.head('api/a')).toEqual({ key: 'api/a', revision: 1, value: '{}' });
    await second.close();
  });

  it('refuses a folder, and says that it is one', async () => {
    await expect(openSqliteStore(folder)).rejects.toMatchObject({
      code: 'store-unreadable',
      message: `The store "${folder}" is a folder; name a file in it.`,
    });
  });

  it('refuses a path that it cannot create, naming it', async () => {
    const path = join(folder, 'none', 'store.db');
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'store-unreadable',
      message: expect.stringContaining(`The store "${path}" cannot be used: `),
    });
  });

  it('has every acknowledged commit, whole, after its process was killed', async () => {
    const path = newPath();
    const acknowledged = await runUntilKilled(path, 1000);
    const store = await openSqliteStore(path);
    const heads = await store.heads('', { limit: 100_000 });
    const written = heads.map(({ value }) => JSON.parse(value) as { readonly index: number; readonly hash: string });
    expect(written.map(({ index }) => index)).toEqual(expect.arrayContaining([...acknowledged]));
    const objects = await store.objects(written.map(({ hash }) => hash));
    expect(objects).toEqual(written.map(({ index }) => JSON.stringify({ index })));
    await store.close();
  });
});

/** Lets a process write commits, kills it after it acknowledged some, and tells which. */
async function runUntilKilled(path: string, commits: number): Promise<readonly number[]> {
  const loader = fileURLToPath(new URL('../../../../scripts/load-typescript.mjs', import.meta.url));
  const main = fileURLToPath(new URL('../testing/write-commits.ts', import.meta.url));
  const writer = spawn(process.execPath, ['--import', loader, main, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(writer, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface(writer.stdout)) {
    acknowledged.push(Number(line));
    if (acknowledged.length === commits) writer.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}
