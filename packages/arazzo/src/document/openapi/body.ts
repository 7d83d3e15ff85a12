import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, memberOf } from '../json.ts';
import { readEncodings } from './encoding.ts';
import type { BodyContent, OperationBody } from './operation.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, type Place, type Reach } from './reference.ts';
import { listOf, type Schema } from './schema.ts';

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
    const schema = media && (await readSchema(site, media, problems));
    contents.push({ mediaType, ...(schema && { schema }), ...(await readEncodings(media, reach)) });
  }
  return { required: memberOf(place.value, 'required') === true, contents };
}

/** What describes only the items of a body describes it as their list (OpenAPI 3.2 §Sequential Media Types). */
async function readSchema(site: OperationSite, media: Place, problems: Diagnostic[]): Promise<Schema | undefined> {
  const { schemas } = site.description;
  const place = childPlace(media, 'schema');
  if (place !== undefined) return schemas.read(place, problems);
  const items = childPlace(media, 'itemSchema');
  return items && listOf(await schemas.read(items, problems));
}
