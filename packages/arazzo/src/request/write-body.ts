import { isRecord, quote } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { toText } from '../expression/evaluate.ts';
import { decodeBinary } from './decode-binary.ts';
import { formatOf } from './media-type.ts';
import { Refusal } from './refusal.ts';
import { serializeForm } from './serialize-form.ts';
import { serializeMultipart } from './serialize-multipart.ts';
import { serializeXml } from './serialize-xml.ts';

/** A body as it is sent. */
export interface WrittenBody {
  readonly bytes: string | Uint8Array;
  /** Given when writing decides it, as with the boundary of a multipart body. */
  readonly contentType?: string;
}

/**
 * Writes a value for a media type, by what the operation says of it.
 *
 * @throws Refusal when the value has no form in that media type.
 */
export function writeBody(value: unknown, mediaType: string, content: BodyContent | undefined): WrittenBody {
  const isScalar = !isRecord(value) && !Array.isArray(value);
  switch (formatOf(mediaType)) {
    case 'json':
      return { bytes: JSON.stringify(value) };
    case 'form':
      if (isRecord(value)) return { bytes: serializeForm(value, content) };
      break;
    case 'multipart':
      if (isRecord(value)) return serializeMultipart(value, content);
      break;
    case 'xml':
      return { bytes: isScalar ? toText(value) : serializeXml(value, content?.schema) };
    case 'binary':
      if (isScalar) return { bytes: decodeBinary(toText(value), content?.schema) };
      break;
    case 'text':
      if (isScalar) return { bytes: toText(value) };
      break;
    case 'unsupported':
      break;
  }
  throw new Refusal('request-invalid', `The payload is ${quote(value)}, which cannot be written as "${mediaType}".`);
}
