import { describe, expect, it } from 'vitest';
import { memoryReader } from '../testing/documents.ts';
import { loadDocument } from './load.ts';

function load(text: string) {
  return loadDocument(new URL('file:///documents/test.yaml'), memoryReader({ 'test.yaml': text }));
}

describe('loadDocument', () => {
  it.each(['api.arazzo.yaml', undefined])('asks for a URL when it is given %j', async (path) => {
    await expect(loadDocument(path as unknown as URL)).rejects.toThrow('a URL was expected: new URL(');
  });

  it.each([
    [
      'openapi: 3.1.0\n',
      'not-arazzo',
      'The file has the field "openapi" and no field "arazzo"; an Arazzo document, an object with the field "arazzo", was expected.',
    ],
    ['- 1\n', 'not-arazzo', 'The file holds [1]; an Arazzo document, an object with the field "arazzo", was expected.'],
    ['arazzo: 2.0.0\n', 'unsupported-version', 'The Arazzo version is "2.0.0"; the text 1.0.x or 1.1.x was expected.'],
    ['arazzo: 1.0\n', 'unsupported-version', 'The Arazzo version is 1; the text 1.0.x or 1.1.x was expected.'],
    ['arazzo: [1\n', 'not-yaml', 'The file is not YAML or JSON: deficient indentation.'],
  ])('refuses %j', async (text, code, message) => {
    const result = await load(text);
    expect(result).toMatchObject({ kind: 'refused', diagnostics: [{ code, message, severity: 'error' }] });
  });

  it('tells where the version is wrong, with the line', async () => {
    expect(await load('# a comment\narazzo: 9.0.0\n')).toEqual({
      kind: 'refused',
      diagnostics: [
        {
          code: 'unsupported-version',
          severity: 'error',
          message: 'The Arazzo version is "9.0.0"; the text 1.0.x or 1.1.x was expected.',
          url: 'file:///documents/test.yaml',
          pointer: '/arazzo',
          start: { line: 2, column: 9 },
          end: { line: 2, column: 14 },
          sourceLine: 'arazzo: 9.0.0',
        },
      ],
    });
  });

  it.each(['1.0.0', '1.0.1', '1.0.99', '1.1.0', '1.1.7'])('accepts version %s', async (version) => {
    expect((await load(`arazzo: ${version}\n`)).kind).toBe('loaded');
  });

  it('refuses a file that cannot be read', async () => {
    const result = await loadDocument(new URL('file:///documents/none.yaml'), memoryReader({}));
    expect(result).toEqual({
      kind: 'refused',
      diagnostics: [
        {
          code: 'file-unreadable',
          severity: 'error',
          message: 'The file "file:///documents/none.yaml" does not exist.',
          url: 'file:///documents/none.yaml',
          pointer: '',
        },
      ],
    });
  });

  it('refuses a file that is not UTF-8', async () => {
    const reader = { read: async () => new Uint8Array([0xff, 0xfe, 0x00]) };
    const result = await loadDocument(new URL('file:///documents/x.yaml'), reader);
    expect(result).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'not-yaml' }] });
  });

  it('resolves relative URLs against $self', async () => {
    const result = await load('arazzo: 1.1.0\n$self: https://example.test/flows/main.yaml\n');
    expect(result.kind === 'loaded' && result.document.base).toBe('https://example.test/flows/main.yaml');
  });

  it.each([
    ['::bad', 'error', 'is "::bad"; a URI reference (RFC 3986 §4.1) without a fragment was expected.'],
    ['main.yaml#a', 'error', 'is "main.yaml#a"; a URI reference (RFC 3986 §4.1) without a fragment was expected.'],
    ['my flows.yaml', 'error', 'is "my flows.yaml"; a URI reference (RFC 3986 §4.1) without a fragment was expected.'],
    ['', 'warning', 'is empty, which only says where the document is; leave it out.'],
  ])('does not resolve them against the $self %j, and tells why', async (self, severity, message) => {
    const result = await load(`arazzo: 1.1.0\n$self: '${self}'\n`);
    const document = result.kind === 'loaded' ? result.document : undefined;
    expect(document?.base).toBe(document?.url);
    const found = document?.structure.filter(({ pointer }) => pointer === '/$self');
    expect(found).toMatchObject([
      { code: 'invalid-value', severity, message: `The "$self" of the document ${message}`, start: { line: 2 } },
    ]);
  });
});
