import { expect, it } from 'vitest';
import { findDominators } from './dominators.ts';

/** Whether a way leads from node 0 to `to` that avoids `without`. */
function leadsTo(successors: readonly (readonly number[])[], to: number, without: number): boolean {
  const reached = new Set<number>();
  const waiting = without === 0 ? [] : [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (reached.has(node) || node === without) continue;
    reached.add(node);
    waiting.push(...(successors[node] ?? []));
  }
  return reached.has(to);
}

it.each([
  [[[1], [2], []]],
  [[[1, 2], [3], [3], []]],
  [[[1], [2, 4], [3], [1, 5], [5], []]],
  [[[1, 2], [2, 3], [1, 3], [4], [0], [3]]],
  [[[1], [1], []]],
  [[[3, 1], [2], [0, 3], [4, 5], [6], [6], [1]]],
])('knows what lies on every way through %j', (successors) => {
  const tree = findDominators(successors);
  for (const to of successors.keys()) {
    expect([to, tree.isReached(to)]).toEqual([to, leadsTo(successors, to, -1)]);
    for (const by of successors.keys()) {
      if (!tree.isReached(to)) continue;
      const expected = by === to || !leadsTo(successors, to, by);
      expect([by, to, tree.dominates(by, to)]).toEqual([by, to, expected]);
    }
  }
});
