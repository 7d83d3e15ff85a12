import type { PartHeader } from '../../document/openapi/operation.ts';
import { toText } from '../../expression/evaluate.ts';
import { bareMediaType, formatOf } from '../media-type.ts';
import { checkHeader } from '../place-parameters.ts';
import { serializeHeaderValue } from '../serialize-parameter.ts';
import type { Header } from './part.ts';

/**
 * The headers of an Encoding Object that have a value in any request, since no step can give one: those whose schema lists
 * a single value, or has a default. Examples only show what could be there.
 *
 * @throws Refusal when a header cannot be carried.
 */
export function fixedHeaders(described: readonly PartHeader[] = []): readonly Header[] {
  return described.flatMap((header) => {
    const text = header.fixed === undefined ? undefined : writeValue(header);
    return text === undefined ? [] : [[header.name, checkHeader(header.name, text)] as const];
  });
}

function writeValue({ fixed, explode, mediaType }: PartHeader): string | undefined {
  if (mediaType === undefined) return serializeHeaderValue(fixed, { explode });
  return formatOf(bareMediaType(mediaType)) === 'json' ? JSON.stringify(fixed) : toText(fixed);
}
