import { expect, it } from 'vitest';
import { MAX_FILE_BYTES, parseSourceFile } from './source-file.ts';

it('refuses a file that is too large before it is parsed', async () => {
  expect(await parseSourceFile('file:///documents/a.yaml', new Uint8Array(MAX_FILE_BYTES + 1))).toEqual({
    kind: 'refused',
    diagnostics: [
      {
        code: 'file-too-large',
        severity: 'error',
        message: 'The file "file:///documents/a.yaml" is 33554433 bytes long; at most 33554432 are read.',
        url: 'file:///documents/a.yaml',
        pointer: '',
      },
    ],
  });
});
