import { expect, it } from 'vitest';
import { locateFinding, MAX_FILE_BYTES, parseSourceFile } from './source-file.ts';

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

it.each([
  ['a literal block', 'a: |\n    b\n    c\n', { line: 2, column: 5 }],
  ['a folded block whose first line is empty', 'a: >-\n\n  b\n', { line: 3, column: 3 }],
  ['a block of nothing but spaces', 'a: |\n  \n', { line: 2, column: 1 }],
  ['text in quotes', 'a: " b"\n', { line: 1, column: 5 }],
  ['plain text', 'a:\n  b\n', { line: 2, column: 3 }],
])('shows where %s begins', async (_, text, start) => {
  const parsed = await parseSourceFile('file:///documents/a.yaml', new TextEncoder().encode(text));
  if (parsed.kind !== 'parsed') throw new Error('refused');
  const finding = { code: 'invalid-value', severity: 'error', message: 'No.', pointer: '/a' } as const;
  expect(locateFinding(parsed.file, finding).start).toEqual(start);
});
