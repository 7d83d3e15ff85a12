import { isRecord, type JsonRecord } from '../document/json.ts';
import type { BodyContent, Encoding } from '../document/openapi/operation.ts';
import { toText } from '../expression/evaluate.ts';
import { bareMediaType, formatOf } from './media-type.ts';
import { encodeForQuery, encodeStrictly } from './percent-encode.ts';
import { serializePairs } from './serialize-parameter.ts';

/** A field as it is sent, and the member of the object that it is of. */
export interface FormField {
  readonly member: string;
  /** Its name, `=` and its value. */
  readonly text: string;
}

/**
 * Writes an object as `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON and null is left out, unless the
 * Encoding Object of a member says otherwise (OpenAPI 3.1 §Encoding the x-www-form-urlencoded Media Type).
 */
export function serializeForm(value: JsonRecord, content?: BodyContent): string {
  return writeFields(value, content)
    .map(({ text }) => text)
    .join('&');
}

/** The fields of the same, in order. */
export function writeFields(value: JsonRecord, content?: BodyContent): readonly FormField[] {
  return Object.entries(value).flatMap(([member, inner]) =>
    serializeField(member, inner, content?.encoding.get(member)).map((text) => ({ member, text })),
  );
}

function serializeField(name: string, value: unknown, encoding: Encoding = {}): readonly string[] {
  const { style, explode, allowReserved, contentType } = encoding;
  const styled = style !== undefined || explode !== undefined || allowReserved !== undefined;
  if (styled) {
    // What ends a field stays encoded, whatever is allowed.
    const encode = (text: string) => encodeForQuery(text).replace(/[&=+]/g, encodeURIComponent);
    return serializePairs(name, value, { style, explode, ...(allowReserved === true && { encode }) });
  }
  const asJson = contentType !== undefined && formatOf(bareMediaType(contentType)) === 'json';
  if (asJson) return [`${encodeStrictly(name)}=${encodeStrictly(JSON.stringify(value))}`];
  return isRecord(value) ? [`${encodeStrictly(name)}=${encodeStrictly(toText(value))}`] : serializePairs(name, value);
}
