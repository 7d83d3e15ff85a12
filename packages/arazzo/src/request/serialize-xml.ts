import { isRecord, type JsonRecord, memberOf, quote, stringMember } from '../document/json.ts';
import { propertyOf, rootNameOf, type Schema } from '../document/openapi/schema.ts';
import { toText } from '../expression/evaluate.ts';
import { Refusal } from './refusal.ts';

/** Values nested deeper are not written. */
const MAX_DEPTH = 100;

/**
 * Writes an object or list as XML by the `xml` keywords of its schema (OpenAPI 3.2 §XML Object). Without a name for the
 * root element, an object with a single member is taken for it.
 *
 * @throws Refusal when there is no name for an element, or XML cannot hold the text.
 */
export function serializeXml(value: JsonRecord | readonly unknown[], schema: Schema | undefined): string {
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>';
  const name = rootNameOf(schema);
  if (name !== undefined) {
    const isList = Array.isArray(value);
    return prolog + (isList ? writeList(name, value, schema, true, 0) : writeElement(name, value, schema, 0));
  }
  const members = Array.isArray(value) ? [] : Object.entries(value);
  const [only] = members;
  if (only === undefined || members.length > 1) {
    const message = `The payload is ${quote(value)}: its schema gives no name for the root element of XML, as "xml.name" or a component would.`;
    throw new Refusal('request-invalid', message);
  }
  return prolog + writeMember(only[0], only[1], propertyOf(schema, only[0]), 0);
}

function writeMember(name: string, value: unknown, schema: Schema | undefined, depth: number): string {
  if (Array.isArray(value)) return writeList(name, value, schema, isWrapped(schema), depth);
  return writeElement(name, value, schema, depth);
}

/** OpenAPI 3.2 has `nodeType` for what was `wrapped` before. */
function isWrapped(schema: Schema | undefined): boolean {
  return memberOf(schema?.xml, 'wrapped') === true || memberOf(schema?.xml, 'nodeType') === 'element';
}

function writeList(
  name: string,
  items: readonly unknown[],
  schema: Schema | undefined,
  wrapped: boolean,
  depth: number,
): string {
  const outer = stringMember(schema?.xml, 'name') ?? name;
  const inner = items.map((item) => writeMember(wrapped ? outer : name, item, schema?.items, depth + 1)).join('');
  if (!wrapped) return inner;
  const { open, close } = tagsOf(outer, schema, []);
  return `${open}${inner}${close}`;
}

function writeElement(name: string, value: unknown, schema: Schema | undefined, depth: number): string {
  if (depth > MAX_DEPTH) {
    throw new Refusal(
      'request-invalid',
      `The payload is nested more than ${MAX_DEPTH} deep; it is not written as XML.`,
    );
  }
  const own = stringMember(schema?.xml, 'name') ?? name;
  if (!isRecord(value)) return writeText(own, value, schema);
  const attributes: string[] = [];
  let content = '';
  for (const [member, item] of Object.entries(value)) {
    const described = propertyOf(schema, member);
    const kind = nodeTypeOf(described);
    if (kind === 'attribute') attributes.push(...writeAttribute(member, item, described));
    else if (kind === 'text') content += escapeText(toText(item));
    else if (kind === 'cdata') content += writeCdata(toText(item));
    else content += writeMember(member, item, described, depth + 1);
  }
  const { open, close } = tagsOf(own, schema, attributes);
  return `${open}${content}${close}`;
}

function writeText(name: string, value: unknown, schema: Schema | undefined): string {
  const { open, close } = tagsOf(name, schema, []);
  return `${open}${value === null ? '' : escapeText(toText(value))}${close}`;
}

function nodeTypeOf(schema: Schema | undefined): string {
  if (memberOf(schema?.xml, 'attribute') === true) return 'attribute';
  return stringMember(schema?.xml, 'nodeType') ?? 'element';
}

function writeAttribute(member: string, value: unknown, schema: Schema | undefined): readonly string[] {
  if (value === null) return [];
  const name = qualify(stringMember(schema?.xml, 'name') ?? member, schema);
  const text = escapeText(toText(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
  return [...declareNamespace(schema), ` ${name}="${text}"`];
}

function tagsOf(
  name: string,
  schema: Schema | undefined,
  attributes: readonly string[],
): { readonly open: string; readonly close: string } {
  const qualified = qualify(name, schema);
  // A namespace that two attributes share is declared once.
  const inside = [...new Set([...declareNamespace(schema), ...attributes])].join('');
  return { open: `<${qualified}${inside}>`, close: `</${qualified}>` };
}

function qualify(name: string, schema: Schema | undefined): string {
  const prefix = stringMember(schema?.xml, 'prefix');
  return prefix === undefined ? checkName(name) : `${checkName(prefix)}:${checkName(name)}`;
}

function declareNamespace(schema: Schema | undefined): readonly string[] {
  const namespace = stringMember(schema?.xml, 'namespace');
  if (namespace === undefined) return [];
  const prefix = stringMember(schema?.xml, 'prefix');
  const uri = escapeText(namespace).replaceAll('"', '&quot;');
  return [` xmlns${prefix === undefined ? '' : `:${checkName(prefix)}`}="${uri}"`];
}

/** Names come from payloads too, so that one with markup in it must not get through. */
function checkName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{M}\p{N}._-]*$/u.test(name)) return name;
  throw new Refusal('request-invalid', `The name ${quote(name)} cannot be written as the name of an XML element.`);
}

function escapeText(text: string): string {
  return checkText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function writeCdata(text: string): string {
  return `<![CDATA[${checkText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** XML 1.0 §2.2 excludes control characters, even escaped. */
function checkText(text: string): string {
  if (/^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)) return text;
  throw new Refusal('request-invalid', `The text ${quote(text)} holds a character that XML cannot.`);
}
