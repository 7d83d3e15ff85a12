import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whyUnreadable } from './why-unreadable.ts';

it.each([
  [join(import.meta.dirname, 'none'), 'there is no such file'],
  [join(import.meta.filename, 'within'), 'there is no such file'],
  [import.meta.dirname, 'it is a folder'],
  ['a\0b', /null bytes/],
])('says why %j cannot be read', async (path, reason) => {
  const error = await readFile(path).catch((cause: unknown) => cause);
  expect(whyUnreadable(error)).toMatch(reason);
});
