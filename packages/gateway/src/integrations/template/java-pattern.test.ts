import { describe, expect, it } from 'vitest';
import { translateJavaPattern } from './java-pattern.ts';

describe('translateJavaPattern', () => {
  it.each([
    ['a+b', 'a+b', ''],
    ['(?is)a.b', 'a.b', 'is'],
    ['\\Aa\\z', '^a$', ''],
    ['\\Qa.b*\\E.', 'a\\.b\\*.', ''],
    ['\\Qa.b', 'a\\.b', ''],
    ['\\p{Alpha}', '[A-Za-z]', ''],
    ['[^\\p{Alpha}\\d_]', '[^A-Za-z\\d_]', ''],
    ['\\[\\p{Digit}\\]', '\\[[0-9]\\]', ''],
    ['\\\\\\w\\u00e9', '\\\\\\w\\u00e9', ''],
  ])('writes %s as %s', (pattern, source, flags) => {
    expect(translateJavaPattern(pattern)).toEqual({ source, flags });
  });

  it.each([['\\h'], ['\\G'], ['\\R'], ['\\p{IsLatin}'], ['\\P{Alpha}'], ['a\\']])('refuses %s', (pattern) => {
    expect(() => translateJavaPattern(pattern)).toThrow('has an escape that is not available');
  });
});
