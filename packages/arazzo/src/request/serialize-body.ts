import type { BodyContent } from '../document/openapi/operation.ts';
import type { Template } from '../expression/template.ts';
import { applyReplacement, type Replacement } from './apply-replacement.ts';
import { formatOf } from './media-type.ts';
import { parseJson } from './parse-json.ts';
import { type WrittenBody, writeBody } from './write-body.ts';

/** A body as it is sent, and as expressions read it. */
export interface SerializedBody extends WrittenBody {
  readonly value: unknown;
}

/**
 * Writes a payload for its media type after its replacements are applied, in order. Text in the document is sent as it is,
 * even for JSON, where it is a template; a text that an expression gives is a JSON string. `given` is as for `writeBody`.
 *
 * @throws Refusal when the text is no JSON where it should be, a replacement has no place, or the value cannot be written
 * for the media type.
 */
export function serializeBody(
  payload: unknown,
  template: Template | undefined,
  replacements: readonly Replacement[],
  mediaType: string,
  content?: BodyContent,
  given?: string,
): SerializedBody {
  const format = formatOf(mediaType);
  const isWritten = typeof payload === 'string' && (template?.kind === 'text' || template?.kind === 'literal');
  let value = isWritten && format === 'json' ? parseJson(payload, mediaType) : payload;
  const isSentAsItIs = format !== 'binary' && (isWritten || format !== 'json');
  if (typeof payload === 'string' && replacements.length === 0 && isSentAsItIs) return { bytes: payload, value };
  for (const replacement of replacements) {
    // An object has the places that XPath finds once it is written as XML.
    if (replacement.language === 'xpath' && typeof value !== 'string')
      value = writeBody(value, mediaType, content).bytes;
    value = applyReplacement(replacement, value);
  }
  return { value, ...writeBody(value, mediaType, content, given) };
}
