import { type Operation, operations } from './operations.ts';

export type OperationMatch =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** Member name → decoded value of the path's label. */
      readonly labels: Readonly<Record<string, string>>;
    }
  /** The path exists, for other methods. */
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown-path' }
  /** A segment is not valid percent-encoding. */
  | { readonly kind: 'malformed-path'; readonly segment: string };

interface PathNode {
  readonly literals: Map<string, PathNode>;
  label?: PathNode;
  readonly operations: Map<string, Operation>;
}

const root = buildTree(operations.values());

/**
 * Finds the operation that a request line means. The path is split before it is decoded, as clients encode labels
 * completely: a label may hold `/` (`arn%3Aaws…%2Fapis`) or `$` (`%24connect`).
 */
export function matchOperation(method: string, path: string): OperationMatch {
  const segments: string[] = [];
  for (const segment of path.split('/').slice(1)) {
    const decoded = decodeSegment(segment);
    if (decoded === undefined) return { kind: 'malformed-path', segment };
    segments.push(decoded);
  }
  const node = findNode(root, segments, 0);
  if (!node) return { kind: 'unknown-path' };
  const operation = node.operations.get(method);
  if (!operation) return { kind: 'wrong-method', allowed: [...node.operations.keys()].sort() };
  return { kind: 'operation', operation, labels: readLabels(operation.path, segments) };
}

function buildTree(all: Iterable<Operation>): PathNode {
  const tree = createNode();
  for (const operation of all) {
    let node = tree;
    for (const segment of operation.path.split('/').slice(1)) node = childOf(node, segment);
    node.operations.set(operation.method, operation);
  }
  return tree;
}

function createNode(): PathNode {
  return { literals: new Map(), operations: new Map() };
}

function childOf(node: PathNode, segment: string): PathNode {
  const known = isLabel(segment) ? node.label : node.literals.get(segment);
  if (known) return known;
  const child = createNode();
  if (isLabel(segment)) node.label = child;
  else node.literals.set(segment, child);
  return child;
}

function findNode(node: PathNode, segments: readonly string[], index: number): PathNode | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.operations.size > 0 ? node : undefined;
  const literal = node.literals.get(segment);
  const found = literal && findNode(literal, segments, index + 1);
  if (found || !node.label || segment === '') return found;
  return findNode(node.label, segments, index + 1);
}

function readLabels(template: string, segments: readonly string[]): Readonly<Record<string, string>> {
  const labels = template
    .split('/')
    .slice(1)
    .flatMap((segment, index) => (isLabel(segment) ? [[segment.slice(1, -1), segments[index] ?? '']] : []));
  return Object.fromEntries(labels);
}

function isLabel(segment: string): boolean {
  return segment.startsWith('{');
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
