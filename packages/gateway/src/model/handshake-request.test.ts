import { describe, expect, it } from 'vitest';
import { headerValues, pairHeaders, queryValues } from './handshake-request.ts';

const request = {
  headers: pairHeaders(['Host', 'localhost', 'X-Tag', 'first', 'x-tag', 'second']),
  query: 'tag=first&tag=second&encoded=a%2Bb+space&empty=',
};

describe('headerValues', () => {
  it.each([
    ['x-tag', ['first', 'second']],
    ['HOST', ['localhost']],
    ['missing', []],
  ])('finds "%s" in any letter case', (name, values) => {
    expect(headerValues(request, name)).toEqual(values);
  });
});

describe('queryValues', () => {
  it.each([
    ['tag', ['first', 'second']],
    ['encoded', ['a+b space']],
    ['empty', ['']],
    ['missing', []],
  ])('decodes "%s"', (name, values) => {
    expect(queryValues(request, name)).toEqual(values);
  });
});
