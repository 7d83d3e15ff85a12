/**
 * Tells of each node which others it lies in circles with: two nodes lead to each other, however far, when they have the same
 * number. The algorithm of Kosaraju and Sharir, without recursion, in time proportional to nodes and ways.
 */
export function numberCircles<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): ReadonlyMap<Node, number> {
  const previous = turnAround(nodes, next);
  const finished: Node[] = [];
  visit(nodes, next, (node) => finished.push(node));
  const numbers = new Map<Node, number>();
  let number = 0;
  for (const start of finished.toReversed()) {
    if (numbers.has(start)) continue;
    const circle = [start];
    for (let node = circle.pop(); node !== undefined; node = circle.pop()) {
      if (numbers.has(node)) continue;
      numbers.set(node, number);
      circle.push(...(previous.get(node) ?? []));
    }
    number += 1;
  }
  return numbers;
}

/** Of each node those that lead to it. */
function turnAround<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): ReadonlyMap<Node, readonly Node[]> {
  const previous = new Map<Node, Node[]>();
  for (const node of nodes) {
    for (const to of next(node)) {
      const known = previous.get(to);
      if (known === undefined) previous.set(to, [node]);
      else known.push(node);
    }
  }
  return previous;
}

/** Visits every node once, telling of each when all that it leads to have been told of. */
function visit<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
  finish: (node: Node) => void,
): void {
  const begun = new Set<Node>();
  for (const start of nodes) {
    const stack: { readonly node: Node; readonly waiting: Node[] }[] = [];
    const enter = (node: Node): void => {
      if (begun.has(node)) return;
      begun.add(node);
      stack.push({ node, waiting: [...next(node)] });
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const following = top.waiting.pop();
      if (following !== undefined) {
        enter(following);
      } else {
        finish(top.node);
        stack.pop();
      }
    }
  }
}
