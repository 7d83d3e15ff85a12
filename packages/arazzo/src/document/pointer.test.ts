import { describe, expect, it } from 'vitest';
import { childPointer, isInside, parsePointer, resolvePointer } from './pointer.ts';

/** RFC 6901 §5. */
const example = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7 };

describe('JSON Pointer', () => {
  it.each([
    ['', example],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/ ', 7],
    ['/foo/01', undefined],
    ['/foo/-', undefined],
    ['/foo/length', undefined],
    ['/constructor', undefined],
    ['/foo/0/x', undefined],
  ])('resolves %j', (pointer, value) => {
    expect(resolvePointer(example, parsePointer(pointer) ?? ['none'])).toEqual(value);
  });

  it.each(['foo', '/a~', '/a~2'])('does not read %j', (text) => {
    expect(parsePointer(text)).toBeUndefined();
  });

  it.each([
    ['/a/b', '/a', true],
    ['/a/b/c', '/a', true],
    ['/a', '', true],
    ['/a', '/a', false],
    ['/ab', '/a', false],
    ['/b/a', '/a', false],
  ])('tells whether %j is inside %j', (pointer, owner, inside) => {
    expect(isInside(pointer, owner)).toBe(inside);
  });

  it('escapes the tokens it adds', () => {
    expect(childPointer('/a', 'b/c~d')).toBe('/a/b~1c~0d');
  });
});
