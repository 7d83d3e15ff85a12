import { atEnd, type Cursor, descend, expectText, fail, isAt, TemplateSyntaxError, take } from './cursor.ts';
import { hasDirectiveName, parseDirective, parseSet, startsSet } from './parse-directive.ts';
import { parseReference, parseSteps } from './parse-value.ts';
import type { TemplateBlock, TemplateNode, TemplateTree } from './syntax-tree.ts';

export type ParsedTemplate =
  | { readonly kind: 'template'; readonly tree: TemplateTree }
  /** `position` is an offset into the text. */
  | { readonly kind: 'invalid'; readonly message: string; readonly position: number };

/** Parses a template as Velocity 1.7 does; one that is nested in another has nodes without positions. */
export function parseTemplate(text: string, isNested = false): ParsedTemplate {
  const grammar = { parseText, parseBlock };
  const cursor: Cursor = { text, position: 0, depth: 0, isNested, macros: new Map(), grammar };
  try {
    return { kind: 'template', tree: { body: parseAll(cursor), macros: cursor.macros } };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return { kind: 'invalid', message: error.message, position: error.position };
  }
}

function parseText(text: string, parent: Cursor): TemplateBlock {
  return parseAll({ ...parent, text, position: 0, depth: parent.depth + 1, isNested: true });
}

function parseAll(cursor: Cursor): TemplateBlock {
  const body = parseBlock(cursor);
  const { position } = cursor;
  if (!atEnd(cursor)) fail(cursor, `"${take(cursor, closingPattern)?.[0]}" closes nothing.`, position);
  return body;
}

const textPattern = /[^$#\\]+/y;
const closingPattern = /#(?:(?:end|else|elseif)(?![\w@])|\{(?:end|else|elseif)\})/y;

function parseBlock(cursor: Cursor): TemplateBlock {
  return descend(cursor, parseNodes);
}

function parseNodes(cursor: Cursor): TemplateBlock {
  const nodes: TemplateNode[] = [];
  let isAfterReference = false;
  while (!atEnd(cursor) && !isAt(cursor, closingPattern)) {
    const { position } = cursor;
    const brace: TemplateNode | undefined = isAfterReference ? parseBraceAfterReference(cursor) : undefined;
    const node: TemplateNode | undefined = brace ?? parseNode(cursor);
    isAfterReference = node !== undefined && endsInReference(node, isAfterReference);
    if (node) nodes.push(cursor.isNested ? node : { ...node, position });
  }
  return nodes;
}

/** Takes at least one character; what renders nothing, as a comment, is `undefined`. */
function parseNode(cursor: Cursor): TemplateNode | undefined {
  // A #set takes the blanks before it along, but only where a token could begin: not after other text.
  if (startsSet(cursor)) return parseSet(cursor);
  const text = take(cursor, textPattern)?.[0];
  if (text !== undefined) return { kind: 'text', text };
  switch (cursor.text[cursor.position]) {
    case '\\':
      return parseBackslashes(cursor);
    case '$':
      return parseDollar(cursor, '');
    default:
      return parseHash(cursor);
  }
}

const backslashPattern = /\\+/y;
const directiveNamePattern = /#(?:([a-zA-Z_@][\w@]*)|\{([a-zA-Z_][\w@]*)\})/y;

/**
 * Backslashes count only before a reference or a directive: each two are one, and an odd one escapes. Anywhere else they
 * are text.
 */
function parseBackslashes(cursor: Cursor): TemplateNode | undefined {
  const backslashes = take(cursor, backslashPattern)?.[0] ?? '';
  if (cursor.text[cursor.position] === '$') return parseDollar(cursor, backslashes);
  directiveNamePattern.lastIndex = cursor.position;
  const [directive, bare, braced] = directiveNamePattern.exec(cursor.text) ?? [];
  const name = bare ?? braced;
  if (directive === undefined || name === undefined) return { kind: 'text', text: backslashes };
  const half = backslashes.slice(0, backslashes.length >> 1);
  const isKnown = hasDirectiveName(cursor, name);
  if (backslashes.length % 2 === 1) {
    cursor.position += directive.length;
    return { kind: 'text', text: (isKnown ? half : backslashes) + directive };
  }
  // Velocity does not know these before a directive of its library in braces, nor before a #set.
  const isHalved = isKnown && name !== 'set' && (bare !== undefined || controlNames.has(name));
  return { kind: 'text', text: isHalved ? half : backslashes };
}

const controlNames: ReadonlySet<string> = new Set(['if', 'elseif', 'else', 'end']);

/** Whether what follows is still read as after a reference; one in braces has ended. */
function endsInReference(node: TemplateNode, isAfterReference: boolean): boolean {
  if (node.kind === 'reference') return !node.reference.source.endsWith('}');
  return isAfterReference && node.kind === 'text' && node.text === '{';
}

const braceAfterReferencePattern = /([{}])((?<=\{)\$?!?[a-zA-Z_][\w-]*)?/y;

/**
 * A brace right after a reference is a token of its own. With a name after it Velocity takes it for the beginning of a
 * reference, of which it then writes nothing but the brace: "$x{name}" gives the value of "$x" and "{".
 */
function parseBraceAfterReference(cursor: Cursor): TemplateNode | undefined {
  const [, brace, name] = take(cursor, braceAfterReferencePattern) ?? [];
  if (brace === undefined) return undefined;
  if (name !== undefined) {
    parseSteps(cursor);
    expectText(cursor, '}', `to close the reference that "{${name}" begins; write "\${…}" for the one before it`);
  }
  return { kind: 'text', text: brace };
}

const literalBangPattern = /\$(\\+)!/y;
/** Looked for where a run of "$" begins alone: what comes after the run is the same for each of them. */
const swallowedPattern =
  /(?<!\$!?)(?:\$!?)+(?=#(?:(?:if|elseif|else|end)(?![\w@])|\{(?:if|elseif|else|end)\})|[ \t]*#(?:set|\{set\}) *\()/y;
const escapedDollarsPattern = /(?:\$!?)+(?=\$!?\{?[a-zA-Z_])/y;
/** Velocity loses the "!" of a "$!" that cannot begin anything. */
const lostBangPattern = /!(?![[{}$#]|\.[a-zA-Z])/y;
const nestedPattern = /\$!?\{\$!?[a-zA-Z_][\w-]*/y;
const reservedPattern = /\$!?\{?(?:true|false)(?![\w-])/y;

/** A reference, or the `$` as text. */
function parseDollar(cursor: Cursor, backslashes: string): TemplateNode | undefined {
  const start = cursor.position;
  const literalBang = take(cursor, literalBangPattern)?.[1];
  if (literalBang !== undefined) {
    return { kind: 'text', text: `${backslashes}$${literalBang.slice(0, literalBang.length >> 1)}!` };
  }
  // An escape reaches over further "$" to the reference, and they are lost.
  if (backslashes.length % 2 === 1) take(cursor, escapedDollarsPattern);
  // Velocity loses a "$" that a control directive follows directly.
  if (take(cursor, swallowedPattern)) return undefined;
  const reserved = take(cursor, reservedPattern)?.[0];
  if (reserved !== undefined) fail(cursor, `"${reserved}" is a reserved word and no reference.`, start);
  const nested = take(cursor, nestedPattern)?.[0];
  if (nested !== undefined) return parseNestedReference(cursor, nested, `${backslashes}${nested}`);
  const reference = parseReference(cursor);
  if (reference) {
    const prefix = backslashes.slice(0, backslashes.length >> 1);
    return { kind: 'reference', reference, escape: { isEscaped: backslashes.length % 2 === 1, prefix } };
  }
  cursor.position = start + 1;
  if (atEnd(cursor) || cursor.text.slice(cursor.position) === '!') {
    fail(cursor, 'A template cannot end with "$"; a name is expected.', start);
  }
  take(cursor, lostBangPattern);
  return { kind: 'text', text: `${backslashes}$` };
}

/** "${$name}" is no reference to a reference: Velocity leaves it as it is, but wants it closed. */
function parseNestedReference(cursor: Cursor, nested: string, text: string): TemplateNode {
  const start = cursor.position;
  parseSteps(cursor);
  expectText(cursor, '}', `to close "${nested}"`);
  return { kind: 'text', text: nested.startsWith('$!') ? '' : text + cursor.text.slice(start, cursor.position) };
}

const lineCommentPattern = /##[^\r\n]*(?:\r\n|\n|\r)?/y;

/** A comment, a block of literal text, a directive, or the `#` as text. */
function parseHash(cursor: Cursor): TemplateNode | undefined {
  const { text, position } = cursor;
  if (take(cursor, lineCommentPattern)) return undefined;
  if (text.startsWith('#*', position)) return skipComment(cursor);
  if (text.startsWith('#[[', position)) return parseLiteralText(cursor);
  const match = take(cursor, directiveNamePattern);
  if (match) return parseDirective(cursor, match[1] ?? match[2] ?? '', position);
  cursor.position += 1;
  if (atEnd(cursor)) fail(cursor, 'A template cannot end with "#"; the name of a directive is expected.', position);
  return { kind: 'text', text: '#' };
}

/** A comment that is not closed goes to the end of the template. */
function skipComment(cursor: Cursor): undefined {
  const { text, position } = cursor;
  const isFormal = text.startsWith('#**', position) && text[position + 3] !== '#';
  const end = text.indexOf('*#', position + (isFormal ? 3 : 2));
  cursor.position = end === -1 ? text.length : end + 2;
}

function parseLiteralText(cursor: Cursor): TemplateNode {
  const { text, position } = cursor;
  const end = text.indexOf(']]#', position + 3);
  if (end === -1) fail(cursor, 'The literal text "#[[" is not closed; "]]#" is expected.');
  cursor.position = end + 3;
  return { kind: 'text', text: text.slice(position + 3, end) };
}
