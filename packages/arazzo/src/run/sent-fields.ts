import { isRecord } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { formatOf } from '../request/media-type.ts';
import { headOf, type Part } from '../request/multipart/part.ts';
import { writeParts } from '../request/multipart/write-parts.ts';
import { writeFields } from '../request/serialize-form.ts';

/** A field of a form, or a part of another multipart body, as it is sent. */
export interface SentField {
  /** The member of the body that it is of, or the index of the item. */
  readonly member: string;
  /** What stands before the value: its name and `=`, or the headers of a part and an empty line. */
  readonly head: string;
  /** Of a file that is no text, only its length, as `(12 bytes)`. */
  readonly value: string;
}

/**
 * The fields of a form or the parts of a body, in order; `undefined` when it has none, or is text as it is. `reveal` changes
 * texts in which something is not known yet into what is shown of them.
 */
export function describeFields(
  body: unknown,
  mediaType: string,
  content: BodyContent | undefined,
  reveal: (text: string) => string,
): readonly SentField[] | undefined {
  const isObject = isRecord(body);
  if (!isObject && !Array.isArray(body)) return undefined;
  switch (formatOf(mediaType)) {
    case 'form':
      if (!isObject) return undefined;
      return writeFields(body, content).map(({ member, text }) => {
        const end = text.indexOf('=') + 1;
        return { member, head: reveal(text.slice(0, end)), value: reveal(text.slice(end)) };
      });
    case 'multipart':
      return [...writeParts(body, mediaType, content)].map((part) => ({
        member: part.member,
        head: headOf(part),
        value: describeContent(part, reveal),
      }));
    default:
      return undefined;
  }
}

function describeContent({ bytes, source }: Part, reveal: (text: string) => string): string {
  if (typeof bytes === 'string') return reveal(bytes);
  // Without a source they are parts within a part.
  if (source === undefined) return reveal(readText(bytes));
  const shown = reveal(source);
  // What is not known yet cannot be decoded.
  return shown === source ? readText(bytes) : shown;
}

function readText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!/[^\P{Cc}\t\r\n]/u.test(text)) return text;
  } catch {
    // It is no text, then.
  }
  return `(${bytes.byteLength} bytes)`;
}
