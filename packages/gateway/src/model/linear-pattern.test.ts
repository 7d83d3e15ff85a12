import { describe, expect, it } from 'vitest';
import { isLinearPattern } from './linear-pattern.ts';

describe('a pattern', () => {
  it.each([
    '',
    'join',
    '^[a-z]+$',
    String.raw`^\d{4}-\d{2}-\d{2}$`,
    String.raw`^[\w-]{1,40}$`,
    '^.*x$',
    String.raw`\.png$`,
  ])('is linear: %s', (source) => {
    expect(isLinearPattern(source)).toBe(true);
  });

  it.each([
    '(a+)+$',
    '^(a|b)$',
    '[a-z]+$',
    '^a*a*$',
    'a|b',
    String.raw`(a)\1`,
    String.raw`^\bx`,
    '['.repeat(90),
    'a'.repeat(101),
  ])('may not be: %s', (source) => {
    expect(isLinearPattern(source)).toBe(false);
  });
});
