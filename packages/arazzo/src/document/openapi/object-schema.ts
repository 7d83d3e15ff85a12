import type { Diagnostic } from '../../diagnostic.ts';
import { listMember, memberOf } from '../json.ts';
import type { Library } from '../library.ts';
import { childPlace, follow, type Place } from './reference.ts';

/** What a schema surely asks of an object: that of its `allOf` parts included, of its alternatives not. */
export interface ObjectSchema {
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, PropertySchema>;
}

interface PropertySchema {
  /** The allowed values, when the schema lists them. */
  readonly allowed?: readonly unknown[];
  readonly readOnly: boolean;
}

export interface ObjectSchemaResult {
  readonly schema: ObjectSchema;
  readonly problems: readonly Diagnostic[];
}

/** Reads the required members and the enumerations of an object schema, following `$ref` and `allOf`. */
export async function readObjectSchema(library: Library, place: Place): Promise<ObjectSchemaResult> {
  const required = new Set<string>();
  const properties = new Map<string, PropertySchema>();
  const problems: Diagnostic[] = [];
  for (const schema of await collectParts(library, place, problems)) {
    for (const name of listMember(schema.value, 'required')) if (typeof name === 'string') required.add(name);
    for (const [name, property] of childPlaces(schema, 'properties')) {
      properties.set(name, await readProperty(library, property, problems));
    }
  }
  return { schema: { required, properties }, problems };
}

/** The schema and its `allOf` parts, each once however they refer to each other. */
async function collectParts(library: Library, start: Place, problems: Diagnostic[]): Promise<readonly Place[]> {
  const parts = new Map<unknown, Place>();
  const waiting: Place[] = [start];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const followed = await follow(library, part);
    if (followed.kind === 'unresolved') problems.push(followed.diagnostic);
    else if (!parts.has(followed.place.value)) {
      parts.set(followed.place.value, followed.place);
      waiting.push(...childPlaces(followed.place, 'allOf').map(([, place]) => place));
    }
  }
  return [...parts.values()];
}

/** The members or items of the object or list `name`. */
function childPlaces(place: Place, name: string): readonly (readonly [string, Place])[] {
  const owner = childPlace(place, name);
  if (owner === undefined || typeof owner.value !== 'object' || owner.value === null) return [];
  return Object.keys(owner.value).flatMap((key) => {
    const child = childPlace(owner, key);
    return child === undefined ? [] : [[key, child] as const];
  });
}

async function readProperty(library: Library, place: Place, problems: Diagnostic[]): Promise<PropertySchema> {
  const followed = await follow(library, place);
  if (followed.kind === 'unresolved') {
    problems.push(followed.diagnostic);
    return { readOnly: false };
  }
  const { value } = followed.place;
  const allowed = memberOf(value, 'enum');
  return { readOnly: memberOf(value, 'readOnly') === true, ...(Array.isArray(allowed) && { allowed }) };
}
