import { describe, expect, it } from 'vitest';
import { frameParts, isBoundary } from './frame-parts.ts';
import type { Header, Part } from './part.ts';

const part = (bytes: string, ...headers: readonly Header[]): Part => ({ member: 'a', headers, bytes });
const ofType = (type: string, ...more: readonly Header[]): Part => part('x', ['Content-Type', type], ...more);
const madeUp = /^gatewright-[0-9a-f-]{36}$/;
const boundaryOf = (contentType: string) => /boundary="?([^"]*)"?$/.exec(contentType)?.[1] ?? '';

describe('parts', () => {
  it('are framed by the boundary, with their headers before them', () => {
    const parts = [part('one'), part('two', ['Content-Type', 'text/plain'], ['X-A', 'b'])];
    const { bytes, contentType } = frameParts(parts, 'multipart/mixed; boundary=B');
    expect(Buffer.from(bytes).toString().split('\r\n')).toEqual([
      ...['--B', '', 'one'],
      ...['--B', 'Content-Type: text/plain', 'X-A: b', '', 'two'],
      ...['--B--', ''],
    ]);
    expect(contentType).toBe('multipart/mixed; boundary=B');
  });

  it.each([
    ['multipart/mixed; boundary=B', 'x', 'multipart/mixed; boundary=B'],
    ['multipart/mixed; boundary="a b"; charset=utf-8', 'x', 'multipart/mixed; boundary="a b"; charset=utf-8'],
    ['Multipart/Mixed; Boundary="a:b"', 'x -a:b', 'multipart/mixed; boundary="a:b"'],
  ])('of %s around %j have its boundary, and its parameters stay', (given, content, contentType) => {
    expect(frameParts([part(content)], given).contentType).toBe(contentType);
  });

  it.each([
    ['none is given', 'multipart/mixed', 'x'],
    ['it is empty', 'multipart/mixed; boundary=""', 'x'],
    ['it is none', 'multipart/mixed; boundary="a*"', 'x'],
    ['it is too long', `multipart/mixed; boundary=${'a'.repeat(71)}`, 'x'],
    ['a part holds it', 'multipart/mixed; boundary=B', 'a\r\n--B'],
  ])('have a boundary that is made up when %s', (_, given, content) => {
    expect(boundaryOf(frameParts([part(content)], given).contentType)).toMatch(madeUp);
  });

  it('have a boundary that is made up when a header of one holds it', () => {
    const { contentType } = frameParts([part('x', ['X-A', '--B'])], 'multipart/mixed; boundary=B');
    expect(boundaryOf(contentType)).toMatch(madeUp);
  });

  it.each([
    ['multipart/related; boundary=B', 'multipart/related; boundary=B; type="text/html"'],
    ['multipart/related; type="a/b"; boundary=B', 'multipart/related; type="a/b"; boundary=B'],
    ['multipart/related; start="<2@x>"; boundary=B', 'multipart/related; start="<2@x>"; boundary=B; type="image/png"'],
    [
      'multipart/related; start="<none@x>"; boundary=B',
      'multipart/related; start="<none@x>"; boundary=B; type="text/html"',
    ],
    ['multipart/mixed; boundary=B', 'multipart/mixed; boundary=B'],
  ])('of %s are told by the type of their root', (given, contentType) => {
    const parts = [ofType('text/html; charset=utf-8'), ofType('image/png', ['Content-ID', '<2@x>'])];
    expect(frameParts(parts, given).contentType).toBe(contentType);
  });

  it('are encoded as their own types say', () => {
    const { bytes } = frameParts([part('é', ['Content-Type', 'text/plain; charset=iso-8859-1'])], 'multipart/mixed');
    expect(Buffer.from(bytes).includes(Buffer.from([0x0d, 0x0a, 0xe9, 0x0d, 0x0a]))).toBe(true);
  });

  it('are one at least, but in a form', () => {
    expect(() => frameParts([], 'multipart/mixed')).toThrow(
      'The payload gives no part, and a body of "multipart/mixed" has one at least.',
    );
    const { bytes } = frameParts([], 'multipart/form-data; boundary=B');
    expect(Buffer.from(bytes).toString()).toBe('--B--\r\n');
  });
});

it.each([
  ['a', true],
  ["aZ0'()+_,-./:=?", true],
  ['a b', true],
  ['a ', false],
  ['', false],
  ['a;b', false],
  ['a'.repeat(70), true],
  ['a'.repeat(71), false],
])('%j is a boundary: %s', (text, expected) => {
  expect(isBoundary(text)).toBe(expected);
});
