import { describe, expect, it } from 'vitest';
import { compileWholePattern } from './whole-pattern.ts';

function matches(pattern: string, text: string): boolean {
  const compiled = compileWholePattern(pattern);
  if (compiled.kind === 'invalid') throw new Error(compiled.message);
  return compiled.pattern.matches(text);
}

describe('a pattern for whole texts', () => {
  it.each([
    ['2\\d\\d', '200', true],
    ['2\\d\\d', '2000', false],
    ['20', '200', false],
    ['4\\d{2}|503', '503', true],
    ['4\\d{2}|503', '403', true],
    ['(?i)error.*', 'ERROR: no', true],
    ['(?s).*', 'a\nb', true],
    ['.*', 'a\nb', false],
    ['', '', true],
    ['\\Q.*\\E', '.*', true],
    ['\\p{Digit}+', '42', true],
  ])('%s matches %j: %j', (pattern, text, isMatch) => {
    expect(matches(pattern, text)).toBe(isMatch);
  });

  it('gives the same verdict again', () => {
    const compiled = compileWholePattern('2..');
    if (compiled.kind === 'invalid') throw new Error(compiled.message);
    const verdicts = ['200', '300', '200', '300'].map((text) => compiled.pattern.matches(text));
    expect(verdicts).toEqual([true, false, true, false]);
  });

  it.each([
    ['(', 'The regular expression is not valid, or not available here.'],
    ['a++', 'The regular expression is not valid, or not available here.'],
    ['\\h', 'The regular expression has an escape that is not available.'],
    ['a'.repeat(1001), 'The regular expression is too long.'],
  ])('%s is refused', (pattern, message) => {
    expect(compileWholePattern(pattern)).toEqual({ kind: 'invalid', message });
  });
});
