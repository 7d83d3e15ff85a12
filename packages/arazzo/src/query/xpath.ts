import { createRequire } from 'node:module';
import type { Document, Element, Node } from 'slimdom';
import { memberOf, quote } from '../document/json.ts';
import { QueryError, type QueryResult } from './query.ts';
import { withinTimeLimit } from './time-limit.ts';
import { loadXmlLibrary, parseXml, readNode, writeXml, type XmlDocument } from './xml.ts';
import { typeXPath10 } from './xpath-10-types.ts';
import { findNewer, type XPathPart } from './xpath-versions.ts';

/** What is used of `fontoxpath`, whose own types would bring those of a browser with them. */
interface Library {
  readonly evaluateXPath: {
    readonly ALL_RESULTS_TYPE: number;
    readonly BOOLEAN_TYPE: number;
    (script: XPathPart, context: Node, facade: null, variables: null, type: number, options: object): unknown;
  };
  parseScript(text: string, options: object, factory: Document): XPathPart;
}

/** The namespace of XPath's error codes (XPath 3.1 Functions and Operators, appendix C). */
const errors = 'http://www.w3.org/2005/xqt-errors';

/** How long an expression is tried without data: what is static shows at once. */
const STATIC_MILLISECONDS = 50;

const require = createRequire(import.meta.url);

/** Loaded when first wanted: few documents have XPath. */
function loadLibrary(): Library {
  return require('fontoxpath');
}

/**
 * Compiles an XPath expression. The engine is one of XPath 3.1; what an older version does not have is refused. As a
 * condition it passes by its effective boolean value, which the versions define alike for the values they share. It
 * selects one item as it is and several as a list: nodes without elements in them as text, others as XML.
 *
 * Prefixes stand for what the XML declares them for. Names without a prefix are in the default namespace of the root
 * element, the static context that XPath leaves to its host; in XPath 1.0, which does not, they are in none.
 */
export function compileXPath(text: string, version: string): QueryResult {
  let script: XPathPart;
  try {
    script = withinTimeLimit(() => parse(text));
  } catch (error) {
    return { kind: 'invalid', message: `${quote(text)} is no XPath: ${reasonOf(error)}.` };
  }
  const newer = findNewer(script, version);
  if (newer !== undefined) {
    return { kind: 'unsupported', message: `${quote(text)} has ${newer}, which ${nameOf(version)} does not have.` };
  }
  const older = version === 'xpath-10' ? withinTimeLimit(() => convert(script)) : undefined;
  if (version !== 'xpath-10') withinTimeLimit(() => guardDivisions(script));
  if (older !== undefined) {
    const message = `${quote(text)} has ${older}, which XPath 1.0 converts and the engine, one of 3.1, does not; "string()", "number()" or "boolean()" say it.`;
    return { kind: 'unsupported', message };
  }
  const problem = findStaticError(script, version);
  if (problem !== undefined) return { kind: 'invalid', message: `${quote(text)} is no XPath: ${problem}.` };
  const { ALL_RESULTS_TYPE, BOOLEAN_TYPE } = loadLibrary().evaluateXPath;
  const find = (xml: XmlDocument) => evaluate(script, xml, version, ALL_RESULTS_TYPE) as readonly unknown[];
  return {
    kind: 'compiled',
    query: {
      test: (context) => withinTimeLimit(() => evaluate(script, parseXml(context), version, BOOLEAN_TYPE) === true),
      select: (context) =>
        withinTimeLimit(() => {
          const items = find(parseXml(context)).map((item) => (isNode(item) ? readNode(item) : item));
          return items.length > 1 ? items : items[0];
        }),
      replace: (payload, value) =>
        withinTimeLimit(() => {
          const xml = parseXml(payload);
          const places = find(xml);
          if (places.length === 0) throw new QueryError(`it finds nothing in the payload ${quote(payload)}`);
          for (const place of places) setContent(place, typeof value === 'string' ? value : JSON.stringify(value));
          return writeXml(xml.document, payload);
        }),
    },
  };
}

function parse(text: string): XPathPart {
  const { Document } = loadXmlLibrary();
  return loadLibrary().parseScript(text, { language: 'XPath3.1', annotateAst: false }, new Document());
}

/** Writes out what XPath 1.0 converts by itself; returns what cannot be. */
function convert(script: XPathPart): string | undefined {
  // It is an element of the library, of which the engine's own types tell less.
  const { conversions, problem } = typeXPath10(script as unknown as Element);
  for (const conversion of conversions) writeOut(conversion);
  return problem;
}

/**
 * Makes a division of decimals by zero the error it is since XPath 2.0 (FOAR0001), where the engine has infinity: a condition
 * must not pass by it (Arazzo 1.1.0 §Evaluation Errors).
 */
function guardDivisions(script: XPathPart): void {
  const written = `for $divisor in (x, ()) return if ($divisor instance of xs:decimal and $divisor eq 0) then error(QName("${errors}", "FOAR0001"), "a division by zero") else $divisor`;
  const root = script as unknown as Element;
  const divisions = [...findElements(root, 'divOp'), ...findElements(root, 'modOp')];
  for (const part of divisions.map((division) => division.lastElementChild?.firstElementChild)) {
    if (part) writeOut({ part, written });
  }
}

function writeOut({ part, written }: { readonly part: Element; readonly written: string }): void {
  const parsed = parse(written) as unknown as Element;
  const hole = findElements(parsed, 'sequenceExpr')[0]?.firstElementChild;
  const shell = findElements(parsed, 'queryBody')[0]?.firstElementChild;
  if (!hole || !shell) return;
  part.parentNode?.replaceChild(shell, part);
  hole.parentNode?.replaceChild(part, hole);
}

function findElements(root: Element, localName: string): readonly Element[] {
  const found: Element[] = [];
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.localName === localName) found.push(element);
    waiting.push(...element.children);
  }
  return found;
}

function evaluate(script: XPathPart, { document, namespaces }: XmlDocument, version: string, type: number): unknown {
  const options = {
    language: 'XPath3.1',
    namespaceResolver: (prefix: string) =>
      prefix === '' && version === 'xpath-10' ? null : (namespaces.get(prefix) ?? null),
    // `fn:trace` would print.
    logger: { trace: () => {} },
    // Conditions may embed values, and what is compiled for each would stay forever.
    disableCache: true,
  };
  return loadLibrary().evaluateXPath(script, document, null, null, type, options);
}

/** Errors that show without data: unknown functions, variables and types. Prefixes depend on the data. */
function findStaticError(script: XPathPart, version: string): string | undefined {
  try {
    const { ALL_RESULTS_TYPE } = loadLibrary().evaluateXPath;
    withinTimeLimit(() => evaluate(script, parseXml('<none/>'), version, ALL_RESULTS_TYPE), STATIC_MILLISECONDS);
    return undefined;
  } catch (error) {
    return /XPST00(?:08|17|51)/.test(String(error)) ? reasonOf(error) : undefined;
  }
}

/** The engine's message in one line: the line with the error's code, if it shows the expression too. */
function reasonOf(error: unknown): string {
  const hasOwn = error instanceof Error && error.cause instanceof Error && !(error.cause instanceof RangeError);
  const cause = hasOwn ? error.cause : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  const line = /[A-Z]{4}\d{4}[:,] ?(.*)/.exec(message)?.[1] ?? message.split('\n')[0] ?? '';
  const offset = offsetOf(cause);
  return `${line.replace(/\.$/, '')}${offset === undefined ? '' : ` at character ${offset + 1}`}`;
}

/** Where the engine found a syntax error. */
function offsetOf(error: unknown): number | undefined {
  const start = memberOf(memberOf(error, 'position'), 'start');
  const offset = memberOf(start, 'offset');
  return typeof offset === 'number' ? offset : undefined;
}

function nameOf(version: string): string {
  return `XPath ${version.slice(-2, -1)}.${version.slice(-1)}`;
}

function isNode(item: unknown): item is Node {
  return typeof item === 'object' && item !== null && 'nodeType' in item;
}

function setContent(place: unknown, text: string): void {
  if (!isNode(place) || place.nodeType === 9) {
    throw new QueryError('it selects a value, not a place in the payload');
  }
  if (place.nodeType === 1) place.textContent = text;
  else place.nodeValue = text;
}
