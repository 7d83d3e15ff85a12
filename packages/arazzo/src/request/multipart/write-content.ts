import { isRecord } from '../../document/json.ts';
import { toText } from '../../expression/evaluate.ts';
import { decodeBinary } from '../decode-binary.ts';
import { serializeXml } from '../serialize-xml.ts';
import type { Part } from './part.ts';
import type { PartDescription, PartType } from './part-type.ts';

/** What a part holds. */
export interface PartContent extends Pick<Part, 'bytes' | 'source'> {
  /** Absent for text in a form, which a part without a type is (RFC 7578 §4.4). */
  readonly contentType?: string;
  readonly isFile: boolean;
}

/** Writes the value of a part for its type: objects and lists as JSON, unless that is XML. */
export function writeContent(value: unknown, part: PartDescription, { format, contentType }: PartType): PartContent {
  const { schema, contentEncoding, isForm } = part;
  if (isRecord(value) || Array.isArray(value)) {
    const bytes = format === 'xml' ? serializeXml(value, schema) : JSON.stringify(value);
    return { bytes, contentType: contentType ?? 'application/json', isFile: false };
  }
  const text = toText(value);
  if (format === 'binary') {
    const bytes = decodeBinary(text, contentEncoding);
    return { bytes, source: text, contentType: contentType ?? 'application/octet-stream', isFile: true };
  }
  // Text for a schema that wants an object or a list is JSON already.
  const isQuoted = format === 'json' && !schema?.types.some((type) => type === 'object' || type === 'array');
  const stated = contentType ?? (isForm ? undefined : 'text/plain; charset=utf-8');
  const isFile = schema?.format === 'binary';
  return {
    bytes: isQuoted ? JSON.stringify(value) : text,
    isFile,
    ...(stated !== undefined && { contentType: stated }),
  };
}
