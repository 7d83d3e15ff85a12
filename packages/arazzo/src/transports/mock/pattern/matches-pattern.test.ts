import { expect, it } from 'vitest';
import { matchesPattern, patternsFoundIn } from './matches-pattern.ts';

it.each([
  ['^x-', 'x-a', true],
  ['x', 'axb', true],
  ['^x-', 'a', false],
  ['(', 'a', undefined],
  ['^(a+)+$', `${'a'.repeat(40)}b`, undefined],
])('%s is found in %s: %s', (source, text, expected) => {
  expect(matchesPattern(source, text)).toBe(expected);
});

it('a pattern that took too long is not looked for again', () => {
  matchesPattern('^(b+)+$', `${'b'.repeat(40)}c`);
  const before = performance.now();
  for (let count = 0; count < 10; count += 1) matchesPattern('^(b+)+$', `${'b'.repeat(40)}c`);
  expect(performance.now() - before).toBeLessThan(400);
});

it('of several patterns those that are found are told, in their order, whatever keeps others from it', () => {
  const text = `${'c'.repeat(40)}d`;
  expect(patternsFoundIn(text, ['d', '(', '^(c+)+$', '^x', '^c', '^(c+)+$'])).toEqual(['d', '^c']);
});

it('many patterns are looked for in many texts at once', () => {
  const patterns = Array.from({ length: 100 }, (_, index) => `^x${index}$`);
  const before = performance.now();
  for (let count = 0; count < 1_000; count += 1) patternsFoundIn(`y${count}`, patterns);
  expect(performance.now() - before).toBeLessThan(3_000);
});
