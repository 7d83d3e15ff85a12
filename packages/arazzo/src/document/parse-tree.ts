import type { Event, ScalarEvent } from 'js-yaml';
import { parseJsonTree } from './parse-json-tree.ts';
import { type JsonLimits, readJson } from './read-json.ts';
import { resolveScalar } from './scalar.ts';
import type { MappingEntry, Range, TreeNode } from './tree.ts';
import { trimList } from './trim-list.ts';

/** Deeper nesting, aliases followed, is refused: everything after this recurses over the tree. */
const MAX_DEPTH = 100;
/** More values, counted as if every alias were written out, are refused: an alias bomb is small only in the file. */
const MAX_EXPANDED_NODES = 5_000_000;

/** What is wrong with the text of a file, and where. */
interface TreeProblem extends Range {
  readonly code: 'not-yaml' | 'duplicate-key' | 'alias-refused';
  readonly message: string;
}

export type TreeResult =
  | ({ readonly kind: 'parsed' } & Parsed)
  | { readonly kind: 'refused'; readonly problems: readonly TreeProblem[] };

/** What is read of a text: its value, and where everything in it is written. */
export interface Parsed {
  /** Plain JSON. */
  readonly value: unknown;
  /** Of JSON it is read when it is first asked for: most files have nothing to point at. */
  tree(): TreeNode;
}

const jsonLimits: JsonLimits = { depth: MAX_DEPTH, values: MAX_EXPANDED_NODES };

/** A node with what it weighs once aliases are followed. */
interface Built {
  readonly node: TreeNode;
  readonly size: number;
  readonly depth: number;
}

type Yaml = typeof import('js-yaml');

/**
 * Reads one YAML 1.2 document (JSON is YAML) into a tree with positions, by the core schema. Keys are the text as
 * written; merge keys and tags outside the core schema are not YAML 1.2 core and get no meaning or are refused.
 */
export async function parseTree(text: string): Promise<TreeResult> {
  const json = readJson(text, jsonLimits);
  if (json !== undefined) return { kind: 'parsed', ...json, tree: once(() => parseJsonTree(text)) };
  const yaml = await import('js-yaml');
  try {
    return new TreeBuilder(yaml, text).build(yaml.parseEvents(text, { maxDepth: MAX_DEPTH }));
  } catch (error) {
    return { kind: 'refused', problems: [describeError(yaml, text, error)] };
  }
}

function once(read: () => TreeNode): () => TreeNode {
  let tree: TreeNode | undefined;
  return () => {
    tree ??= read();
    return tree;
  };
}

function describeError(yaml: Yaml, text: string, error: unknown): TreeProblem {
  if (error instanceof Refusal) return error.problem;
  const isYaml = error instanceof yaml.YAMLException;
  const reason = isYaml ? error.reason : String(error);
  const start = Math.min((isYaml && error.mark?.position) || 0, text.length);
  return { code: 'not-yaml', message: `The file is not YAML or JSON: ${reason}.`, start, end: start };
}

class Refusal extends Error {
  readonly problem: TreeProblem;
  constructor(problem: TreeProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Lives for one parse: the events, the place in them, and the anchors seen. */
class TreeBuilder {
  readonly #yaml: Yaml;
  readonly #text: string;
  readonly #anchors = new Map<string, Built>();
  readonly #duplicates: TreeProblem[] = [];
  #events: readonly Event[] = [];
  #index = 0;
  #last = 0;

  constructor(yaml: Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
  }

  build(events: readonly Event[]): TreeResult {
    this.#events = events;
    if (events.length < 3) this.#refuse('The file is empty; a YAML or JSON document was expected.', 0, 0);
    this.#index = 1;
    const { node } = this.#node();
    const after = this.#events[this.#index + 1];
    if (after !== undefined) {
      this.#refuse('The file holds several YAML documents; one was expected.', this.#last, this.#last);
    }
    if (this.#duplicates.length > 0) return { kind: 'refused', problems: this.#duplicates };
    return { kind: 'parsed', value: node.value, tree: () => node };
  }

  #node(): Built {
    const event = this.#events[this.#index++];
    const ids = this.#yaml.EVENT_ID;
    switch (event?.type) {
      case ids.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case ids.MAPPING:
        return this.#anchored(event, this.#mapping(event.start));
      case ids.SEQUENCE:
        return this.#anchored(event, this.#sequence(event.start));
      case ids.ALIAS:
        return this.#alias(event.anchorStart, event.anchorEnd);
      default:
        return this.#refuse('The file is not YAML or JSON: a value was expected.', this.#last, this.#last);
    }
  }

  #scalar(event: ScalarEvent): Built {
    const start = event.valueStart === -1 ? this.#last : event.valueStart;
    const end = Math.max(start, event.valueEnd);
    this.#last = end;
    const text = event.valueStart === -1 ? '' : this.#yaml.getScalarValue(this.#text, event);
    const tag = event.tagStart === -1 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
    const resolved = resolveScalar(text, event.style === this.#yaml.SCALAR_STYLE.PLAIN, tag);
    if (resolved.kind === 'refused') this.#refuse(resolved.message, start, end);
    return { node: { kind: 'scalar', value: resolved.value, start, end }, size: 1, depth: 1 };
  }

  #mapping(start: number): Built {
    this.#last = start;
    const entries: MappingEntry[] = [];
    const seen = new Set<string>();
    const weight = new Weight();
    while (!this.#atEnd()) {
      const entry = this.#entry(weight);
      if (seen.has(entry.key)) this.#reportDuplicate(entry);
      seen.add(entry.key);
      entries.push(entry);
    }
    const value = Object.fromEntries(entries.map((entry) => [entry.key, entry.node.value]));
    return this.#weighed({ kind: 'mapping', entries: trimList(entries), value, start, end: this.#last }, weight);
  }

  #entry(weight: Weight): MappingEntry {
    const key = this.#events[this.#index];
    if (key?.type !== this.#yaml.EVENT_ID.SCALAR) {
      this.#refuse('A key is not a string; Arazzo §Format allows only scalar strings as keys.', this.#last, this.#last);
    }
    this.#index += 1;
    const keyStart = key.valueStart === -1 ? this.#last : key.valueStart;
    const keyRange = { start: keyStart, end: Math.max(keyStart, key.valueEnd) };
    this.#last = keyRange.end;
    const built = this.#node();
    weight.add(built);
    const name = key.valueStart === -1 ? '' : this.#yaml.getScalarValue(this.#text, key);
    return { key: name, keyRange, node: built.node };
  }

  #sequence(start: number): Built {
    this.#last = start;
    const items: TreeNode[] = [];
    const weight = new Weight();
    while (!this.#atEnd()) {
      const built = this.#node();
      weight.add(built);
      items.push(built.node);
    }
    const value = items.map((item) => item.value);
    return this.#weighed({ kind: 'sequence', items: trimList(items), value, start, end: this.#last }, weight);
  }

  #weighed(node: TreeNode, weight: Weight): Built {
    if (weight.depth > MAX_DEPTH) {
      this.#refuse(`The values are nested more than ${MAX_DEPTH} deep.`, node.start, node.start, 'alias-refused');
    }
    if (weight.size > MAX_EXPANDED_NODES) {
      const message = `The aliases expand to more than ${MAX_EXPANDED_NODES} values.`;
      this.#refuse(message, node.start, node.start, 'alias-refused');
    }
    return { node, size: weight.size, depth: weight.depth };
  }

  #alias(anchorStart: number, anchorEnd: number): Built {
    this.#last = anchorEnd;
    const name = this.#text.slice(anchorStart, anchorEnd);
    const built = this.#anchors.get(name);
    if (built !== undefined) return built;
    const message = `The alias "${name}" names no anchor that is complete before it.`;
    return this.#refuse(message, anchorStart, anchorEnd, 'alias-refused');
  }

  #anchored(event: { readonly anchorStart: number; readonly anchorEnd: number }, built: Built): Built {
    if (event.anchorStart !== -1) this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), built);
    return built;
  }

  #atEnd(): boolean {
    if (this.#events[this.#index]?.type !== this.#yaml.EVENT_ID.POP) return false;
    this.#index += 1;
    return true;
  }

  #reportDuplicate(entry: MappingEntry): void {
    const message = `The key "${entry.key}" is given twice in the same object; each key may be given once.`;
    this.#duplicates.push({ code: 'duplicate-key', message, ...entry.keyRange });
  }

  #refuse(message: string, start: number, end: number, code: TreeProblem['code'] = 'not-yaml'): never {
    throw new Refusal({ code, message, start, end });
  }
}

class Weight {
  size = 1;
  depth = 1;

  add(built: Built): void {
    this.size += built.size;
    this.depth = Math.max(this.depth, built.depth + 1);
  }
}
