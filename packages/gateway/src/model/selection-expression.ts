import { type JsonPath, parseJsonPath, readJsonPath } from './json-path.ts';

/**
 * A selection expression: what a gateway evaluates to choose a route, a template, a model or an API key.
 *
 * See the developer guide, "Selection expressions in API Gateway" (WebSocket APIs).
 */
export type SelectionExpression =
  /** Text that is its own value: `action`, `$default`, `\$default`. */
  | { readonly kind: 'static'; readonly value: string }
  | { readonly kind: 'template'; readonly parts: readonly SelectionPart[] };

type SelectionPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'body'; readonly path: JsonPath }
  | { readonly kind: 'variable'; readonly source: SelectionSource; readonly name: string };

/** The places besides the message body that a variable can name. */
type SelectionSource =
  | 'request.header'
  | 'request.querystring'
  | 'context'
  | 'stageVariables'
  | 'integration.response.header'
  | 'integration.response.multivalueheader'
  | 'integration.response.body'
  | 'integration.response.statuscode';

export type ParsedSelectionExpression =
  | { readonly kind: 'expression'; readonly expression: SelectionExpression }
  | { readonly kind: 'invalid'; readonly message: string };

/** What an expression is evaluated against. */
export interface SelectionScope {
  /** The message, parsed. */
  readonly body: unknown;
  /** Absent where only the body can be selected on, as for routes: other variables are then the empty string. */
  variable?(source: SelectionSource, name: string): string | undefined;
}

const namedSources: readonly SelectionSource[] = [
  'request.header',
  'request.querystring',
  'context',
  'stageVariables',
  'integration.response.header',
  'integration.response.multivalueheader',
  'integration.response.body',
];

/** Variables without braces end where a character cannot belong to a path. */
const undelimitedPattern = /\$([A-Za-z](?:[A-Za-z0-9_.-]|\[[^\]]*\])*)/y;

/** Parses an expression once; evaluation does not look at its text again. */
export function parseSelectionExpression(text: string): ParsedSelectionExpression {
  const parts: SelectionPart[] = [];
  let literal = '';
  let position = 0;
  while (position < text.length) {
    const token = readToken(text, position);
    position += token.length;
    if (token.kind === 'literal') {
      literal += token.text;
      continue;
    }
    const part = token.kind === 'variable' ? parseVariable(token.text) : `"${token.text}" lacks its closing brace.`;
    if (typeof part === 'string') return { kind: 'invalid', message: `The expression "${text}" is not valid: ${part}` };
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
    parts.push(part);
  }
  if (parts.length === 0) return { kind: 'expression', expression: { kind: 'static', value: literal } };
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return { kind: 'expression', expression: { kind: 'template', parts } };
}

/**
 * The text that an expression selects. What is missing is the empty string, scalars are written as in JSON, and arrays
 * as `[a, b]`; the result is never evaluated again.
 */
export function evaluateSelectionExpression(expression: SelectionExpression, scope: SelectionScope): string {
  if (expression.kind === 'static') return expression.value;
  let result = '';
  for (const part of expression.parts) result += evaluatePart(part, scope);
  return result;
}

/**
 * A map under the keys that expressions give: published configurations write `\$default` also for the key, which then stands
 * for `$default` unless that is there itself.
 */
export function indexBySelectedKey<Value>(entries: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  const index = new Map(Object.entries(entries));
  for (const [key, value] of Object.entries(entries)) {
    const plain = key.replaceAll('\\$', '$');
    if (!index.has(plain)) index.set(plain, value);
  }
  return index;
}

/** Renders a JSON value the way the service's expressions do. */
export function renderSelectedValue(value: unknown, depth = 0): string {
  if (value === undefined || value === null || depth > maxRenderedDepth) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => renderSelectedValue(item, depth + 1)).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}=${renderSelectedValue(member, depth + 1)}`);
  return `{${members.join(', ')}}`;
}

/** A client decides how deep its message is nested; what lies deeper than this is left out of a selected text. */
const maxRenderedDepth = 16;

interface Token {
  readonly kind: 'literal' | 'variable' | 'unclosed';
  readonly text: string;
  /** How much of the expression the token takes up. */
  readonly length: number;
}

function readToken(text: string, position: number): Token {
  if (text.startsWith('\\$', position)) return { kind: 'literal', text: '$', length: 2 };
  if (text.startsWith('${', position)) {
    const end = text.indexOf('}', position);
    if (end === -1) return { kind: 'unclosed', text: text.slice(position), length: text.length - position };
    return { kind: 'variable', text: text.slice(position + 2, end), length: end + 1 - position };
  }
  undelimitedPattern.lastIndex = position;
  const variable = undelimitedPattern.exec(text)?.[1];
  // A name without a path, as in "$default", is a key and no variable.
  if (variable?.includes('.')) return { kind: 'variable', text: variable, length: variable.length + 1 };
  return { kind: 'literal', text: text.charAt(position), length: 1 };
}

/** The part, or a sentence that says why there is none. */
function parseVariable(text: string): SelectionPart | string {
  if (text === 'request.body' || /^request\.body[.[]/.test(text)) {
    const parsed = parseJsonPath(text.slice('request.body'.length));
    return parsed.kind === 'path' ? { kind: 'body', path: parsed.path } : parsed.message;
  }
  if (text === 'integration.response.statuscode') {
    return { kind: 'variable', source: 'integration.response.statuscode', name: '' };
  }
  const source = namedSources.find((candidate) => text.startsWith(`${candidate}.`));
  const name = source && text.slice(source.length + 1);
  if (source && name) return { kind: 'variable', source, name };
  return `"${text}" is no variable; one that starts with ${['request.body', ...namedSources].join(', ')} is expected.`;
}

function evaluatePart(part: SelectionPart, scope: SelectionScope): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'body':
      return renderSelectedValue(readJsonPath(scope.body, part.path));
    case 'variable':
      return scope.variable?.(part.source, part.name) ?? '';
  }
}
