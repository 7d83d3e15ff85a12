import { parsePointer } from './pointer.ts';

/** Offsets into the source text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value of a YAML or JSON file with the place it is written at. */
export type TreeNode = MappingNode | SequenceNode | ScalarNode;

interface MappingNode extends Range {
  readonly kind: 'mapping';
  readonly entries: readonly MappingEntry[];
  /** The whole value as plain JSON; a value written once and used through an alias is one shared object. */
  readonly value: Readonly<Record<string, unknown>>;
}

export interface MappingEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly node: TreeNode;
}

interface SequenceNode extends Range {
  readonly kind: 'sequence';
  readonly items: readonly TreeNode[];
  readonly value: readonly unknown[];
}

interface ScalarNode extends Range {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** Where a value is written, and its key when it is a member of a mapping. */
export interface Location {
  readonly node: TreeNode;
  readonly keyRange?: Range;
  /** False when the pointer leads nowhere and this is the nearest value above. */
  readonly exact: boolean;
}

/** Finds the value at a JSON Pointer, or the nearest value above it. */
export function locate(root: TreeNode, pointer: string): Location {
  let location: Location = { node: root, exact: true };
  for (const token of parsePointer(pointer) ?? []) {
    const next = step(location.node, token);
    if (next === undefined) return { ...location, exact: false };
    location = next;
  }
  return location;
}

function step(node: TreeNode, token: string): Location | undefined {
  if (node.kind === 'mapping') {
    const entry = node.entries.find((candidate) => candidate.key === token);
    return entry && { node: entry.node, keyRange: entry.keyRange, exact: true };
  }
  const item = node.kind === 'sequence' ? node.items[Number(token)] : undefined;
  return item && { node: item, exact: true };
}
