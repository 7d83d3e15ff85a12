import { describe, expect, it } from 'vitest';
import { isToken, toHeaderValue } from './header.ts';

describe('a token', () => {
  it.each([
    ['X-Request.Id', true],
    ["!#$%&'*+.^_`|~-", true],
    ['', false],
    ['a b', false],
    ['a:b', false],
    ['a\r\nb', false],
    ['é', false],
  ])('whether %j is one: %s', (text, expected) => {
    expect(isToken(text)).toBe(expected);
  });
});

describe('the value of a header', () => {
  it.each([
    ['chat', 'chat'],
    ['é', '\xc3\xa9'],
    ['a\r\nSet-Cookie: b', 'a  Set-Cookie: b'],
    ['a\tb\x7f', 'a b '],
  ])('%j is sent as %j', (text, expected) => {
    expect(toHeaderValue(text)).toBe(expected);
  });
});
