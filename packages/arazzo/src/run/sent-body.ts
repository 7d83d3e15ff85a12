import { isRecord } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { toText } from '../expression/evaluate.ts';
import { type BinaryNotation, decodeBinary, notationOf } from '../request/decode-binary.ts';
import { formatOf } from '../request/media-type.ts';
import { serializeXml } from '../request/serialize-xml.ts';
import { describeFields, type SentField } from './sent-fields.ts';

/** What a body is as it is sent, where that is not its value; at most one of these. */
export interface SentBody {
  /** Of a body that is written as a form, or as other parts. */
  readonly fields?: readonly SentField[];
  /** Of an object or a list that is written as XML. */
  readonly text?: string;
  /** Of text that stands for other bytes. */
  readonly binary?: SentBinary;
}

interface SentBinary {
  readonly bytes: number;
  readonly decodedFrom: Exclude<BinaryNotation, 'text'>;
}

/** Describes a body as it is sent. `reveal` changes texts in which something is not known yet into what is shown of them. */
export function describeBody(
  body: unknown,
  mediaType: string,
  content: BodyContent | undefined,
  reveal: (text: string) => string,
): SentBody {
  const isComposite = isRecord(body) || Array.isArray(body);
  switch (formatOf(mediaType)) {
    case 'xml':
      return isComposite ? { text: reveal(serializeXml(body, content?.schema)) } : {};
    case 'binary':
      return isComposite ? {} : describeBinary(toText(body), content?.schema?.contentEncoding, reveal);
    default: {
      const fields = describeFields(body, mediaType, content, reveal);
      return fields === undefined ? {} : { fields };
    }
  }
}

function describeBinary(
  text: string,
  contentEncoding: string | undefined,
  reveal: (text: string) => string,
): Pick<SentBody, 'binary'> {
  const decodedFrom = notationOf(text, contentEncoding);
  // What is not known yet cannot be decoded.
  if (decodedFrom === 'text' || reveal(text) !== text) return {};
  return { binary: { bytes: decodeBinary(text, contentEncoding).byteLength, decodedFrom } };
}
