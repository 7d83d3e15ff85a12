import { parsePointer } from '../document/pointer.ts';
import type { ChannelMessageSource, Expression, MessageSource } from './expression.ts';
import { parsePropertyPath } from './property-path.ts';

/** How far beyond the grammar a reading may go. */
export interface ParseOptions {
  /** Reads `$response.body.items[0].id`, which the grammar does not have, as a path into the body. */
  readonly propertyPaths?: boolean;
}

/**
 * Parses the text of a runtime expression by the ABNF of Arazzo 1.1.0 §Runtime Expressions. `undefined` when the text as a
 * whole is none, such as `$connect`, `$5.00` or `$request.body.action`: then it is a literal.
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression | undefined {
  switch (text) {
    case '$url':
      return { kind: 'url' };
    case '$method':
      return { kind: 'method' };
    case '$statusCode':
      return { kind: 'status-code' };
    case '$self':
      return { kind: 'self' };
    default:
      return parsePrefixed(text, options);
  }
}

function parsePrefixed(text: string, options: ParseOptions): Expression | undefined {
  const match =
    /^\$(request|response|message|inputs|outputs|steps|workflows|sourceDescriptions|components)\.(.+)$/s.exec(text);
  const rest = match?.[2] ?? '';
  switch (match?.[1]) {
    case 'request':
      return parseMessage('request', rest, options);
    case 'response':
      return parseMessage('response', rest, options);
    case 'message':
      return parseChannelMessage(rest, options);
    case 'inputs':
      return parseNamed(rest, (named) => ({ kind: 'input', ...named }));
    case 'outputs':
      return parseNamed(rest, (named) => ({ kind: 'output', ...named }));
    case 'steps':
      return parseStepOutput(rest);
    case 'workflows':
      return parseWorkflowValue(rest);
    case 'sourceDescriptions':
      return parseSourceDescription(rest);
    case 'components':
      return parseComponent(rest);
    default:
      return undefined;
  }
}

/** `source = ( header-reference / query-reference / path-reference / body-reference )` */
function parseMessage(message: 'request' | 'response', rest: string, options: ParseOptions): Expression | undefined {
  const source = parseHeader(rest) ?? parseQueryOrPath(rest) ?? parseBody(rest, options);
  if (source === undefined) return undefined;
  // A response has neither query nor path.
  if (message === 'response' && (source.kind === 'query' || source.kind === 'path')) return undefined;
  return { kind: 'message', message, source };
}

type HeaderSource = Extract<ChannelMessageSource, { kind: 'header' }>;

/** `header-reference = "header." token` */
function parseHeader(rest: string): HeaderSource | undefined {
  const name = /^header\.([!#$%&'*+\-.^_`|~0-9A-Za-z]+)$/.exec(rest)?.[1];
  return name === undefined ? undefined : { kind: 'header', name };
}

/** `query-reference = "query." name` and `path-reference = "path." name` */
function parseQueryOrPath(rest: string): MessageSource | undefined {
  const match = /^(query|path)\.(.+)$/s.exec(rest);
  return match?.[2] === undefined ? undefined : { kind: match[1] === 'query' ? 'query' : 'path', name: match[2] };
}

/** `body-reference = "body" ["#" json-pointer ]` */
function parseBody(rest: string, options: ParseOptions): MessageSource | undefined {
  const place = parsePlace(rest, 'body', options);
  return place && { kind: 'body', ...place };
}

/** Of the sources of `"$message." source` those that the message of a channel has. */
function parseChannelMessage(rest: string, options: ParseOptions): Expression | undefined {
  const header = parseHeader(rest);
  if (header !== undefined) return { kind: 'channel-message', source: header };
  const place = parsePlace(rest, 'payload', options);
  return place && { kind: 'channel-message', source: { kind: 'payload', ...place } };
}

interface Place {
  readonly pointer?: readonly string[];
  readonly path?: readonly string[];
}

/** What follows the word for a content: nothing, `#` and a JSON Pointer, or where that is allowed a property path. */
function parsePlace(rest: string, word: 'body' | 'payload', options: ParseOptions): Place | undefined {
  if (!rest.startsWith(word)) return undefined;
  const tail = rest.slice(word.length);
  if (tail === '') return {};
  if (tail.startsWith('#')) {
    const pointer = parsePointer(tail.slice(1));
    return pointer && { pointer };
  }
  const path = options.propertyPaths && /^[.[]/.test(tail) ? parsePropertyPath(tail) : undefined;
  return path && { path };
}

interface Named {
  readonly name: string;
  readonly pointer?: readonly string[];
}

/** `name = *( CHAR )`, after which the specification's notes allow a JSON Pointer into the value. */
function parseNamed(text: string, build: (named: Named) => Expression): Expression | undefined {
  const hash = text.indexOf('#');
  if (hash === -1) return text === '' ? undefined : build({ name: text });
  const pointer = parsePointer(text.slice(hash + 1));
  return hash === 0 || pointer === undefined ? undefined : build({ name: text.slice(0, hash), pointer });
}

/** `"$steps." name`, which names a step and one of its outputs. */
function parseStepOutput(rest: string): Expression | undefined {
  const match = /^(.+?)\.outputs\.(.+)$/s.exec(rest);
  const stepId = match?.[1];
  if (stepId === undefined) return undefined;
  return parseNamed(match?.[2] ?? '', (named) => ({ kind: 'step-output', stepId, ...named }));
}

/** `"$workflows." name`, which names a workflow and one of its inputs or outputs. */
function parseWorkflowValue(rest: string): Expression | undefined {
  const match = /^(.+?)\.(inputs|outputs)\.(.+)$/s.exec(rest);
  const workflowId = match?.[1];
  if (workflowId === undefined) return undefined;
  const field = match?.[2] === 'inputs' ? 'inputs' : 'outputs';
  return parseNamed(match?.[3] ?? '', (named) => ({ kind: 'workflow-value', workflowId, field, ...named }));
}

/** `"$sourceDescriptions." name`, where everything after the source's own name is its field or an id inside it. */
function parseSourceDescription(rest: string): Expression | undefined {
  const match = /^([^.]+)\.(.+)$/s.exec(rest);
  return match === null ? undefined : { kind: 'source-description', name: match[1] ?? '', field: match[2] ?? '' };
}

/** `"$components." name` and `"$components.parameters." parameter-name` */
function parseComponent(rest: string): Expression | undefined {
  const match = /^([A-Za-z]+)\.(.+)$/s.exec(rest);
  return match === null ? undefined : { kind: 'component', section: match[1] ?? '', name: match[2] ?? '' };
}
