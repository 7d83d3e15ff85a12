import { type BodyFormat, formatOf } from '../check/media-type.ts';
import { isRecord, quote } from '../document/json.ts';
import type { BodyContent } from '../document/openapi/operation.ts';
import { childOf, parsePointer, resolvePointer } from '../document/pointer.ts';
import type { Template } from '../expression/template.ts';
import { type WrittenBody, writeBody } from './write-body.ts';

export type BodyResult =
  | ({ readonly kind: 'written'; readonly value: unknown } & WrittenBody)
  | { readonly kind: 'refused'; readonly message: string };

export interface Replaced {
  readonly target: string;
  readonly value: unknown;
}

/**
 * Writes a payload for its media type after its replacements are applied, in order. Text in the document is sent as it is,
 * even for JSON, where it is a template; a text that an expression gives is a JSON string.
 *
 * @throws Refusal when the value cannot be written for the media type.
 */
export function serializeBody(
  payload: unknown,
  template: Template | undefined,
  replacements: readonly Replaced[],
  mediaType: string,
  content?: BodyContent,
): BodyResult {
  const format = formatOf(mediaType);
  const isWritten = typeof payload === 'string' && (template?.kind === 'text' || template?.kind === 'literal');
  const isSentAsItIs = format !== 'binary' && (isWritten || format !== 'json');
  if (typeof payload === 'string' && replacements.length === 0 && isSentAsItIs) {
    return { kind: 'written', bytes: payload, value: parseIfJson(payload, format) };
  }
  let value = isWritten ? parseIfJson(payload, format) : payload;
  for (const replacement of replacements) {
    const result = replace(value, replacement);
    if (result.kind === 'refused') return result;
    value = result.value;
  }
  return { kind: 'written', ...writeBody(value, mediaType, content), value };
}

function parseIfJson(text: string, format: BodyFormat): unknown {
  if (format !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type ReplaceResult = { readonly kind: 'replaced'; readonly value: unknown } | Extract<BodyResult, { kind: 'refused' }>;

/** Sets the value at a JSON Pointer in a copy. A member may be new, as may the item after the last (`-`). */
function replace(payload: unknown, { target, value }: Replaced): ReplaceResult {
  const tokens = parsePointer(target);
  if (tokens === undefined || tokens.length === 0) return { kind: 'replaced', value };
  const copy: unknown = payload === undefined ? {} : structuredClone(payload);
  const parent = resolvePointer(copy, tokens.slice(0, -1));
  const name = tokens.at(-1) ?? '';
  if (isRecord(parent)) {
    Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
    return { kind: 'replaced', value: copy };
  }
  const index = Array.isArray(parent) && name === '-' ? parent.length : Number(name);
  const fits = Array.isArray(parent) && (childOf(parent, name) !== undefined || index === parent.length);
  if (!fits) {
    return { kind: 'refused', message: `The replacement target "${target}" is not in the payload ${quote(payload)}.` };
  }
  parent[index] = value;
  return { kind: 'replaced', value: copy };
}
