import { itemOf, type Schema } from '../document/openapi/schema.ts';
import { isIndex } from '../document/pointer.ts';

/**
 * Whether values of a schema can have what a JSON Pointer leads to: `possible`, not described although nothing forbids it,
 * or `impossible`.
 */
type Presence = 'possible' | 'undescribed' | 'impossible';

export interface MemberLookup {
  readonly presence: Presence;
  /** Where it is not found, the names that are. */
  readonly known: readonly string[];
}

const possible: MemberLookup = { presence: 'possible', known: [] };
const impossible: MemberLookup = { presence: 'impossible', known: [] };
const order: readonly Presence[] = ['possible', 'undescribed', 'impossible'];

/** Looks for a member in the values that a schema allows. What cannot be decided is possible. */
export function findMember(schema: Schema, tokens: readonly string[]): MemberLookup {
  return find({ tokens, found: tokens.map(() => new Map()) }, schema, 0);
}

interface Search {
  readonly tokens: readonly string[];
  /** What was found in schemas for each of the tokens: many branches may lead to one schema, and back to it. */
  readonly found: readonly Map<Schema, MemberLookup>[];
}

function find(search: Search, schema: Schema, depth: number): MemberLookup {
  const token = search.tokens[depth];
  const found = search.found[depth];
  if (token === undefined || found === undefined) return possible;
  const before = found.get(schema);
  if (before !== undefined) return before;
  // Of a schema that leads back to itself.
  found.set(schema, possible);
  const { types } = schema;
  const mayBe = (type: string): boolean => types.length === 0 || types.includes(type);
  const asObject = mayBe('object') ? findInObject(search, schema, token, depth) : impossible;
  const lookup = best([asObject, mayBe('array') ? findInArray(search, schema, token, depth) : impossible]);
  found.set(schema, lookup);
  return lookup;
}

function findInObject(search: Search, schema: Schema, token: string, depth: number): MemberLookup {
  const property = schema.properties.get(token);
  if (property !== undefined) return find(search, property, depth + 1);
  const own: MemberLookup = { presence: presenceOf(schema, token), known: [...schema.properties.keys()] };
  if (schema.alternatives.length === 0) return own;
  const branch = best(schema.alternatives.map((alternative) => find(search, alternative, depth)));
  if (branch.presence === 'possible') return branch;
  // The schema beside its branches may say nothing of members at all; then they decide.
  const decides = schema.properties.size === 0 && schema.others === 'unknown';
  return decides ? branch : best([own, branch]);
}

function presenceOf({ required, others }: Schema, token: string): Presence {
  if (others === 'none') return 'impossible';
  return others === 'any' && !required.has(token) ? 'undescribed' : 'possible';
}

function findInArray(search: Search, schema: Schema, token: string, depth: number): MemberLookup {
  // Without a word about its type, what has members is taken for an object.
  if (schema.types.length === 0 && schema.items === undefined && schema.prefixItems === undefined) return impossible;
  if (!isIndex(token)) return impossible;
  const item = itemOf(schema, Number(token));
  return item === undefined ? possible : find(search, item, depth + 1);
}

function best(lookups: readonly MemberLookup[]): MemberLookup {
  const presence = order.find((candidate) => lookups.some((lookup) => lookup.presence === candidate));
  return { presence: presence ?? 'impossible', known: [...new Set(lookups.flatMap((lookup) => lookup.known))] };
}
