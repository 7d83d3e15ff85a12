import { describe, expect, it } from 'vitest';
import { readJson } from './json-value.ts';
import { makeDouble, makeInteger, makeList, makeMap } from './value.ts';

describe('readJson', () => {
  it.each([
    [
      ' {"a": [1, 1.0, 3000000000], "a b": {}} ',
      makeMap([
        ['a', makeList([makeInteger(1), makeDouble(1), makeInteger(3_000_000_000n)])],
        ['a b', makeMap()],
      ]),
    ],
    ['[true, false, null, "\\u00e9\\n"]', makeList([true, false, null, 'é\n'])],
    ['{"a":1,"a":2}', makeMap([['a', makeInteger(2)]])],
    ['{"__proto__":1}', makeMap([['__proto__', makeInteger(1)]])],
    ['-0.5e2', makeDouble(-50)],
    ['123456789012345678901234567890', makeInteger(123456789012345678901234567890n)],
  ])('reads %s', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it.each([
    [''],
    ['{'],
    ['[1,]'],
    ['{"a":1,}'],
    ['{a:1}'],
    ["'a'"],
    ['01'],
    ['1.'],
    ['"\n"'],
    ['nul'],
    ['1 2'],
    ['"\\x"'],
    ['['.repeat(101) + ']'.repeat(101)],
  ])('takes %j for no JSON', (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  it('agrees with JSON.parse on how deep a message may be', () => {
    expect(readJson('['.repeat(100) + ']'.repeat(100))).toBeDefined();
  });
});
