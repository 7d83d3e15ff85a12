import { itemOf, type Schema } from '../document/openapi/schema.ts';
import { isIndex } from '../document/pointer.ts';

/** The values that schemas list for a place: `open` when one lists none, `undescribed` when none tells of it. */
export type Listed = readonly unknown[] | 'open' | 'undescribed';

/** Looks for what a schema lists at the end of a JSON Pointer. Branches add to each other. */
export function findListed(schema: Schema, tokens: readonly string[]): Listed {
  let schemas: ReadonlySet<Schema> = new Set([schema]);
  for (const token of tokens) {
    const members = membersOf(schemas, token);
    if (members === 'open') return 'open';
    schemas = members;
  }
  return listedBy(schemas);
}

/** What several schemas, of which one applies, list together. */
export function joinListed(all: readonly Listed[]): Listed {
  if (all.includes('open')) return 'open';
  const lists = all.filter((listed) => typeof listed !== 'string');
  return lists.length === 0 ? 'undescribed' : lists.flat();
}

function membersOf(schemas: ReadonlySet<Schema>, token: string): ReadonlySet<Schema> | 'open' {
  const members = new Set<Schema>();
  // Branches are added while it is walked, each once, however they lead to each other.
  const candidates = new Set(schemas);
  for (const candidate of candidates) {
    const member = memberAt(candidate, token);
    if (member !== undefined) members.add(member);
    else if (isOpenAt(candidate, token)) return 'open';
    else for (const branch of candidate.alternatives) candidates.add(branch);
  }
  return members;
}

function memberAt(schema: Schema, token: string): Schema | undefined {
  return schema.properties.get(token) ?? (isIndex(token) ? itemOf(schema, Number(token)) : undefined);
}

/** Whether a schema that does not describe what is at a token may well have it: without a word of members, anything. */
function isOpenAt({ types, required, properties, others, alternatives }: Schema, token: string): boolean {
  if (types.includes('array') && isIndex(token)) return true;
  if (types.length > 0 && !types.includes('object')) return false;
  if (alternatives.length === 0) return others === 'unknown' || required.has(token);
  // Where it says nothing of members itself, its branches decide.
  return others === 'unknown' && properties.size > 0;
}

function listedBy(schemas: ReadonlySet<Schema>): Listed {
  const listed: unknown[] = [];
  const candidates = new Set(schemas);
  for (const { allowed = [], alternatives } of candidates) {
    // A list of nothing is a slip of the description.
    if (allowed.length > 0) listed.push(...allowed);
    else if (alternatives.length === 0) return 'open';
    else for (const branch of alternatives) candidates.add(branch);
  }
  return listed.length === 0 ? 'undescribed' : listed;
}
