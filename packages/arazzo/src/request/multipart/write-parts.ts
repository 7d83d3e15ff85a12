import { isRecord, type JsonRecord, quote } from '../../document/json.ts';
import type { BodyContent, Encoding } from '../../document/openapi/operation.ts';
import { itemOf, propertyOf, type Schema } from '../../document/openapi/schema.ts';
import { bareMediaType, formatOf } from '../media-type.ts';
import { Refusal } from '../refusal.ts';
import { fixedHeaders } from './fixed-headers.ts';
import { frameParts } from './frame-parts.ts';
import { findHeader, type Header, type Part } from './part.ts';
import { type PartDescription, typeOfPart } from './part-type.ts';
import { type PartContent, writeContent } from './write-content.ts';

/** What an operation, or for parts within a part an Encoding Object, says of them. */
type PartsDescription = Omit<BodyContent, 'mediaType'>;

/**
 * The parts of a multipart body, in order. Those of an object bear the names of its members, each item of a member that is
 * a list being a part (OpenAPI 3.2 §Encoding By Name); those of a list have none (§Encoding By Position). In a form, which
 * is nothing without names, an item is an object with one member, unless its Encoding Object fixes its disposition. Null
 * has no part, unless JSON is asked for.
 *
 * @throws Refusal when a value has no form as a part.
 */
export function writeParts(
  value: JsonRecord | readonly unknown[],
  mediaType: string,
  content: PartsDescription | undefined,
): Iterable<Part> {
  const isForm = mediaType === 'multipart/form-data';
  if (isRecord(value)) return writeMembers(value, isForm, content);
  return writeItems(value, isForm, content);
}

function* writeMembers(value: JsonRecord, isForm: boolean, content: PartsDescription | undefined): Iterable<Part> {
  for (const [name, inner] of Object.entries(value)) {
    const schema = propertyOf(content?.schema, name);
    yield* writeNamed({ member: name, name, isForm, encoding: content?.encoding.get(name) ?? {} }, inner, schema);
  }
}

function* writeItems(
  value: readonly unknown[],
  isForm: boolean,
  content: PartsDescription | undefined,
): Iterable<Part> {
  for (const [index, item] of value.entries()) {
    const encoding = content?.prefixEncoding?.[index] ?? content?.itemEncoding ?? {};
    const schema = itemOf(content?.schema, index);
    const place = { member: String(index), isForm, encoding };
    if (isForm && !isNamed(encoding)) {
      const [name, inner] = readNamed(item, index);
      yield* writeNamed({ ...place, name }, inner, propertyOf(schema, name));
    } else if (hasPart(item, encoding)) yield writePart(place, item, schema);
  }
}

function isNamed({ headers }: Encoding): boolean {
  return findHeader(fixedHeaders(headers), 'Content-Disposition') !== undefined;
}

function readNamed(item: unknown, index: number): readonly [name: string, value: unknown] {
  const members = isRecord(item) ? Object.entries(item) : [];
  const [only] = members;
  if (only !== undefined && members.length === 1) return only;
  const message = `The item ${index} of the payload is ${quote(item)}, which has no name as a part of a form; an object with one member was expected.`;
  throw new Refusal('request-invalid', message);
}

interface PartPlace {
  readonly member: string;
  /** Absent for a part without one. */
  readonly name?: string;
  readonly isForm: boolean;
  readonly encoding: Encoding;
}

function* writeNamed(place: PartPlace, value: unknown, schema: Schema | undefined): Iterable<Part> {
  const isList = Array.isArray(value);
  for (const item of isList ? value : [value]) {
    if (hasPart(item, place.encoding)) yield writePart(place, item, isList ? schema?.items : schema);
  }
}

function hasPart(value: unknown, { contentType }: Encoding): boolean {
  return value !== null || formatOf(bareMediaType(contentType?.split(',')[0] ?? '')) === 'json';
}

function writePart(place: PartPlace, value: unknown, schema: Schema | undefined): Part {
  const { member, encoding, isForm } = place;
  const fixed = fixedHeaders(encoding.headers);
  const contentEncoding = schema?.contentEncoding ?? textEncodingOf(fixed);
  const { contentType, bytes, source, isFile } = writeValue(value, encoding, {
    ...{ isForm, schema, contentEncoding },
    listed: encoding.contentType,
  });
  const own: Header[] = [];
  if (place.name !== undefined) own.push(['Content-Disposition', describeDisposition(place.name, isFile)]);
  if (contentType !== undefined) own.push(['Content-Type', checkLine(contentType)]);
  // It is deprecated in forms (RFC 7578 §4.7).
  if (!isForm && isMechanism(contentEncoding)) own.push(['Content-Transfer-Encoding', contentEncoding]);
  const headers = [...own.filter(([name]) => findHeader(fixed, name) === undefined), ...fixed];
  return { member, headers, bytes, ...(source !== undefined && { source }) };
}

/** A part that is multipart itself has the parts that its Encoding Object describes (OpenAPI 3.2 §Nested Encoding). */
function writeValue(value: unknown, encoding: Encoding, description: PartDescription): PartContent {
  const type = typeOfPart(value, description);
  const { contentType } = type;
  const isComposite = isRecord(value) || Array.isArray(value);
  if (!isComposite || contentType === undefined || type.format !== 'multipart') {
    return writeContent(value, description, type);
  }
  const { schema } = description;
  const inner = { encoding: new Map(), ...encoding, ...(schema && { schema }) };
  return { ...frameParts(writeParts(value, bareMediaType(contentType), inner), contentType), isFile: false };
}

/** Stating how a part is encoded is saying it by `contentEncoding` (OpenAPI 3.2 §`Content-Transfer-Encoding`). */
function textEncodingOf(fixed: readonly Header[]): string | undefined {
  const stated = findHeader(fixed, 'Content-Transfer-Encoding')?.toLowerCase();
  return stated === 'base64' || stated === 'quoted-printable' ? stated : undefined;
}

/** Of the encodings that schemas may state, MIME has fewer (RFC 2045 §6.1). */
function isMechanism(encoding: string | undefined): encoding is string {
  return encoding !== undefined && ['7bit', '8bit', 'binary', 'quoted-printable', 'base64'].includes(encoding);
}

function describeDisposition(name: string, isFile: boolean): string {
  const quoted = quoteName(name);
  // Servers tell files from fields by the file name, of which nothing else is known.
  return `form-data; name=${quoted}${isFile ? `; filename=${quoted}` : ''}`;
}

/** As browsers write names (HTML §Multipart form data). */
function quoteName(name: string): string {
  const escapes: ReadonlyMap<string, string> = new Map([
    ['"', '%22'],
    ['\r', '%0D'],
    ['\n', '%0A'],
  ]);
  return `"${name.replaceAll(/["\r\n]/g, (character) => escapes.get(character) ?? '')}"`;
}

function checkLine(text: string): string {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text;
  throw new Refusal('request-invalid', `The content type ${JSON.stringify(text)} of a part cannot be written.`);
}
