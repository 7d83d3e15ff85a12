import { jsonTypeOf } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { collectParts, keyword } from './schema-parts.ts';

/** What a schema says of the member of a value that a path leads to. */
export interface MemberSchema {
  /** Empty when any type is allowed. */
  readonly types: readonly unknown[];
  /** Absent when the values are not listed. */
  readonly allowed?: readonly unknown[];
}

/** Follows a path through properties and items; `undefined` where the schema says nothing. */
export async function findMemberSchema(
  library: Library,
  start: Place,
  path: readonly string[],
  turn: number,
): Promise<MemberSchema | undefined> {
  let parts = await collectParts(library, start, turn);
  for (const token of path) {
    const next = parts.flatMap((part) => {
      const properties = childPlace(part, 'properties');
      const property = properties && childPlace(properties, token);
      return property ?? (/^\d+$/.test(token) ? (childPlace(part, 'items') ?? []) : []);
    })[0];
    if (next === undefined) return undefined;
    parts = await collectParts(library, next, turn);
  }
  const read = keyword(parts.map(({ value }) => value));
  const constant = read('const');
  const allowed = constant === undefined ? read('enum') : [constant];
  return { types: [read('type') ?? []].flat(), ...(Array.isArray(allowed) && { allowed }) };
}

/** Whether a value has one of the types that the schema names. */
export function hasType({ types }: MemberSchema, value: unknown): boolean {
  if (types.length === 0 || types.includes(jsonTypeOf(value))) return true;
  return types.includes('integer') && Number.isInteger(value);
}
