import { endOfString, skipSpace } from './scan-json.ts';
import type { MappingEntry, TreeNode } from './tree.ts';

/** Finds the places in a text that `readJson` reads: a tree with positions, the same as the reader of YAML makes of it. */
export function parseJsonTree(text: string): TreeNode {
  return new JsonReader(text).read();
}

const code = { quote: 34, comma: 44, openList: 91, closeList: 93, open: 123, close: 125 };

/** Numbers and words, to their end. */
const plainScalar = /[\w.+-]+/y;

/** Lives for one text: the place in it, and the end of what was read last, which is where the values around it end. */
class JsonReader {
  readonly #text: string;
  #at = 0;
  #last = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): TreeNode {
    switch (this.#next()) {
      case code.quote: {
        const { value, start, end } = this.#string();
        return { kind: 'scalar', value, start, end };
      }
      case code.open:
        return this.#mapping();
      case code.openList:
        return this.#sequence();
      default:
        return this.#plain();
    }
  }

  /** The character after white space. */
  #next(): number {
    this.#at = skipSpace(this.#text, this.#at);
    return this.#text.charCodeAt(this.#at);
  }

  #plain(): TreeNode {
    const start = this.#at;
    plainScalar.lastIndex = start;
    const value = JSON.parse(plainScalar.exec(this.#text)?.[0] ?? 'null');
    this.#at = plainScalar.lastIndex;
    this.#last = this.#at;
    return { kind: 'scalar', value, start, end: this.#at };
  }

  /** The range is that of the text between the quotes. */
  #string(): { readonly value: string; readonly start: number; readonly end: number } {
    const start = this.#at + 1;
    this.#at = endOfString(this.#text, this.#at);
    const end = this.#at - 1;
    this.#last = end;
    const written = this.#text.slice(start, end);
    return { value: written.includes('\\') ? JSON.parse(`"${written}"`) : written, start, end };
  }

  #mapping(): TreeNode {
    const start = this.#open();
    const entries: MappingEntry[] = [];
    while (!this.#isAtEnd(code.close)) {
      const { value: key, start: keyStart, end: keyEnd } = this.#string();
      this.#next();
      this.#at += 1;
      entries.push({ key, keyRange: { start: keyStart, end: keyEnd }, node: this.read() });
    }
    const value = Object.fromEntries(entries.map((entry) => [entry.key, entry.node.value]));
    return { kind: 'mapping', entries, value, start, end: this.#last };
  }

  #sequence(): TreeNode {
    const start = this.#open();
    const items: TreeNode[] = [];
    while (!this.#isAtEnd(code.closeList)) items.push(this.read());
    return { kind: 'sequence', items, value: items.map((item) => item.value), start, end: this.#last };
  }

  /** Goes into an object or list, and returns where it begins. */
  #open(): number {
    const start = this.#at;
    this.#last = start;
    this.#at += 1;
    return start;
  }

  /** Goes past the comma before another member; when there is none, past the end. */
  #isAtEnd(close: number): boolean {
    const found = this.#next();
    if (found === close || found === code.comma) this.#at += 1;
    if (found === code.comma) this.#next();
    return found === close;
  }
}
