import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PatternOptions, samplePattern } from './sample-pattern.ts';

const options: PatternOptions = { usual: 'text', least: 0, most: 1000, turn: 0 };

function sample(source: string, given: Partial<PatternOptions> = {}): string {
  const result = samplePattern(source, { ...options, ...given });
  return result.kind === 'sampled' ? result.text : `${result.reason}.`;
}

describe('a sample of a pattern', () => {
  it.each([
    ['^\\d{3}$', ['111', '222', '333']],
    ['^[a-c]{2}$', ['aa', 'bb', 'cc', 'aa']],
    ['^x-[^a-z]$', ['x-A', 'x-B', 'x-C']],
    ['^only$', ['only', 'only']],
  ])('of %s is another one when characters are skipped', (source, texts) => {
    expect(texts.map((_, skipped) => sample(source, { skipped }))).toEqual(texts);
  });

  it.each([
    ['^[a-z]+$', 'text'],
    ['foo', 'foo'],
    ['^$', ''],
    ['^[A-Z]{2}\\d{4}$', 'AA1111'],
    ['^cus_[A-Za-z0-9]{14}$', 'cus_aaaaaaaaaaaaaa'],
    ['^(active|idle)$', 'active'],
    ['^(?:v(?<major>\\d+)\\.)?x{2,}$', 'xx'],
    ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', 'a@a.a'],
    ['^\\d{4}-(0[1-9]|1[0-2])-([12]\\d|0[1-9]|3[01])$', '1111-01-11'],
    ['^(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$', '251.251.251.251'],
    ['^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\\d{12}:.+$', 'arn:aws:a::111111111111:a'],
    ['^\\+?[1-9]\\d{1,14}$', '11'],
    ['^\\/v\\d\\.\\d\\/$', '/v1.1/'],
    ['^[^a-zA-Z0-9]\\W\\S\\s\\D.$', '--a aa'],
    ['^[\\]-][^][.]$', '-a.'],
    ['^\\bword\\b$', 'word'],
    ['^\\t\\x41\\u0042\\cJ$', '\tAB\n'],
    ['^a{1}?b+?c*?d??$', 'ab'],
    ['^\\p{Lu}\\P{L}$', 'A1'],
    ['^[\\u4e00-\\u9fa5]{2}$', '一一'],
    ['^\\u{1F600}\\uD83D\\uDE00😀$', '😀😀😀'],
    ['^a\\_b{,2}$', 'a_b{,2}'],
  ])('%s is %j', (source, expected) => {
    expect(sample(source)).toBe(expected);
    expect(expected).toMatch(new RegExp(source, source.includes('\\_') ? '' : 'u'));
  });

  it.each<[string, Partial<PatternOptions>, string]>([
    ['^[A-Z]+$', { least: 3 }, 'AAA'],
    ['^[A-Z]{2,4}-\\d{1,3}$', { least: 8 }, 'AAAA-111'],
    ['^(ab|cde)+$', { least: 4, most: 4 }, 'abab'],
    ['^(ab|cde)+$', { least: 7, most: 7 }, 'ababcde'],
    ['^(long-word|a)$', { most: 3 }, 'a'],
    ['^foo', { least: 6 }, 'fooxxx'],
    ['foo$', { least: 6 }, 'xxxfoo'],
    ['^😀+$', { least: 2, most: 2 }, '😀😀'],
    ['^.*$', { usual: 'too long', most: 3 }, 'a'],
  ])('%s has the length that %j asks for', (source, given, expected) => {
    expect(sample(source, given)).toBe(expected);
  });

  it.each([
    ['^(?!-)[A-Z0-9-]{1,63}(?<!-)$', 'A'],
    ['^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[@$!%*?&])[A-Za-z\\d@$!%*?&]{8,}$', 'aA1!aA1!'],
    ['^(?=.*\\d)(?=.*[a-z]).{8,32}$', 'aA1-aA1-'],
  ])('heeds what %s looks ahead or behind for where a text happens to have it', (source, expected) => {
    expect(sample(source)).toBe(expected);
  });

  it('takes the alternative whose turn it is', () => {
    expect([0, 1, 2, 3].map((turn) => sample('^(pending|running|done)$', { turn }))).toEqual([
      'pending',
      'running',
      'done',
      'pending',
    ]);
  });

  it.each<[string, Partial<PatternOptions>, string]>([
    ['^(a|b)\\1$', {}, 'it refers back to a group.'],
    ['^(?<one>a)\\k<one>$', {}, 'it refers back to a group.'],
    ['(?i)abc', {}, 'it is no regular expression: Invalid group.'],
    ['^a{2000}$', {}, 'no text of 0 to 1000 characters was found.'],
    ['^[A-Z]{3}$', { least: 4, most: 9 }, 'no text of 4 to 9 characters was found.'],
    ['[]', {}, 'no text of 0 to 1000 characters was found.'],
    ['b^a', {}, 'no text of 0 to 1000 characters was found.'],
    [
      '^(?=.*word)[a-z ]{1,9}!$',
      {},
      'no text of 0 to 1000 characters was found, and it looks ahead or behind, which is not followed.',
    ],
  ])('is none of %s with %j, and says why', (source, given, reason) => {
    expect(sample(source, given)).toBe(reason);
  });

  it('matches, whatever pattern it is of', () => {
    const part = fc.constantFrom(
      'a',
      '😀',
      '.',
      '\\d',
      '[^b-x]',
      '\\.',
      '^',
      '$',
      '\\b',
      '(?=a)',
      '(?!a)',
      '\\1',
      '[]',
    );
    const quantifier = fc.constantFrom('', '', '*', '+?', '?', '{2}', '{1,3}', '{2,}');
    const pattern = fc.letrec<{ all: string }>((tie) => ({
      all: fc
        .array(fc.tuple(fc.oneof({ depthSize: 'small' }, part, tie('all')), fc.constantFrom('', '|'), quantifier))
        .map((parts) => parts.map(([inner, bar, often]) => `(${inner}${bar})${often}`).join('')),
    })).all;
    const lengths = fc.tuple(fc.nat(6), fc.nat(6));
    fc.assert(
      fc.property(pattern, lengths, fc.nat(3), (source, [least, more], turn) => {
        const result = samplePattern(source, { usual: 'text', least, most: least + more, turn });
        if (result.kind === 'unmet') return;
        expect(result.text).toMatch(new RegExp(source, 'u'));
        expect([...result.text].length).toBeGreaterThanOrEqual(least);
        expect([...result.text].length).toBeLessThanOrEqual(least + more);
      }),
    );
  });

  it.each([
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '((((a?){1000}){1000}){1000}){1000}$',
    `^${'(?:[a-z]+){1,1000}'.repeat(50)}$`,
    `^${'('.repeat(5_000)}a${')'.repeat(5_000)}$`,
    `^${'a'.repeat(20_000)}$`,
  ])('is bounded whatever the pattern is', (source) => {
    const text = sample(source, { usual: `${'a'.repeat(40)}!` });
    expect(text.length).toBeLessThan(1_000);
  });
});
