import { toStoredObject } from '../stores/api-heads.ts';
import { openSqliteStore } from '../stores/sqlite.ts';

/** Writes commits, several at a time, until it is killed; prints the index of each that was acknowledged. */
const store = await openSqliteStore(process.argv[2] ?? '');

async function writeCommits(first: number, step: number): Promise<never> {
  for (let index = first; ; index += step) {
    const object = toStoredObject({ index });
    const value = JSON.stringify({ index, hash: object.hash });
    await store.commit({ objects: [object], heads: [{ key: `key/${index}`, expectedRevision: 0, value }] });
    process.stdout.write(`${index}\n`);
  }
}

await Promise.all([0, 1, 2, 3].map((first) => writeCommits(first, 4)));
