import { itemOf, type Schema } from '../document/openapi/schema.ts';

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
  return find(schema, tokens, new Set());
}

/** `passed` are the schemas met for this token already, through branches that lead back. */
function find(schema: Schema, tokens: readonly string[], passed: ReadonlySet<Schema>): MemberLookup {
  const [token, ...rest] = tokens;
  if (token === undefined || passed.has(schema)) return possible;
  const { types } = schema;
  const mayBe = (type: string): boolean => types.length === 0 || types.includes(type);
  const asObject = mayBe('object') ? findInObject(schema, token, rest, passed) : impossible;
  return best([asObject, mayBe('array') ? findInArray(schema, token, rest) : impossible]);
}

function findInObject(
  schema: Schema,
  token: string,
  rest: readonly string[],
  passed: ReadonlySet<Schema>,
): MemberLookup {
  const property = schema.properties.get(token);
  if (property !== undefined) return find(property, rest, new Set());
  const own: MemberLookup = { presence: presenceOf(schema), known: [...schema.properties.keys()] };
  if (schema.alternatives.length === 0) return own;
  const branch = best(
    schema.alternatives.map((alternative) => find(alternative, [token, ...rest], new Set([...passed, schema]))),
  );
  if (branch.presence === 'possible') return branch;
  // The schema beside its branches may say nothing of members at all; then they decide.
  const decides = schema.properties.size === 0 && schema.others === 'unknown';
  return decides ? branch : best([own, branch]);
}

function presenceOf({ others }: Schema): Presence {
  if (others === 'none') return 'impossible';
  return others === 'any' ? 'undescribed' : 'possible';
}

function findInArray(schema: Schema, token: string, rest: readonly string[]): MemberLookup {
  // Without a word about its type, what has members is taken for an object.
  if (schema.types.length === 0 && schema.items === undefined && schema.prefixItems === undefined) return impossible;
  if (!/^(?:0|[1-9]\d*)$/.test(token)) return impossible;
  const item = itemOf(schema, Number(token));
  return item === undefined ? possible : find(item, rest, new Set());
}

function best(lookups: readonly MemberLookup[]): MemberLookup {
  const presence = order.find((candidate) => lookups.some((lookup) => lookup.presence === candidate));
  return { presence: presence ?? 'impossible', known: lookups.flatMap((lookup) => lookup.known) };
}
