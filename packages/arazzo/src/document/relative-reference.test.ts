import { expect, it } from 'vitest';
import { relativeReference } from './relative-reference.ts';

const base = 'https://flows.test/a/b/main.yaml';

it.each([
  ['https://flows.test/a/b/other.yaml?v=1', './other.yaml?v=1'],
  ['https://flows.test/a/b/c/d:e.yaml', './c/d:e.yaml'],
  ['https://flows.test/a/b', './../b'],
  ['https://flows.test/a/b/', './'],
  ['https://flows.test/x/y.yaml', './../../x/y.yaml'],
  ['https://flows.test', './../../'],
])('%s is written %s, and leads to the same place', (url, written) => {
  expect(relativeReference(base, url)).toBe(written);
  expect(new URL(written, base).href).toBe(new URL(url).href);
});

it.each(['other.yaml', '../x.yaml', 'http://flows.test/a/b/x.yaml', 'file:///a/b/x.yaml', '', '::'])(
  '%j stays as it is',
  (text) => {
    expect(relativeReference(base, text)).toBe(text);
    expect(relativeReference('file:///a/b/main.yaml', text)).toBe(text);
  },
);
