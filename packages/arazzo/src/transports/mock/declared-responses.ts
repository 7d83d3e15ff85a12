import { listMember, memberOf, recordMember } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import type { OperationSite } from '../../document/openapi/operation-index.ts';
import { childPlace, follow, type Place } from '../../document/openapi/reference.ts';
import { formatOf } from '../../request/media-type.ts';

/** A response as an API declares it (OpenAPI 3.1 and Swagger 2.0 §Response Object). */
export interface DeclaredResponse {
  /** As written: `200`, `2XX` or `default`. */
  readonly status: string;
  /** JSON where the API offers it, else the first it lists; absent when the response has no body. */
  readonly mediaType?: string;
  readonly schema?: Place;
  /** Whole bodies that the API gives as examples. */
  readonly examples: readonly unknown[];
  /** The schemas of headers by name; Swagger 2.0 writes the schema as the header itself. */
  readonly headers: ReadonlyMap<string, Place>;
}

/** The responses of an operation in the order they are written. */
export async function readDeclaredResponses(
  library: Library,
  site: OperationSite,
): Promise<readonly DeclaredResponse[]> {
  const responses = childPlace(site.operation, 'responses');
  const declared: DeclaredResponse[] = [];
  for (const status of Object.keys(recordMember(site.operation.value, 'responses'))) {
    if (!/^(?:[1-5](?:\d\d|XX)|default)$/i.test(status)) continue;
    const place = await reach(library, responses && childPlace(responses, status));
    if (place !== undefined) declared.push(await readResponse(library, site, status.toUpperCase(), place));
  }
  return declared;
}

async function readResponse(
  library: Library,
  site: OperationSite,
  status: string,
  place: Place,
): Promise<DeclaredResponse> {
  const isSwagger = memberOf(site.file.value, 'swagger') !== undefined;
  const body = isSwagger ? readSwaggerBody(site, place) : await readBody(library, place);
  return {
    status: status === 'DEFAULT' ? 'default' : status,
    examples: [],
    ...body,
    headers: await readHeaders(library, place),
  };
}

type Body = Partial<Pick<DeclaredResponse, 'mediaType' | 'schema' | 'examples'>>;

async function readBody(library: Library, place: Place): Promise<Body> {
  const content = childPlace(place, 'content');
  const written = preferred(Object.keys(recordMember(place.value, 'content')));
  const media = await reach(library, written === undefined ? undefined : content && childPlace(content, written));
  if (written === undefined || media === undefined) return {};
  const schema = childPlace(media, 'schema');
  const example = memberOf(media.value, 'example');
  const named = childPlace(media, 'examples');
  const examples = example === undefined ? [] : [example];
  for (const name of Object.keys(recordMember(media.value, 'examples'))) {
    const value = (await reach(library, named && childPlace(named, name)))?.value;
    const given = memberOf(value, 'dataValue') ?? memberOf(value, 'value');
    if (given !== undefined) examples.push(given);
  }
  return { mediaType: concrete(written), ...(schema && { schema }), examples };
}

function readSwaggerBody(site: OperationSite, place: Place): Body {
  const schema = childPlace(place, 'schema');
  const written = recordMember(place.value, 'examples');
  const produced = [site.operation.value, site.file.value].map((owner) => listMember(owner, 'produces'));
  const types = (produced.find((list) => list.length > 0) ?? []).filter((type) => typeof type === 'string');
  const mediaType = preferred([...types, ...Object.keys(written)]) ?? 'application/json';
  const example = memberOf(written, mediaType);
  if (schema === undefined && example === undefined) return {};
  return { mediaType, ...(schema && { schema }), examples: example === undefined ? [] : [example] };
}

async function readHeaders(library: Library, place: Place): Promise<ReadonlyMap<string, Place>> {
  const headers = new Map<string, Place>();
  const list = childPlace(place, 'headers');
  for (const name of Object.keys(recordMember(place.value, 'headers'))) {
    const header = await reach(library, list && childPlace(list, name));
    // A header `Content-Type` in a description is ignored (OpenAPI 3.1 §Response Object).
    if (header !== undefined && name.toLowerCase() !== 'content-type') {
      headers.set(name.toLowerCase(), childPlace(header, 'schema') ?? header);
    }
  }
  return headers;
}

async function reach(library: Library, place: Place | undefined): Promise<Place | undefined> {
  const followed = place && (await follow(library, place));
  return followed?.kind === 'found' ? followed.place : undefined;
}

function preferred(types: readonly string[]): string | undefined {
  return types.find((type) => formatOf(concrete(type)) === 'json') ?? types[0];
}

/** A range of media types is answered with JSON. */
function concrete(type: string): string {
  const bare = (type.split(';')[0] ?? '').trim().toLowerCase();
  return bare.includes('*') ? 'application/json' : bare;
}
