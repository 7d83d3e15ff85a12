import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireWorkingFolder } from './working-folder.ts';

it.skipIf(process.platform === 'win32')('is required to be there', () => {
  requireWorkingFolder();
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-'));
  process.chdir(folder);
  try {
    rmdirSync(folder);
    expect(requireWorkingFolder).toThrow('The working directory no longer exists: change to one that does.');
  } finally {
    process.chdir(before);
  }
});
