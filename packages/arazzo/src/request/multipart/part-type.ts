import type { Schema } from '../../document/openapi/schema.ts';
import { type BodyFormat, bareMediaType, formatOf, isOfType } from '../media-type.ts';

/** What is known of a part besides its value. */
export interface PartDescription {
  /** Whether it is of `multipart/form-data`. */
  readonly isForm: boolean;
  readonly schema: Schema | undefined;
  /** The types and ranges that its Encoding Object lists, separated by commas. */
  readonly listed: string | undefined;
  /** How its content is text already, as `base64`. */
  readonly contentEncoding: string | undefined;
}

/** How a part is written, and as what it is sent. */
export interface PartType {
  readonly format: BodyFormat;
  /** Absent when neither the Encoding Object nor the value states it. */
  readonly contentType?: string;
}

/**
 * The type of a part: the one that its Encoding Object states, else by the value and its schema. A schema that says nothing
 * of the value is for binary (OpenAPI 3.2 §Encoding Object), but in forms, where that would make a file of every field that
 * is described in words alone.
 */
export function typeOfPart(value: unknown, part: PartDescription): PartType {
  const listed = part.listed?.split(',').map((range) => range.trim()) ?? [];
  const contentType = chooseByUrl(value, listed);
  // What chose its type is what the URL holds, be it text.
  if (contentType !== undefined) return { format: 'binary', contentType };
  const [first = '*/*'] = listed;
  if (!first.includes('*')) return { format: formatOf(bareMediaType(first)), contentType: first };
  if (typeof value === 'object' && value !== null) return { format: 'json' };
  const isBinary = formatOf(bareMediaType(first)) === 'binary' || isDescribedAsBinary(part);
  return { format: isBinary ? 'binary' : 'text' };
}

/**
 * Among several types, or in a range, a `data:` URL chooses by its own (OpenAPI 3.2 §Handling Multiple `contentType`
 * Values); for a single type it is text like any other, unless that is binary.
 */
function chooseByUrl(value: unknown, listed: readonly string[]): string | undefined {
  if (typeof value !== 'string' || (listed.length < 2 && !listed[0]?.includes('*'))) return undefined;
  const own = /^data:([^,;]+\/[^,;]+(?:;[^,;=]+=[^,;]*)*)/i.exec(value)?.[1];
  const chosen = own && listed.find((range) => isOfType(range, bareMediaType(own)));
  return chosen?.includes('*') ? own : chosen;
}

function isDescribedAsBinary({ isForm, schema, contentEncoding }: PartDescription): boolean {
  return schema?.format === 'binary' || contentEncoding !== undefined || (!isForm && saysNothing(schema));
}

function saysNothing(schema: Schema | undefined): boolean {
  if (schema === undefined || schema.allowed !== undefined) return false;
  return schema.types.length === 0 && schema.alternatives.length === 0;
}
