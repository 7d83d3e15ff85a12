import { itemOf, type Schema } from '../document/openapi/schema.ts';

/** The values that schemas list for a place: `open` when one lists none, `undescribed` when none tells of it. */
export type Listed = readonly unknown[] | 'open' | 'undescribed';

/** Looks for what a schema lists at the end of a JSON Pointer. Branches add to each other. */
export function findListed(schema: Schema, tokens: readonly string[]): Listed {
  return find(schema, tokens, new Set());
}

/** What several schemas, of which one applies, list together. */
export function joinListed(all: readonly Listed[]): Listed {
  if (all.includes('open')) return 'open';
  const lists = all.filter((listed) => typeof listed !== 'string');
  return lists.length === 0 ? 'undescribed' : lists.flat();
}

/** `passed` are the schemas met for this token already, through branches that lead back. */
function find(schema: Schema, tokens: readonly string[], passed: ReadonlySet<Schema>): Listed {
  if (passed.has(schema)) return 'undescribed';
  const [token, ...rest] = tokens;
  const own = token === undefined ? schema.allowed : memberAt(schema, token);
  if (own !== undefined) return 'types' in own ? find(own, rest, new Set()) : own;
  const branches = schema.alternatives.map((branch) => find(branch, tokens, new Set([...passed, schema])));
  if (branches.length > 0) return joinListed(branches);
  return token === undefined ? 'open' : 'undescribed';
}

function memberAt(schema: Schema, token: string): Schema | undefined {
  return schema.properties.get(token) ?? (/^(?:0|[1-9]\d*)$/.test(token) ? itemOf(schema, Number(token)) : undefined);
}
