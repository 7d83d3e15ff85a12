import { maxSyntaxDepth } from './bounds.ts';
import type { Macro, TemplateBlock } from './syntax-tree.ts';

/** A template being read. One is made for the template itself and one for each string that is interpolated. */
export interface Cursor {
  readonly text: string;
  position: number;
  depth: number;
  /** Positions are offsets into a string or another text that is not the template's own. */
  readonly isNested: boolean;
  /** Macros defined so far; shared with the strings of the template. */
  readonly macros: Map<string, Macro>;
  /** Passed along because directives contain blocks, which contain directives, and strings contain templates. */
  readonly grammar: Grammar;
}

interface Grammar {
  /** Parses the content of a string of the template that `parent` reads. */
  parseText(text: string, parent: Cursor): TemplateBlock;
  /** Parses up to the `#end`, `#else` or `#elseif` that closes a block, and does not take that. */
  parseBlock(cursor: Cursor): TemplateBlock;
}

/** Says why a text is no template; `position` is an offset into the text. */
export class TemplateSyntaxError extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export function fail(cursor: Cursor, message: string, position: number = cursor.position): never {
  throw new TemplateSyntaxError(message, position);
}

/** Takes what `pattern`, which must be sticky, matches at the cursor. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.position;
  const match = pattern.exec(cursor.text);
  if (!match) return undefined;
  cursor.position += match[0].length;
  return match;
}

/** Whether `pattern`, which must be sticky, matches at the cursor. */
export function isAt(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.position;
  return pattern.test(cursor.text);
}

export function takeText(cursor: Cursor, text: string): boolean {
  if (!cursor.text.startsWith(text, cursor.position)) return false;
  cursor.position += text.length;
  return true;
}

/** Takes `text` or fails, saying what it is expected for. */
export function expectText(cursor: Cursor, text: string, purpose: string): void {
  if (!takeText(cursor, text)) fail(cursor, `"${text}" is expected ${purpose}, not ${describeNext(cursor)}.`);
}

const blankPattern = /[ \t\r\n]+/y;

export function skipBlanks(cursor: Cursor): void {
  take(cursor, blankPattern);
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.text.length;
}

const nextPattern = /[^\s]{1,20}|\s/y;

/** What stands at the cursor, for messages. */
export function describeNext(cursor: Cursor): string {
  nextPattern.lastIndex = cursor.position;
  const next = nextPattern.exec(cursor.text)?.[0];
  return next === undefined ? 'the end' : JSON.stringify(next);
}

/** Parses one level deeper. */
export function descend<T>(cursor: Cursor, parse: (cursor: Cursor) => T): T {
  if (cursor.depth >= maxSyntaxDepth) {
    fail(cursor, `The template is nested too deeply; at most ${maxSyntaxDepth} levels are allowed.`);
  }
  cursor.depth += 1;
  const result = parse(cursor);
  cursor.depth -= 1;
  return result;
}
