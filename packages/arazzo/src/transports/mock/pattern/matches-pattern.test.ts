import { expect, it } from 'vitest';
import { matchesPattern } from './matches-pattern.ts';

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
