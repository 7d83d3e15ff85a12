import { isRecord, listMember, memberOf, recordMember } from '../json.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, follow, type Place } from './reference.ts';
import type { Schema } from './schema.ts';

/** One entry of a Responses Object. */
export interface ResponseDescription {
  /** As in `200`, `4XX` or `default`. */
  readonly status: string;
  /** `described` only when every media type is JSON and has a schema. */
  readonly body:
    | { readonly kind: 'none' }
    | { readonly kind: 'unknown' }
    | { readonly kind: 'described'; readonly schemas: readonly Schema[] };
}

/** The statuses that the Responses Object of an operation names, as in `200`, `4XX` or `default`. */
export function listStatuses(site: OperationSite): readonly string[] {
  const names = Object.keys(recordMember(site.operation.value, 'responses'));
  return names.filter((name) => !name.startsWith('x-'));
}

/**
 * Whether a response may have a body of which nothing is known. Descriptions leave out the content of a success out of
 * laziness, and that of an error because it tells nothing.
 */
export function leavesBodyOpen({ status, body }: ResponseDescription): boolean {
  const mayHaveBody = /^2/.test(status) && status !== '204' && status !== '205';
  return body.kind === 'unknown' || (body.kind === 'none' && mayHaveBody);
}

const read = new WeakMap<OperationSite, Promise<readonly ResponseDescription[]>>();

/** Reads the responses of an operation once. References that lead nowhere make a body unknown. */
export function readResponses(site: OperationSite): Promise<readonly ResponseDescription[]> {
  const known = read.get(site) ?? readSite(site);
  read.set(site, known);
  return known;
}

async function readSite(site: OperationSite): Promise<readonly ResponseDescription[]> {
  const owner = childPlace(site.operation, 'responses');
  const descriptions: ResponseDescription[] = [];
  for (const status of listStatuses(site)) {
    const followed = owner && (await followTo(site, childPlace(owner, status)));
    const body = followed === undefined ? ({ kind: 'unknown' } as const) : await readBody(site, followed);
    descriptions.push({ status, body });
  }
  return descriptions.some(({ status }) => status.startsWith('2')) ? descriptions : descriptions.map(asSuccess);
}

/** Where no success is described beside it, `default` describes that too, whose content may be left out of laziness. */
function asSuccess(description: ResponseDescription): ResponseDescription {
  const { status, body } = description;
  return status === 'default' && body.kind === 'none' ? { status, body: { kind: 'unknown' } } : description;
}

async function followTo(site: OperationSite, place: Place | undefined): Promise<Place | undefined> {
  const followed = place && (await follow(site.description.library, place));
  return followed?.kind === 'found' ? followed.place : undefined;
}

async function readBody(site: OperationSite, response: Place): Promise<ResponseDescription['body']> {
  const isSwagger = site.description.dialect === 'swagger-2.0';
  const media = isSwagger ? readSwaggerMedia(site, response) : await readMedia(site, response);
  if (media.length === 0) return { kind: 'none' };
  const schemas: Schema[] = [];
  for (const { type, schema } of media) {
    if (schema === undefined || !/^application\/json\b|\+json\b/i.test(type)) return { kind: 'unknown' };
    schemas.push(await site.description.schemas.read(schema, []));
  }
  return { kind: 'described', schemas };
}

interface Media {
  readonly type: string;
  readonly schema: Place | undefined;
}

async function readMedia(site: OperationSite, response: Place): Promise<readonly Media[]> {
  const content = childPlace(response, 'content');
  const media: Media[] = [];
  for (const type of content && isRecord(content.value) ? Object.keys(content.value) : []) {
    const place = content && (await followTo(site, childPlace(content, type)));
    media.push({ type, schema: place && childPlace(place, 'schema') });
  }
  return media;
}

/** Swagger 2.0 has one schema, and the media types apart. */
function readSwaggerMedia(site: OperationSite, response: Place): readonly Media[] {
  const schema = childPlace(response, 'schema');
  if (schema === undefined) return [];
  const own = memberOf(site.operation.value, 'produces');
  const types = Array.isArray(own) ? own : listMember(site.file.value, 'produces');
  return (types.length > 0 ? types : ['application/json']).map((type) => ({ type: String(type), schema }));
}
