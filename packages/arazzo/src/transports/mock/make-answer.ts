import { compare } from '../../criterion/compare.ts';
import type { Library } from '../../document/library.ts';
import type { Place } from '../../document/openapi/reference.ts';
import { createSchemaReader, type Schema } from '../../document/openapi/schema.ts';
import { resolvePointer } from '../../document/pointer.ts';
import { formatOf } from '../../request/media-type.ts';
import type { HttpExchangeResponse } from '../transport.ts';
import type { DeclaredResponse } from './declared-responses.ts';
import type { AnswerReads } from './later-reads.ts';
import { findMemberSchema, fits, type MemberSchema, schemasAt } from './member-schema.ts';
import type { Candidate } from './order-candidates.ts';
import { type SampleOptions, sampleSchema, type UnmetPattern } from './sample-schema.ts';
import { withMember, withValue } from './shape-body.ts';
import { describeShortcomings } from './shortcomings.ts';
import { grant, type Wish } from './wishes.ts';
import { writeBody } from './write-body.ts';

export interface AnswerContext {
  readonly library: Library;
  readonly method: string;
  readonly reads: AnswerReads;
}

/** Makes the answer of a declared response: sampled, with what is read of it, and with what is wished for. */
export async function makeAnswer(
  mock: AnswerContext,
  { response, status }: Candidate,
  wishes: readonly Wish[],
  turn: number,
): Promise<HttpExchangeResponse> {
  const unmet: UnmetPattern[] = [];
  const sampling: SampleOptions = { turn, onUnmet: (pattern) => unmet.push(pattern) };
  const header = await makeHeaders(mock, response, wishes, sampling);
  const isEmpty = mock.method === 'HEAD' || status === 204 || status === 205 || status === 304;
  const body = isEmpty || isBare(response, status) ? undefined : await makeBody(mock, response, wishes, sampling);
  const headers = Object.fromEntries(Object.entries(header).map(([name, value]) => [name, [String(value)]]));
  const shortcomings = describeShortcomings(unmet, { header, body });
  if (body === undefined) return { status, headers, body: new Uint8Array(), shortcomings };
  const mediaType = response.mediaType ?? 'application/json';
  const schema = formatOf(mediaType) === 'xml' ? await readSchema(mock.library, response) : undefined;
  const written = writeBody(mediaType, body, schema);
  return { status, headers: { ...headers, 'content-type': [mediaType] }, body: written, shortcomings };
}

/** An error that is described without a body has none: it must not meet what the answers that have one cannot. */
function isBare({ schema, examples }: DeclaredResponse, status: number): boolean {
  return status >= 400 && schema === undefined && examples.length === 0;
}

async function readSchema(library: Library, { schema }: DeclaredResponse): Promise<Schema | undefined> {
  return schema && createSchemaReader(library, { refSiblings: true }).read(schema, []);
}

/** `undefined` when the API declares no body and nothing is read of one. */
async function makeBody(
  { library, reads }: AnswerContext,
  { schema, examples }: DeclaredResponse,
  wishes: readonly Wish[],
  sampling: SampleOptions,
): Promise<unknown> {
  let body: unknown = examples.length > 0 ? examples[sampling.turn % examples.length] : undefined;
  if (body === undefined && schema !== undefined) {
    body = await sampleSchema(library, schema, { ...sampling, path: ['body'] });
  }
  for (const path of reads.body) body = await withRead(library, schema, body, path, sampling);
  for (const wish of wishes) if (wish.kind === 'body') body = await fulfil(library, schema, body, wish, sampling.turn);
  return body;
}

/** The body with what is read of it: where the schema describes the first that is missing on the way there, as it says. */
async function withRead(
  library: Library,
  schema: Place | undefined,
  body: unknown,
  path: readonly string[],
  sampling: SampleOptions,
): Promise<unknown> {
  const ways = path.map((_, index) => path.slice(0, index + 1));
  const missing = ways.find((way) => resolvePointer(body, way) === undefined);
  const name = missing?.at(-1);
  if (missing === undefined || name === undefined || schema === undefined) return withMember(body, path);
  const schemas = await schemasAt(library, schema, missing, sampling.turn);
  if (schemas.length === 0) return withMember(body, path);
  const member = await sampleSchema(library, schemas, { ...sampling, name, path: ['body', ...missing] });
  return withMember(member === undefined ? body : withValue(body, missing, member), path);
}

async function fulfil(
  library: Library,
  schema: Place | undefined,
  body: unknown,
  wish: Extract<Wish, { kind: 'body' }>,
  turn: number,
): Promise<unknown> {
  const given = resolvePointer(body, wish.path);
  if (given !== undefined && compare(wish.operator, given, wish.value)) return body;
  const member = schema && (await findMemberSchema(library, schema, wish.path, turn));
  const granted = grantWithin(member, wish, given);
  return granted === undefined ? body : withValue(body, wish.path, granted);
}

/** What the wish is for, unless the schema rules it out. */
function grantWithin(member: MemberSchema | undefined, { operator, value }: Wish, given: unknown): unknown {
  if (member?.allowed) return member.allowed.find((candidate) => compare(operator, candidate, value));
  const granted = grant(operator, value, given);
  return member === undefined || fits(member, granted) ? granted : undefined;
}

/** The headers that the API declares, and those that are read, which are called by their own names. */
async function makeHeaders(
  { library, reads }: AnswerContext,
  { headers }: DeclaredResponse,
  wishes: readonly Wish[],
  sampling: SampleOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const values = new Map<string, unknown>(reads.headers.map((name) => [name, name]));
  for (const [name, schema] of headers) {
    values.set(name, await sampleSchema(library, schema, { ...sampling, name, path: ['header', name] }));
  }
  for (const wish of wishes) {
    if (wish.kind === 'header') values.set(wish.name, grant(wish.operator, wish.value, values.get(wish.name)));
  }
  return Object.fromEntries(values);
}
