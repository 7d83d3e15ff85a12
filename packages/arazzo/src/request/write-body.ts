import { isRecord, quote } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { toText } from '../expression/evaluate.ts';
import { decodeBinary } from './decode-binary.ts';
import { bareMediaType, formatOf } from './media-type.ts';
import { frameParts } from './multipart/frame-parts.ts';
import { writeParts } from './multipart/write-parts.ts';
import { Refusal } from './refusal.ts';
import { serializeForm } from './serialize-form.ts';
import { serializeXml } from './serialize-xml.ts';

/** A body as it is sent. */
export interface WrittenBody {
  readonly bytes: string | Uint8Array;
  /** Given when writing decides it, as with the boundary of a multipart body. */
  readonly contentType?: string;
}

/**
 * Writes a value for a media type, by what the operation says of it. Of a multipart body the parameters of `given`, which is
 * that type as the step states it, count too.
 *
 * @throws Refusal when the value has no form in that media type.
 */
export function writeBody(
  value: unknown,
  mediaType: string,
  content: BodyContent | undefined,
  given: string = mediaType,
): WrittenBody {
  const isScalar = !isRecord(value) && !Array.isArray(value);
  switch (formatOf(mediaType)) {
    case 'json':
      return { bytes: JSON.stringify(value) };
    case 'form':
      if (isRecord(value)) return { bytes: serializeForm(value, content) };
      break;
    case 'multipart':
      if (isScalar) break;
      return frameParts(writeParts(value, mediaType, content), typeOf(mediaType, given));
    case 'xml':
      return { bytes: isScalar ? toText(value) : serializeXml(value, content?.schema) };
    case 'binary':
      if (isScalar) return { bytes: decodeBinary(toText(value), content?.schema?.contentEncoding) };
      break;
    case 'text':
      if (isScalar) return { bytes: toText(value) };
      break;
  }
  throw new Refusal('request-invalid', `The payload is ${quote(value)}, which cannot be written as "${mediaType}".`);
}

/** A type that the step states elsewhere, as a header, may be another. */
function typeOf(mediaType: string, given: string): string {
  return bareMediaType(given) === mediaType ? given : mediaType;
}
