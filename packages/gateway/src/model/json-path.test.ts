import { describe, expect, it } from 'vitest';
import { parseJsonPath, readJsonPath } from './json-path.ts';

describe('parseJsonPath', () => {
  it.each([
    ['', []],
    ['.action', ['action']],
    ['.a.b', ['a', 'b']],
    ['.items[0].type', ['items', 0, 'type']],
    ["['a b'].c", ['a b', 'c']],
    ['["it\\"s"]', ['it"s']],
    ['.a-b.$c', ['a-b', '$c']],
    ['[1][2]', [1, 2]],
  ])('reads "%s"', (text, path) => {
    expect(parseJsonPath(text)).toEqual({ kind: 'path', path });
  });

  it.each([['action'], ['.'], ['.a..b'], ['.a[*]'], ['.a[-1]'], ['.a[?(@.b)]'], ['.a b'], [`.a[0`]])(
    'refuses "%s" and names the text',
    (text) => {
      expect(parseJsonPath(text)).toEqual({
        kind: 'invalid',
        message: expect.stringContaining(`The path "${text}" is not valid: a member`),
      });
    },
  );

  it('refuses more than 64 steps', () => {
    expect(parseJsonPath('.a'.repeat(64)).kind).toBe('path');
    expect(parseJsonPath('.a'.repeat(65)).kind).toBe('invalid');
  });
});

describe('readJsonPath', () => {
  const value = JSON.parse('{"a":{"b":[{"c":7}]},"list":[1,2],"__proto__":{"x":1}}') as unknown;

  it.each([
    ['', value],
    ['.a.b[0].c', 7],
    ['.list[1]', 2],
    ['.list[2]', undefined],
    ['.list.length', undefined],
    ['.a[0]', undefined],
    ['.missing.deeper', undefined],
    ['.constructor', undefined],
    ['.a.__proto__', undefined],
    ['.__proto__.x', 1],
  ])('finds what "%s" names', (text, found) => {
    const parsed = parseJsonPath(text);
    expect(parsed.kind === 'path' && readJsonPath(value, parsed.path)).toEqual(found);
  });
});
