import { jsonTypeOf } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import type { Place } from '../../document/openapi/reference.ts';
import { matchesPattern } from './pattern/matches-pattern.ts';
import { collectParts, keyword } from './schema-parts.ts';
import { schemasOfItem, schemasOfMember } from './schemas-of-member.ts';

/** What a schema says of the member of a value that a path leads to. */
export interface MemberSchema {
  /** Empty when any type is allowed. */
  readonly types: readonly unknown[];
  /** Absent when the values are not listed. */
  readonly allowed?: readonly unknown[];
  readonly pattern?: string;
}

/** The schemas of what a path through members and items leads to; none where the schema says nothing. */
export async function schemasAt(
  library: Library,
  start: Place,
  path: readonly string[],
  turn: number,
): Promise<readonly Place[]> {
  let schemas: readonly Place[] = [start];
  for (const token of path) {
    const parts = await collectParts(library, schemas, turn);
    const ofMember = schemasOfMember(parts, token);
    schemas = ofMember.length > 0 || !/^\d+$/.test(token) ? ofMember : schemasOfItem(parts, Number(token));
  }
  return schemas;
}

/** The same as far as it decides which values fit; `undefined` where the schema says nothing. */
export async function findMemberSchema(
  library: Library,
  start: Place,
  path: readonly string[],
  turn: number,
): Promise<MemberSchema | undefined> {
  const schemas = await schemasAt(library, start, path, turn);
  if (schemas.length === 0) return undefined;
  const read = keyword((await collectParts(library, schemas, turn)).map(({ value }) => value));
  const constant = read('const');
  const allowed = constant === undefined ? read('enum') : [constant];
  const pattern = read('pattern');
  return {
    types: [read('type') ?? []].flat(),
    ...(Array.isArray(allowed) && { allowed }),
    ...(typeof pattern === 'string' && { pattern }),
  };
}

/** Whether a value has one of the types that the schema names, and a text its pattern; one that takes too long rules nothing out. */
export function fits({ types, pattern }: MemberSchema, value: unknown): boolean {
  const isWhole = types.includes('integer') && Number.isInteger(value);
  if (types.length > 0 && !isWhole && !types.includes(jsonTypeOf(value))) return false;
  return pattern === undefined || typeof value !== 'string' || matchesPattern(pattern, value) !== false;
}
