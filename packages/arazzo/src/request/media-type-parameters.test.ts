import { describe, expect, it } from 'vitest';
import { readMediaTypeParameters, writeMediaType } from './media-type-parameters.ts';

describe('the parameters of a media type', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['multipart/mixed', {}],
    ['multipart/mixed; boundary=a-b', { boundary: 'a-b' }],
    ['multipart/mixed;BOUNDARY=a', { boundary: 'a' }],
    ['multipart/related; type="text/html"; boundary="a b;c"', { type: 'text/html', boundary: 'a b;c' }],
    [String.raw`a/b; c="d\"e\\f"`, { c: String.raw`d"e\f` }],
    ['a/b; c=d; c=e', { c: 'd' }],
    ['a/b; c; d=e', { d: 'e' }],
    ['a/b; c=""', { c: '' }],
  ])('of %s are %j', (text, parameters) => {
    expect(Object.fromEntries(readMediaTypeParameters(text))).toEqual(parameters);
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{}, 'a/b'],
    [{ c: 'd', e: 'text/html' }, 'a/b; c=d; e="text/html"'],
    [{ c: String.raw`d"e\f` }, String.raw`a/b; c="d\"e\\f"`],
    [{ c: '' }, 'a/b; c=""'],
  ])('%j are written as %s', (parameters, text) => {
    expect(writeMediaType('a/b', new Map(Object.entries(parameters)))).toBe(text);
  });
});
