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
  const { contentType, range } = chooseListed(value, part.listed);
  if (contentType !== undefined) return { format: formatOf(bareMediaType(contentType)), contentType };
  if (typeof value === 'object' && value !== null) return { format: 'json' };
  const isBinary = formatOf(bareMediaType(range)) === 'binary' || isDescribedAsBinary(part);
  return { format: isBinary ? 'binary' : 'text' };
}

/**
 * Of the types and ranges that are listed, a `data:` URL chooses by its own type, else the first counts (OpenAPI 3.2
 * §Handling Multiple `contentType` Values). A range by itself is no type.
 */
function chooseListed(
  value: unknown,
  listed: string | undefined,
): { readonly range: string; readonly contentType?: string | undefined } {
  const ranges = listed?.split(',').map((range) => range.trim()) ?? [];
  const own = typeof value === 'string' ? /^data:([^,;]+\/[^,;]+)/i.exec(value)?.[1] : undefined;
  const chosen = own && ranges.find((range) => isOfType(range, bareMediaType(own)));
  const range = chosen ?? ranges[0] ?? '*/*';
  return { range, contentType: range.includes('*') ? chosen && own : range };
}

function isDescribedAsBinary({ isForm, schema, contentEncoding }: PartDescription): boolean {
  return schema?.format === 'binary' || contentEncoding !== undefined || (!isForm && saysNothing(schema));
}

function saysNothing(schema: Schema | undefined): boolean {
  if (schema === undefined || schema.allowed !== undefined) return false;
  return schema.types.length === 0 && schema.alternatives.length === 0;
}
