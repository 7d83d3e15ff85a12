import { isRecord } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { formatOf } from '../request/media-type.ts';
import { writeFields } from '../request/serialize-form.ts';
import { type FormPart, writeParts } from '../request/serialize-multipart.ts';

/** A field of a form as it is sent. */
export interface SentField {
  /** The member of the body that it is of. */
  readonly member: string;
  /** What stands before the value: its name and `=`, or the headers of a part and an empty line. */
  readonly head: string;
  /** Of a file that is no text, only its length, as `(12 bytes)`. */
  readonly value: string;
}

/**
 * The fields of a form, in order; `undefined` when the body is none, or is text as it is. `reveal` changes texts in which
 * something is not known yet into what is shown of them.
 */
export function describeFields(
  body: unknown,
  mediaType: string,
  content: BodyContent | undefined,
  reveal: (text: string) => string,
): readonly SentField[] | undefined {
  if (!isRecord(body)) return undefined;
  switch (formatOf(mediaType)) {
    case 'form':
      return writeFields(body, content).map(({ member, text }) => {
        const end = text.indexOf('=') + 1;
        return { member, head: reveal(text.slice(0, end)), value: reveal(text.slice(end)) };
      });
    case 'multipart':
      return [...writeParts(body, content)].map((part) => ({
        member: part.member,
        head: part.head,
        value: describeContent(part, reveal),
      }));
    default:
      return undefined;
  }
}

function describeContent({ bytes, source }: FormPart, reveal: (text: string) => string): string {
  if (typeof bytes === 'string') return reveal(bytes);
  const shown = reveal(source ?? '');
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
