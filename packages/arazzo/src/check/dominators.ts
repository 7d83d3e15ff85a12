/** Which nodes of a graph lie on every way from node 0 to others. */
export interface DominatorTree {
  isReached(node: number): boolean;
  /** Whether every way to `node`, which is reached, goes through `by`. */
  dominates(by: number, node: number): boolean;
}

/** The algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm". Nodes are numbers from 0. */
export function findDominators(successors: readonly (readonly number[])[]): DominatorTree {
  const order = postOrder(successors);
  const rank = new Map(order.map((node, index) => [node, index]));
  const predecessors = new Map<number, number[]>();
  for (const node of order) {
    for (const next of successors[node] ?? []) {
      const known = predecessors.get(next) ?? [];
      known.push(node);
      predecessors.set(next, known);
    }
  }
  const parent = findParents(order, rank, predecessors);
  const span = numberTree(order, parent);
  return {
    isReached: (node) => rank.has(node),
    dominates(by, node) {
      const outer = span.get(by);
      const inner = span.get(node);
      return outer !== undefined && inner !== undefined && outer.first <= inner.first && inner.last <= outer.last;
    },
  };
}

function postOrder(successors: readonly (readonly number[])[]): readonly number[] {
  const order: number[] = [];
  const begun = new Set<number>();
  const stack: { readonly node: number; next: number }[] = [{ node: 0, next: 0 }];
  begun.add(0);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = successors[top.node]?.[top.next];
    top.next += 1;
    if (child === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (!begun.has(child)) {
      begun.add(child);
      stack.push({ node: child, next: 0 });
    }
  }
  return order;
}

/** The nearest node on every way to each node, in post-order ranks. */
function findParents(
  order: readonly number[],
  rank: ReadonlyMap<number, number>,
  predecessors: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const root = order.length - 1;
  const parent = Array.from({ length: order.length }, () => -1);
  parent[root] = root;
  const meet = (left: number, right: number): number => {
    let [low, high] = [left, right];
    while (low !== high) {
      if (low < high) low = parent[low] ?? root;
      else high = parent[high] ?? root;
    }
    return low;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = root - 1; index >= 0; index -= 1) {
      const known = (predecessors.get(order[index] ?? 0) ?? [])
        .map((node) => rank.get(node) ?? root)
        .filter((candidate) => parent[candidate] !== -1);
      const nearest = known.reduce((left, right) => meet(left, right), known[0] ?? root);
      if (parent[index] !== nearest) changed = true;
      parent[index] = nearest;
    }
  }
  return parent;
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Numbers the tree so that what lies below a node lies between its numbers. Parents have higher ranks than children. */
function numberTree(order: readonly number[], parent: readonly number[]): ReadonlyMap<number, Span> {
  const root = order.length - 1;
  const sizes = new Map<number, number>();
  const sizeOf = (index: number) => sizes.get(index) ?? 1;
  const parentOf = (index: number) => parent[index] ?? root;
  for (let index = 0; index < root; index += 1) sizes.set(parentOf(index), sizeOf(parentOf(index)) + sizeOf(index));
  const spans = new Map<number, Span>();
  const free = new Map<number, number>();
  for (let index = root; index >= 0; index -= 1) {
    const first = free.get(parentOf(index)) ?? 0;
    free.set(parentOf(index), first + sizeOf(index)).set(index, first + 1);
    spans.set(order[index] ?? 0, { first, last: first + sizeOf(index) - 1 });
  }
  return spans;
}
