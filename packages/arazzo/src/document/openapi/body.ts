import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, memberOf, recordMember, stringMember } from '../json.ts';
import type { BodyContent, Encoding, OperationBody, Reach } from './operation.ts';
import type { OperationSite } from './operation-index.ts';
import { readExpansion } from './parameters.ts';
import { childPlace, type Place } from './reference.ts';

/** Reads the Request Body Object of an operation (OpenAPI 3.1 §Request Body Object). */
export async function readBody(
  site: OperationSite,
  reach: Reach,
  problems: Diagnostic[],
): Promise<OperationBody | undefined> {
  const place = await reach(childPlace(site.operation, 'requestBody'));
  if (place === undefined) return undefined;
  const contents: BodyContent[] = [];
  const content = childPlace(place, 'content');
  for (const mediaType of content && isRecord(content.value) ? Object.keys(content.value) : []) {
    const media = await reach(content && childPlace(content, mediaType));
    const schemaPlace = media && childPlace(media, 'schema');
    const schema = schemaPlace && (await site.description.schemas.read(schemaPlace, problems));
    contents.push({ mediaType, ...(schema && { schema }), encoding: readEncodings(media) });
  }
  return { required: memberOf(place.value, 'required') === true, contents };
}

function readEncodings(media: Place | undefined): ReadonlyMap<string, Encoding> {
  const entries = Object.entries(recordMember(media?.value, 'encoding'));
  return new Map(
    entries.map(([name, encoding]) => {
      const contentType = stringMember(encoding, 'contentType');
      return [name, { ...(contentType !== undefined && { contentType }), ...readExpansion(encoding) }];
    }),
  );
}
