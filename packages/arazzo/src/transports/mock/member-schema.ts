import { jsonTypeOf } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { compilePattern } from '../../query/compile-pattern.ts';
import { QueryError } from '../../query/query.ts';
import { withinTimeLimit } from '../../query/time-limit.ts';
import { collectParts, keyword } from './schema-parts.ts';

/** What a schema says of the member of a value that a path leads to. */
export interface MemberSchema {
  /** Empty when any type is allowed. */
  readonly types: readonly unknown[];
  /** Absent when the values are not listed. */
  readonly allowed?: readonly unknown[];
  /** Absent when there is none, or none that can be read. */
  readonly pattern?: RegExp;
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
  const source = read('pattern');
  const pattern = typeof source === 'string' ? compilePattern(source) : undefined;
  return {
    types: [read('type') ?? []].flat(),
    ...(Array.isArray(allowed) && { allowed }),
    ...(pattern instanceof RegExp && { pattern }),
  };
}

/** Whether a value has one of the types that the schema names, and a text its pattern. */
export function fits({ types, pattern }: MemberSchema, value: unknown): boolean {
  const isWhole = types.includes('integer') && Number.isInteger(value);
  if (types.length > 0 && !isWhole && !types.includes(jsonTypeOf(value))) return false;
  return pattern === undefined || typeof value !== 'string' || matches(pattern, value);
}

/** A pattern that takes too long rules nothing out. */
function matches(pattern: RegExp, text: string): boolean {
  try {
    return withinTimeLimit(() => pattern.test(text));
  } catch (error) {
    if (error instanceof QueryError) return true;
    throw error;
  }
}
