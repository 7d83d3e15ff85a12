import { type Cursor, describeNext, expectText, fail, isAt, skipBlanks, take, takeText } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import { parseReference, tryOperand } from './parse-value.ts';
import type { Branch, Expression, Reference, TemplateBlock, TemplateNode } from './syntax-tree.ts';

/** What a directive has between its parentheses: values, and words as the `in` of a `#foreach`. */
type Parameter = Expression | { readonly kind: 'word'; readonly word: string };

const directiveNames: ReadonlySet<string> = new Set([
  'break',
  'define',
  'else',
  'elseif',
  'end',
  'evaluate',
  'foreach',
  'if',
  'include',
  'literal',
  'macro',
  'parse',
  'set',
  'stop',
]);

/** Whether `#name` would be a directive, or a macro defined further up. */
export function hasDirectiveName(cursor: Cursor, name: string): boolean {
  return directiveNames.has(name) || cursor.macros.has(name);
}

/** Parses the directive whose name was taken; `start` is where its `#` stands. */
export function parseDirective(cursor: Cursor, name: string, start: number): TemplateNode | undefined {
  switch (name) {
    case 'if':
      return parseIf(cursor, start);
    case 'foreach':
      return parseForeach(cursor, start);
    case 'define':
      return parseDefine(cursor, start);
    case 'macro':
      return parseMacro(cursor, start);
    case 'literal':
      return parseLiteral(cursor, start);
    case 'evaluate':
      return parseEvaluate(cursor, start);
    case 'break':
      return { kind: 'break', scope: parseOptionalParameter(cursor, name) };
    case 'stop':
      parseOptionalParameter(cursor, name);
      return { kind: 'stop' };
    case 'parse':
    case 'include':
      return fail(cursor, `"#${name}" is not available: a template stands alone.`, start);
    default:
      return parseCall(cursor, name, start);
  }
}

const setPattern = /[ \t]*#(?:set|\{set\}) *\(/y;

export function startsSet(cursor: Cursor): boolean {
  return isAt(cursor, setPattern);
}

export function parseSet(cursor: Cursor): TemplateNode {
  take(cursor, setPattern);
  skipBlanks(cursor);
  const target = parseReference(cursor);
  if (!target) fail(cursor, `A reference is expected in "#set", not ${describeNext(cursor)}.`);
  skipBlanks(cursor);
  if (cursor.text.startsWith('==', cursor.position) || !takeText(cursor, '=')) {
    fail(cursor, `"=" is expected after "${target.source}", not ${describeNext(cursor)}.`);
  }
  const value = parseExpression(cursor);
  closeParenthesis(cursor, 'set');
  return { kind: 'set', target, value };
}

/** A closing parenthesis takes the rest of its line along when only blanks follow. */
const closingPattern = /\)(?:[ \t]*(?:\r\n|\n|\r))?/y;

function closeParenthesis(cursor: Cursor, name: string): void {
  skipBlanks(cursor);
  if (!take(cursor, closingPattern)) fail(cursor, `")" is expected to close "#${name}(", not ${describeNext(cursor)}.`);
}

const endPattern = /#(?:end|\{end\})(?:[ \t]*(?:\r\n|\n|\r))?/y;
const elsePattern = /#(?:else(?!if)|\{else\})(?:[ \t]*(?:\r\n|\n|\r))?/y;
const elseIfPattern = /#(?:elseif|\{elseif\})/y;

function parseIf(cursor: Cursor, start: number): TemplateNode {
  const branches: Branch[] = [parseBranch(cursor, 'if')];
  while (take(cursor, elseIfPattern)) branches.push(parseBranch(cursor, 'elseif'));
  const otherwise = take(cursor, elsePattern) ? cursor.grammar.parseBlock(cursor) : [];
  closeBlock(cursor, 'if', start);
  return { kind: 'if', branches, otherwise };
}

function parseBranch(cursor: Cursor, name: string): Branch {
  skipBlanks(cursor);
  expectText(cursor, '(', `after "#${name}"`);
  const condition = parseExpression(cursor);
  closeParenthesis(cursor, name);
  return { condition, body: cursor.grammar.parseBlock(cursor) };
}

function closeBlock(cursor: Cursor, name: string, start: number): void {
  if (take(cursor, endPattern)) return;
  const found = cursor.position < cursor.text.length ? `; ${describeNext(cursor)} does not belong there` : '';
  fail(cursor, `"#${name}" is not closed by an "#end"${found}.`, found ? cursor.position : start);
}

function parseBody(cursor: Cursor, name: string, start: number): TemplateBlock {
  const body = cursor.grammar.parseBlock(cursor);
  closeBlock(cursor, name, start);
  return body;
}

function parseForeach(cursor: Cursor, start: number): TemplateNode {
  const [variable, word, list, ...others] = parseParameters(cursor) ?? [];
  if (variable?.kind !== 'reference' || word?.kind !== 'word' || !list || list.kind === 'word' || others.length > 0) {
    fail(cursor, '"#foreach" is expected to be of the form "#foreach($item in $list)".', start);
  }
  return { kind: 'foreach', variable: variable.name, list, body: parseBody(cursor, 'foreach', start) };
}

function parseDefine(cursor: Cursor, start: number): TemplateNode {
  const [target, ...others] = parseParameters(cursor) ?? [];
  if (target?.kind !== 'reference' || others.length > 0) {
    fail(cursor, '"#define" is expected to be of the form "#define($name)".', start);
  }
  return { kind: 'define', name: target.name, body: parseBody(cursor, 'define', start) };
}

/** The first macro of a name counts; it can be called before its definition. */
function parseMacro(cursor: Cursor, start: number): undefined {
  const [name, ...others] = parseParameters(cursor) ?? [];
  const parameters = others.filter((parameter): parameter is Reference => parameter.kind === 'reference');
  if (name?.kind !== 'word' || parameters.length !== others.length) {
    fail(cursor, '"#macro" is expected to be of the form "#macro(name $parameter)".', start);
  }
  const body = parseBody(cursor, 'macro', start);
  if (!cursor.macros.has(name.word)) {
    cursor.macros.set(name.word, { parameters: parameters.map((parameter) => parameter.name), body });
  }
}

/** The body must be well formed, but is rendered as it is written. */
function parseLiteral(cursor: Cursor, start: number): TemplateNode {
  if (!parseParameters(cursor)) fail(cursor, '"#literal" is expected to be of the form "#literal()".', start);
  const bodyStart = cursor.position;
  cursor.grammar.parseBlock(cursor);
  const text = cursor.text.slice(bodyStart, cursor.position);
  closeBlock(cursor, 'literal', start);
  return { kind: 'text', text };
}

function parseEvaluate(cursor: Cursor, start: number): TemplateNode {
  const [source, ...others] = parseParameters(cursor) ?? [];
  const isText = source?.kind === 'string' || source?.kind === 'interpolated' || source?.kind === 'reference';
  if (!isText || others.length > 0) fail(cursor, '"#evaluate" takes one string or reference.', start);
  return { kind: 'evaluate', source };
}

function parseOptionalParameter(cursor: Cursor, name: string): Expression | undefined {
  const start = cursor.position;
  const [parameter, ...others] = parseParameters(cursor) ?? [];
  if (parameter?.kind === 'word' || others.length > 0) fail(cursor, `"#${name}" takes at most one value.`, start);
  return parameter;
}

/** A directive that is none may be a macro defined later; without one of its name it is text. */
function parseCall(cursor: Cursor, name: string, start: number): TemplateNode {
  const parameters: Expression[] = [];
  const words: string[] = [];
  const given = parseParameters(cursor);
  for (const parameter of given ?? []) {
    if (parameter.kind === 'word') words.push(parameter.word);
    else parameters.push(parameter);
  }
  const hasBody = name.startsWith('@') && given !== undefined;
  const body = hasBody ? parseBody(cursor, name, start) : undefined;
  const source = cursor.text.slice(start, cursor.position);
  // A macro cannot be given words: what has some was meant as text.
  if (words.length > 0 && !cursor.macros.has(name)) return { kind: 'text', text: source };
  if (words.length > 0) fail(cursor, `"${words[0]}" cannot be given to the macro "${name}".`, start);
  return { kind: 'call', call: { name: name.replace(/^@/, ''), parameters, source, body } };
}

const openingPattern = /[ \t\r\n]*\(/y;
const wordPattern = /(?!(?:and|or|not|eq|ne|lt|le|gt|ge)(?![\w@]))[a-zA-Z_@][\w@]*/y;

/** The parameters of a directive, separated by blanks or commas; `undefined` when it has no parenthesis. */
function parseParameters(cursor: Cursor): readonly Parameter[] | undefined {
  if (!take(cursor, openingPattern)) return undefined;
  const parameters: Parameter[] = [];
  for (;;) {
    skipBlanks(cursor);
    const closing = cursor.position;
    if (take(cursor, closingPattern)) return parameters;
    takeText(cursor, ',');
    const parameter = tryOperand(cursor) ?? takeWord(cursor);
    if (!parameter) fail(cursor, `A value or ")" is expected, not ${describeNext(cursor)}.`, closing);
    parameters.push(parameter);
  }
}

function takeWord(cursor: Cursor): Parameter | undefined {
  const word = take(cursor, wordPattern)?.[0];
  return word === undefined ? undefined : { kind: 'word', word };
}
