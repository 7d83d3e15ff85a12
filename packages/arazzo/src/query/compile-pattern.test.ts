import { expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';

it.each([
  ['^\\p{Lu}$', '/^\\p{Lu}$/u'],
  ['^a\\_b$', '/^a\\_b$/'],
  ['(', 'Unterminated group'],
])('compiles %s by Unicode rules where it fits them, or says what is wrong', (source, expected) => {
  expect(String(compilePattern(source))).toBe(expected);
});
