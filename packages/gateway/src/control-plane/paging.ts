import { createHash } from 'node:crypto';
import { badRequest } from './refuse.ts';

/** The members that all list operations take. */
export interface PageInput {
  readonly maxResults?: string;
  readonly nextToken?: string;
}

export interface Page {
  /** The path of the list that it is of, as `apis/{apiId}/routes`. */
  readonly list: string;
  /** Ids up to and including this one are on earlier pages. */
  readonly after: string;
  readonly limit: number;
}

/** Neither is documented: these are the values that users of the service report. */
const defaultPageSize = 25;
const maximumPageSize = 500;

/** @throws ServiceError `BadRequestException` */
export function readPage(list: string, { maxResults, nextToken = '' }: PageInput): Page {
  return { list, after: nextToken === '' ? '' : readToken(list, nextToken), limit: readLimit(maxResults) };
}

/** A page of what has been found, given one more than the page holds when there are more. */
export function toPage<Item>(
  { limit, list }: Page,
  found: readonly Item[],
  idOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined ? { nextToken: writeToken(list, idOf(last)) } : {}) };
}

/** The ids of a page and of one more, in ascending order. */
export function idsOfPage(records: Readonly<Record<string, unknown>>, { after, limit }: Page): readonly string[] {
  return Object.keys(records)
    .filter((id) => id > after)
    .sort()
    .slice(0, limit + 1);
}

function readLimit(maxResults = `${defaultPageSize}`): number {
  if (!/^[1-9]\d{0,8}$/.test(maxResults)) {
    throw badRequest(`MaxResults is "${maxResults.slice(0, 100)}"; expected a whole number from 1.`);
  }
  return Math.min(Number(maxResults), maximumPageSize);
}

/**
 * An id, after a check that tells a token of one list from those of all others. A client that mixes them up would else take
 * what it gets for the whole.
 */
function writeToken(list: string, id: string): string {
  const check = createHash('sha256').update(`${list} ${id}`).digest('base64url').slice(0, checkLength);
  return check + Buffer.from(id).toString('base64url');
}

const checkLength = 8;

function readToken(list: string, token: string): string {
  const id = Buffer.from(token.slice(checkLength), 'base64url').toString();
  if (writeToken(list, id) !== token) {
    throw badRequest(`NextToken is "${token.slice(0, 100)}"; expected the token of an earlier page of this list.`);
  }
  return id;
}
