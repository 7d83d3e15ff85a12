import { listMember, memberOf, recordMember, stringMember } from '../json.ts';
import type { Encoding, Encodings, PartHeader } from './operation.ts';
import { readExpansion, readValues } from './parameters.ts';
import { childPlace, type Place, type Reach } from './reference.ts';

/** Reads the Encoding Objects of a Media Type Object, or of another Encoding Object (OpenAPI 3.2 §Encoding Object). */
export async function readEncodings(owner: Place | undefined, reach: Reach): Promise<Encodings> {
  const item = owner && childPlace(owner, 'itemEncoding');
  const first = await readChildren(owner, 'prefixEncoding', listMember(owner?.value, 'prefixEncoding'), reach);
  return {
    encoding: new Map(await readChildren(owner, 'encoding', recordMember(owner?.value, 'encoding'), reach)),
    ...(first.length > 0 && { prefixEncoding: first.map(([, encoding]) => encoding) }),
    ...(item && { itemEncoding: await readEncoding(item, reach) }),
  };
}

async function readChildren(
  owner: Place | undefined,
  name: string,
  children: object,
  reach: Reach,
): Promise<readonly (readonly [string, Encoding])[]> {
  const parent = owner && childPlace(owner, name);
  const encodings: (readonly [string, Encoding])[] = [];
  for (const key of Object.keys(children)) {
    const place = parent && childPlace(parent, key);
    if (place !== undefined) encodings.push([key, await readEncoding(place, reach)]);
  }
  return encodings;
}

async function readEncoding(place: Place, reach: Reach): Promise<Encoding> {
  const contentType = stringMember(place.value, 'contentType');
  const headers = await readHeaders(place, reach);
  const { encoding, ...positional } = await readEncodings(place, reach);
  return {
    ...(contentType !== undefined && { contentType }),
    ...(headers.length > 0 && { headers }),
    ...readExpansion(place.value),
    ...(encoding.size > 0 && { encoding }),
    ...positional,
  };
}

async function readHeaders(encoding: Place, reach: Reach): Promise<readonly PartHeader[]> {
  const list = childPlace(encoding, 'headers');
  const headers: PartHeader[] = [];
  for (const name of Object.keys(recordMember(encoding.value, 'headers'))) {
    if (name.toLowerCase() === 'content-type') continue;
    const place = await reach(list && childPlace(list, name));
    if (place !== undefined) headers.push(await readHeader(name, place, reach));
  }
  return headers;
}

async function readHeader(name: string, place: Place, reach: Reach): Promise<PartHeader> {
  const content = childPlace(place, 'content');
  const mediaType = Object.keys(recordMember(place.value, 'content'))[0];
  const media = content && mediaType !== undefined ? await reach(childPlace(content, mediaType)) : place;
  const schema = (await reach(media && childPlace(media, 'schema')))?.value;
  const { allowed } = readValues(schema);
  const fixed = allowed?.length === 1 ? allowed[0] : memberOf(schema, 'default');
  const { explode } = readExpansion(place.value);
  return {
    name,
    required: memberOf(place.value, 'required') === true,
    ...(fixed !== undefined && { fixed }),
    ...(explode !== undefined && { explode }),
    ...(mediaType !== undefined && { mediaType }),
  };
}
