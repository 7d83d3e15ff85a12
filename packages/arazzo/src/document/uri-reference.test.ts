import { expect, it } from 'vitest';
import { isUriReference } from './uri-reference.ts';

it.each([
  'https://flows.test/a/b.yaml?c=d/?#e?/',
  'http://user:pass@[2001:db8::7]:80/a//b',
  'urn:example:animal:ferret:nose',
  'mailto:John.Doe@example.com',
  'file:///a',
  'a:',
  '',
  '?q',
  '#f',
  '//host',
  '/',
  '/a:b',
  './a:b',
  'a/b:c',
  '../flows/main%20b.yaml',
  "~!$&'()*+,;=@",
])('%j is a URI reference', (text) => {
  expect(isUriReference(text)).toBe(true);
});

it.each([
  '::bad',
  ':',
  'a b:c',
  '1a:b',
  'é',
  'a b.yaml',
  'a%2',
  'a%zz',
  'a#b#c',
  'http://a:b/c',
  'http://[::1',
  'a[0]',
  'a\\b',
  '{a}',
  'a\n',
  '"a"',
])('%j is none', (text) => {
  expect(isUriReference(text)).toBe(false);
});

it('text that is nearly one is told in proportion to its length', () => {
  expect(isUriReference(`a:${':@/%41'.repeat(100_000)} `)).toBe(false);
  expect(isUriReference(`//${'a:@'.repeat(100_000)} `)).toBe(false);
});
