import type { MappingEntry, TreeNode } from './tree.ts';

/** What the text of a file may hold at most to be read here. */
export interface JsonLimits {
  readonly depth: number;
  readonly nodes: number;
}

/**
 * Reads JSON (RFC 8259) into a tree with positions, the same as the reader of YAML makes of it, in a fraction of the time.
 * `undefined` for everything that needs a closer look: text that is not JSON, or that YAML has something to say about, such
 * as a key that is given twice.
 */
export function parseJsonTree(text: string, limits: JsonLimits): TreeNode | undefined {
  try {
    return new JsonReader(text, limits).read();
  } catch (error) {
    if (error === unreadable) return undefined;
    throw error;
  }
}

/** Thrown to leave the recursion; made once, since it says nothing of the text. */
const unreadable: Error = new Error('The text needs the reader of YAML.');

const code = { quote: 34, comma: 44, colon: 58, openList: 91, backslash: 92, closeList: 93, open: 123, close: 125 };

/** Numbers and words, to their end. */
const plainScalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Lives for one text: the place in it, and the end of what was read last, which is where the values around it end. */
class JsonReader {
  readonly #text: string;
  readonly #limits: JsonLimits;
  #at = 0;
  #last = 0;
  #nodes = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  read(): TreeNode {
    const first = this.#next();
    if (first !== code.open && first !== code.openList) throw unreadable;
    const root = this.#value(1);
    if (!Number.isNaN(this.#next())) throw unreadable;
    return root;
  }

  /** The character after white space; NaN at the end. */
  #next(): number {
    for (;;) {
      const found = this.#text.charCodeAt(this.#at);
      if (found !== 32 && found !== 10 && found !== 13 && found !== 9) return found;
      this.#at += 1;
    }
  }

  #value(depth: number): TreeNode {
    this.#nodes += 1;
    if (depth >= this.#limits.depth || this.#nodes > this.#limits.nodes) throw unreadable;
    switch (this.#next()) {
      case code.quote: {
        const { value, start, end } = this.#string();
        return { kind: 'scalar', value, start, end };
      }
      case code.open:
        return this.#mapping(depth);
      case code.openList:
        return this.#sequence(depth);
      default:
        return this.#plain();
    }
  }

  #plain(): TreeNode {
    const start = this.#at;
    plainScalar.lastIndex = start;
    const written = plainScalar.exec(this.#text)?.[0];
    const value: unknown = written === undefined ? undefined : JSON.parse(written);
    // Numbers beyond the range of a number are text to YAML.
    if (value === undefined || value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
      throw unreadable;
    this.#at = plainScalar.lastIndex;
    this.#last = this.#at;
    return { kind: 'scalar', value: value as number | boolean | null, start, end: this.#at };
  }

  /** The range is that of the text between the quotes. */
  #string(): { readonly value: string; readonly start: number; readonly end: number } {
    const start = this.#at + 1;
    let end = start;
    let hasEscapes = false;
    for (let found = this.#text.charCodeAt(end); found !== code.quote; found = this.#text.charCodeAt(end)) {
      // The end of the text is no number, and no control character stands in a string.
      if (!(found >= 32)) throw unreadable;
      if (found === code.backslash) hasEscapes = true;
      end += found === code.backslash ? 2 : 1;
    }
    this.#at = end + 1;
    this.#last = end;
    const written = this.#text.slice(start, end);
    return { value: hasEscapes ? readEscapes(written) : written, start, end };
  }

  #mapping(depth: number): TreeNode {
    const start = this.#begin();
    const entries: MappingEntry[] = [];
    const value: Record<string, unknown> = {};
    while (this.#isInside(code.close, entries.length)) {
      if (this.#next() !== code.quote) throw unreadable;
      const { value: key, start: keyStart, end: keyEnd } = this.#string();
      if (key === '__proto__' || Object.hasOwn(value, key)) throw unreadable;
      if (this.#next() !== code.colon) throw unreadable;
      this.#at += 1;
      const node = this.#value(depth + 1);
      value[key] = node.value;
      entries.push({ key, keyRange: { start: keyStart, end: keyEnd }, node });
    }
    return { kind: 'mapping', entries, value, start, end: this.#last };
  }

  #sequence(depth: number): TreeNode {
    const start = this.#begin();
    const items: TreeNode[] = [];
    while (this.#isInside(code.closeList, items.length)) items.push(this.#value(depth + 1));
    return { kind: 'sequence', items, value: items.map((item) => item.value), start, end: this.#last };
  }

  #begin(): number {
    const start = this.#at;
    this.#last = start;
    this.#at += 1;
    return start;
  }

  /** Whether another member follows; goes past the comma before it, or past the end. */
  #isInside(close: number, members: number): boolean {
    const found = this.#next();
    if (found === close) {
      this.#at += 1;
      return false;
    }
    if (members === 0) return true;
    if (found !== code.comma) throw unreadable;
    this.#at += 1;
    return true;
  }
}

function readEscapes(written: string): string {
  try {
    return JSON.parse(`"${written}"`);
  } catch {
    throw unreadable;
  }
}
