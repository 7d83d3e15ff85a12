import { describe, expect, it } from 'vitest';
import { maximumJsonDepth, parseJson } from './parse-json.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it('parses JSON', () => {
    expect(parseJson('{"a":["]]"," \\" [",{}]}')).toEqual({ kind: 'parsed', value: { a: [']]', ' " [', {}] } });
  });

  it('accepts the deepest nesting it allows', () => {
    expect(parseJson(nested(maximumJsonDepth)).kind).toBe('parsed');
  });

  it.each([
    ['deeper nesting', nested(maximumJsonDepth + 1), 'is nested more than 100 times.'],
    ['endless nesting', '['.repeat(1_000_000), 'is nested more than 100 times.'],
    ['an unterminated string', `"${'\\"'.repeat(500_000)}`, 'is not valid JSON.'],
    ['other text', 'name=chat', 'is not valid JSON.'],
    ['nothing', '', 'is not valid JSON.'],
  ])('refuses %s', (_name, text, reason) => {
    expect(parseJson(text)).toEqual({ kind: 'refused', reason });
  });
});
