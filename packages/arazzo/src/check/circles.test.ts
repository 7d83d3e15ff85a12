import { expect, it } from 'vitest';
import { numberCircles } from './circles.ts';

it.each<[Readonly<Record<string, string>>, readonly string[]]>([
  [{ a: 'b', b: 'c', c: 'a', d: 'a' }, ['abc', 'd']],
  [{ a: 'bc', b: 'a', c: 'd', d: 'c' }, ['ab', 'cd']],
  [{ a: 'bb', b: '' }, ['a', 'b']],
  [{ a: 'a' }, ['a']],
  [{}, []],
])('tells which nodes of %j lead to each other', (ways, circles) => {
  const numbers = numberCircles(Object.keys(ways), (node) => [...(ways[node] ?? '')]);
  const found = new Map<number, string>();
  for (const node of Object.keys(ways)) {
    const number = numbers.get(node) ?? -1;
    found.set(number, `${found.get(number) ?? ''}${node}`);
  }
  expect([...found.values()].sort()).toEqual(circles);
});

it('follows long ways', () => {
  const nodes = Array.from({ length: 20_000 }, (_, index) => index);
  const numbers = numberCircles(nodes, (node) => [(node + 1) % nodes.length]);
  expect(new Set(numbers.values()).size).toBe(1);
});
