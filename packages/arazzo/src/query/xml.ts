import { createRequire } from 'node:module';
import type { Document, Element, Node } from 'slimdom';
import { quote } from '../document/json.ts';
import { QueryError } from './query.ts';

/** An XML text, parsed, with the namespaces that prefixes stand for in it. */
export interface XmlDocument {
  readonly document: Document;
  /** The first that each prefix is declared for; of the empty prefix, that of the root element. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/** In characters. */
export const MAX_XML_LENGTH: number = 16 * 1024 * 1024;
export const MAX_XML_DEPTH: number = 512;

const NAMESPACE_DECLARATIONS = 'http://www.w3.org/2000/xmlns/';
const ELEMENT = 1;
const ATTRIBUTE = 2;

const require = createRequire(import.meta.url);

/** The XML library; loaded when first wanted. */
export function loadXmlLibrary(): typeof import('slimdom') {
  return require('slimdom');
}

/**
 * Parses XML text. A document type declaration is refused, since entities multiply and point elsewhere; so is what is too
 * long or too deep. Throws `QueryError`.
 */
export function parseXml(value: unknown): XmlDocument {
  if (typeof value !== 'string') throw new QueryError(`it needs XML text and is given ${quote(value)}`);
  if (value.length > MAX_XML_LENGTH) {
    throw new QueryError(`the XML is ${value.length} characters long; at most ${MAX_XML_LENGTH} are read`);
  }
  if (hasDocumentType(value)) throw new QueryError('the XML has a document type declaration, which is refused');
  let document: Document;
  try {
    document = loadXmlLibrary().parseXmlDocument(value);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new QueryError(`${quote(value)} is no XML: ${describeXmlError(error)}`, { cause: error });
  }
  return { document, namespaces: readNamespaces(document) };
}

/**
 * Why text is not well-formed XML; `undefined` when it is, or when that is not looked into, because it has a document type
 * declaration or is too long.
 */
export function whyNoXml(text: string): string | undefined {
  if (text.length > MAX_XML_LENGTH || hasDocumentType(text)) return undefined;
  try {
    loadXmlLibrary().parseXmlDocument(text);
    return undefined;
  } catch (error) {
    return error instanceof RangeError ? undefined : describeXmlError(error);
  }
}

function describeXmlError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [what = '', where = ''] = error.message.split('\n', 2);
  return `${what} ${where.replace(/^At /, 'at ')}`.replace(/[\s:.]+$/, '');
}

/** Writes a parsed document with the XML declaration that its text had. */
export function writeXml(document: Document, original: unknown): string {
  const declaration = typeof original === 'string' ? /^<\?xml[^?]*\?>\s*/.exec(original)?.[0] : undefined;
  return `${declaration ?? ''}${loadXmlLibrary().serializeToWellFormedString(document)}`;
}

/** A node as a value: what has elements in it as XML, everything else as its text. */
export function readNode(node: Node): string {
  if (node.nodeType === ATTRIBUTE) return node.nodeValue ?? '';
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === ELEMENT) return loadXmlLibrary().serializeToWellFormedString(node);
  }
  return node.textContent ?? node.nodeValue ?? '';
}

/** Only white space, comments and processing instructions may stand before the declaration (XML 1.0 §2.8). */
function hasDocumentType(text: string): boolean {
  const prolog = /(?:[\s\uFEFF]+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/y;
  prolog.exec(text);
  return text.startsWith('<!DOCTYPE', prolog.lastIndex);
}

/** Walks without recursion, so that depth is an error and no overflow. */
function readNamespaces({ documentElement: root }: Document): ReadonlyMap<string, string> {
  const namespaces = new Map<string, string>();
  const waiting: [element: Element, depth: number][] = root === null ? [] : [[root, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [element, depth] = next;
    if (depth > MAX_XML_DEPTH) throw new QueryError(`the XML is nested more than ${MAX_XML_DEPTH} deep`);
    addDeclarations(namespaces, element, element === root);
    for (const child of element.children.toReversed()) waiting.push([child, depth + 1]);
  }
  return namespaces;
}

function addDeclarations(namespaces: Map<string, string>, element: Element, isRoot: boolean): void {
  for (const attribute of element.attributes) {
    if (attribute.namespaceURI !== NAMESPACE_DECLARATIONS) continue;
    const prefix = attribute.prefix === null ? '' : attribute.localName;
    if ((prefix !== '' || isRoot) && !namespaces.has(prefix)) namespaces.set(prefix, attribute.value);
  }
}
