import { chmod, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from './replace-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('replaces a file behind a symbolic link, keeps its mode, and leaves nothing else', async () => {
  const [file, link] = [join(folder, 'a.yaml'), join(folder, 'link.yaml')];
  await writeFile(file, 'old');
  await chmod(file, 0o640);
  await symlink('a.yaml', link);
  await replaceFile(link, Buffer.from('old'), 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readlink(link)).toBe('a.yaml');
  expect(await readdir(folder)).toEqual(['a.yaml', 'link.yaml']);
});

it('refuses a file that was changed meanwhile, and leaves it', async () => {
  const file = join(folder, 'a.yaml');
  await writeFile(file, 'changed');
  await expect(replaceFile(file, Buffer.from('old'), 'new')).rejects.toThrow(
    `The file "${file}" was changed meanwhile, so it was not corrected.`,
  );
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['changed', ['a.yaml']]);
});

it('says which file cannot be written', async () => {
  const file = join(folder, 'none.yaml');
  await expect(replaceFile(file, Buffer.from(''), 'new')).rejects.toThrow(`The file "${file}" cannot be written: `);
});
