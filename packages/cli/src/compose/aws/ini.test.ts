import { expect, it } from 'vitest';
import { parseIni } from './ini.ts';

it.each([
  ['[a]\nx = 1\nY=2=3', { a: { x: '1', y: '2=3' } }],
  ['\uFEFF# nothing\n; nothing\nx = 1', {}],
  ['[ profile   b ] # said\r\nx = 1\r\n  nested = 2\r\n# c = 3', { 'profile b': { x: '1' } }],
  ['[a]\nx = 1\n[b]\n[a]\ny = 2', { a: { x: '1', y: '2' }, b: {} }],
  ['[__proto__]\nconstructor = 1', JSON.parse('{"__proto__":{"constructor":"1"}}')],
])('reads %j', (text, expected) => {
  const sections = [...parseIni(text)].map(([name, values]) => [name, Object.fromEntries(values)] as const);
  expect(Object.fromEntries(sections)).toEqual(expected);
});
