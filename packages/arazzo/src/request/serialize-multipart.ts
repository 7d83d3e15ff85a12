import { randomUUID } from 'node:crypto';
import { isRecord, type JsonRecord } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { propertyOf, type Schema } from '../document/openapi/schema.ts';
import { toText } from '../expression/evaluate.ts';
import { decodeBinary } from './decode-binary.ts';
import { bareMediaType, formatOf } from './media-type.ts';
import { Refusal } from './refusal.ts';
import { serializeXml } from './serialize-xml.ts';
import type { WrittenBody } from './write-body.ts';

/** Larger multipart bodies are not sent. */
const MAX_BYTES = 50 * 1024 * 1024;

/** A part as it is sent, and the member of the object that it is of. */
export interface FormPart {
  readonly member: string;
  /** Its headers and the empty line after them. */
  readonly head: string;
  readonly bytes: string | Uint8Array;
  /** The text that the bytes of a file are decoded from. */
  readonly source?: string;
}

/**
 * Writes an object as `multipart/form-data` (RFC 7578): one part for each member, and for each item of a list. Objects are
 * JSON, binary members files, and null has no part, unless the Encoding Object of the member says otherwise (OpenAPI 3.1
 * §Encoding `multipart` Media Types).
 */
export function serializeMultipart(value: JsonRecord, content: BodyContent | undefined): WrittenBody {
  const boundary = `gatewright-${randomUUID()}`;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const append = (chunk: Uint8Array): void => {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      throw new Refusal('request-invalid', `The multipart body is longer than ${MAX_BYTES} bytes; it is not sent.`);
    }
    chunks.push(chunk);
  };
  for (const { head, bytes } of writeParts(value, content)) {
    append(Buffer.from(`--${boundary}\r\n${head}`));
    append(Buffer.from(bytes));
    append(Buffer.from('\r\n'));
  }
  append(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** The parts of the same, in order. */
export function* writeParts(value: JsonRecord, content: BodyContent | undefined): Iterable<FormPart> {
  for (const [member, inner] of Object.entries(value)) {
    const schema = propertyOf(content?.schema, member);
    const stated = content?.encoding.get(member)?.contentType;
    for (const item of itemsOf(inner, stated)) {
      const part = writePart(item, Array.isArray(inner) ? schema?.items : schema, stated);
      const { bytes, source } = part;
      yield { member, head: `${describePart(member, part)}\r\n\r\n`, bytes, ...(source !== undefined && { source }) };
    }
  }
}

function itemsOf(member: unknown, contentType: string | undefined): readonly unknown[] {
  const isJson = contentType !== undefined && formatOf(bareMediaType(contentType)) === 'json';
  const items = Array.isArray(member) ? member : [member];
  return isJson ? items : items.filter((item) => item !== null);
}

interface Part extends Pick<FormPart, 'bytes' | 'source'> {
  /** Absent for plain text, which is what a part without a type is. */
  readonly contentType?: string;
  readonly isFile: boolean;
}

function writePart(value: unknown, schema: Schema | undefined, stated: string | undefined): Part {
  const contentType = stated?.split(',')[0]?.trim();
  const mediaType = contentType === undefined || contentType.includes('*') ? undefined : bareMediaType(contentType);
  const format = mediaType === undefined ? guessFormat(value, schema) : formatOf(mediaType);
  const typed = (fallback: string) => ({ contentType: mediaType === undefined ? fallback : (contentType ?? '') });
  if (isRecord(value) || Array.isArray(value)) {
    if (format === 'xml') return { bytes: serializeXml(value, schema), isFile: false, ...typed('application/xml') };
    return { bytes: JSON.stringify(value), isFile: false, ...typed('application/json') };
  }
  const text = toText(value);
  if (format === 'binary') {
    return { bytes: decodeBinary(text, schema), source: text, isFile: true, ...typed('application/octet-stream') };
  }
  // Text for a schema that wants an object or a list is JSON already.
  const isQuoted = format === 'json' && !schema?.types.some((type) => type === 'object' || type === 'array');
  const bytes = isQuoted ? JSON.stringify(value) : text;
  return { bytes, isFile: schema?.format === 'binary', ...(mediaType !== undefined && typed('')) };
}

function guessFormat(value: unknown, schema: Schema | undefined): 'json' | 'binary' | 'text' {
  if (isRecord(value) || Array.isArray(value)) return 'json';
  return schema?.format === 'binary' || schema?.contentEncoding !== undefined ? 'binary' : 'text';
}

function describePart(name: string, part: Part): string {
  const quoted = quoteName(name);
  // Servers tell files from fields by the file name, of which nothing else is known.
  const file = part.isFile ? `; filename=${quoted}` : '';
  const type = part.contentType === undefined ? '' : `\r\nContent-Type: ${checkLine(part.contentType)}`;
  return `Content-Disposition: form-data; name=${quoted}${file}${type}`;
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
