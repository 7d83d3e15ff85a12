import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatewright } from './harness/gatewright.ts';

const documents = fileURLToPath(new URL('documents', import.meta.url));
const published = join(documents, 'published-idioms.arazzo.yml');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('gatewright check', () => {
  it('looks for sources in the folder of --base', async () => {
    const copy = join(folder, 'copy.yml');
    await copyFile(published, copy);
    expect(await gatewright(['check', copy])).toMatchObject({ exitCode: 1 });
    const { exitCode, stderr } = await gatewright(['check', copy, '--base', documents]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning source-elsewhere');
  });

  it('corrects with --fix what is certain, and nothing else', async () => {
    const copy = join(folder, 'copy.yml');
    await copyFile(published, copy);
    const { exitCode, stdout } = await gatewright(['check', copy, '--fix', '--base', documents]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('copy.yml:79:21 fixed missing-braces: integrations/{$steps.createIntegration');
    const [before, after] = [await readFile(published, 'utf8'), await readFile(copy, 'utf8')];
    expect(after).toBe(before.replace(/(integrations\/)(\$\S+)/, '$1{$2}'));
    const again = await gatewright(['check', copy, '--fix', '--base', documents, '--json']);
    expect(again.stdout).not.toContain('"kind":"fixed"');
    expect(await readFile(copy, 'utf8')).toBe(after);
  });

  it('says that it can correct', async () => {
    expect((await gatewright(['check', published])).stdout).toMatch(/\n1 of them can be corrected with --fix\.\n$/);
  });

  it('corrects files alone', async () => {
    expect(await gatewright(['check', 'http://127.0.0.1:9/a.yaml', '--fix'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"http://127.0.0.1:9/a.yaml" is no file, and only files are corrected.'),
    });
  });
});
