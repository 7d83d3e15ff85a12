import type { Diagnostic } from '../../diagnostic.ts';
import { listMember, memberOf, recordMember, stringMember } from '../json.ts';
import type { Library } from '../library.ts';
import { parsePointer } from '../pointer.ts';
import { childPlace, follow, type Place } from './reference.ts';

/**
 * What a schema surely says of a value, its `allOf` parts included. Schemas that lead back to themselves are one object,
 * so whoever walks must go by a value, which ends.
 */
export interface Schema {
  /** Empty when every type is allowed. */
  readonly types: readonly string[];
  /** The allowed values, when they are listed. */
  readonly allowed?: readonly unknown[];
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Schema>;
  /** Of all items, or of those after `prefixItems`. */
  readonly items?: Schema;
  /** Of the first items, in turn. */
  readonly prefixItems?: readonly Schema[];
  /** The branches of `oneOf` and `anyOf`, of which one applies. */
  readonly alternatives: readonly Schema[];
  /** Which members there may be besides `properties`: none, any, or what this reader does not tell. */
  readonly others: 'none' | 'any' | 'unknown';
  readonly readOnly: boolean;
  readonly format?: string;
  readonly contentEncoding?: string;
  /** The XML Object, empty when there is none. */
  readonly xml: Readonly<Record<string, unknown>>;
  /** Of the component it is, such as `Pet` of `#/components/schemas/Pet`. */
  readonly componentName?: string;
}

/** Reads schemas, each place once. */
export interface SchemaReader {
  /** References at the top or of its members that lead nowhere are added to `problems`; deeper ones allow anything. */
  read(place: Place, problems: Diagnostic[]): Promise<Schema>;
}

/** More schemas than these below one are not looked into: what they would say is unknown. */
const MAX_SCHEMAS = 4_000;
const REPORTED_DEPTH = 1;

interface Waiting {
  readonly place: Place;
  readonly depth: number;
  readonly schema: Draft;
}

type Draft = { -readonly [Name in keyof Schema]: Schema[Name] };

export function createSchemaReader(library: Library, options: { readonly refSiblings: boolean }): SchemaReader {
  const known = new Map<unknown, Draft>();
  return {
    async read(place, problems) {
      const waiting: Waiting[] = [];
      let count = 0;
      const take = (target: Place, depth: number): Schema => {
        const before = known.get(target.value);
        if (before !== undefined) return before;
        const schema = { ...unknownSchema };
        count += 1;
        if (count > MAX_SCHEMAS) return schema;
        known.set(target.value, schema);
        waiting.push({ place: target, depth, schema });
        return schema;
      };
      const top = take(place, 0);
      for (let index = 0; index < waiting.length; index += 1) {
        const entry = waiting[index];
        if (entry === undefined) break;
        const reported = entry.depth <= REPORTED_DEPTH ? problems : [];
        const parts = await collectParts(library, entry.place, options.refSiblings, reported);
        if (parts.length > 0) fill(entry.schema, parts, (child) => take(child, entry.depth + 1));
      }
      return top;
    },
  };
}

/** What is known of a schema that cannot be read. */
const unknownSchema: Schema = {
  types: [],
  required: new Set(),
  properties: new Map(),
  alternatives: [],
  others: 'unknown',
  readOnly: false,
  xml: {},
};

/** The schema of a list of whose items a schema is known. */
export function listOf(items: Schema): Schema {
  return { ...unknownSchema, types: ['array'], items };
}

/** The schema, what it refers to, and their `allOf` parts, each once however they refer to each other. */
async function collectParts(
  library: Library,
  start: Place,
  refSiblings: boolean,
  problems: Diagnostic[],
): Promise<readonly Place[]> {
  const parts = new Map<unknown, Place>();
  const waiting: Place[] = [start];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const followed = await follow(library, part);
    if (followed.kind === 'unresolved') {
      problems.push(followed.diagnostic);
      continue;
    }
    for (const place of refSiblings ? [...followed.passed, followed.place] : [followed.place]) {
      if (parts.has(place.value)) continue;
      parts.set(place.value, place);
      waiting.push(...childPlaces(place, 'allOf').map(([, child]) => child));
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

function fill(schema: Draft, parts: readonly Place[], take: (place: Place) => Schema): void {
  const properties = new Map<string, Schema>();
  for (const part of parts) {
    for (const [name, child] of childPlaces(part, 'properties')) {
      if (!properties.has(name)) properties.set(name, take(child));
    }
  }
  const values = parts.map((part) => part.value);
  const items = parts.flatMap((part) => childPlace(part, 'items') ?? [])[0];
  const first = parts.map((part) => childPlaces(part, 'prefixItems')).find((children) => children.length > 0);
  const allowed = readAllowed(values);
  const named = parts.find((part) => isComponent(part.pointer));
  Object.assign(schema, {
    types: readTypes(values),
    required: new Set(values.flatMap((value) => listMember(value, 'required').filter(isText))),
    properties,
    alternatives: parts.flatMap((part) =>
      [...childPlaces(part, 'oneOf'), ...childPlaces(part, 'anyOf')].map(([, child]) => take(child)),
    ),
    others: readOthers(values, properties.size),
    readOnly: values.some((value) => memberOf(value, 'readOnly') === true),
    xml: Object.assign({}, ...values.map((value) => recordMember(value, 'xml')).reverse()),
    ...(items && { items: take(items) }),
    ...(first && { prefixItems: first.map(([, child]) => take(child)) }),
    ...(allowed && { allowed }),
    ...textOf(values, 'format'),
    ...textOf(values, 'contentEncoding'),
    ...(named && { componentName: parsePointer(named.pointer)?.at(-1) ?? '' }),
  } satisfies Partial<Schema>);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isComponent(pointer: string): boolean {
  return /^\/(?:components\/schemas|definitions)\/[^/]+$/.test(pointer);
}

function textOf(values: readonly unknown[], name: 'format' | 'contentEncoding'): { readonly [name: string]: string } {
  const text = values.flatMap((value) => stringMember(value, name) ?? [])[0];
  return text === undefined ? {} : { [name]: text };
}

function readTypes(values: readonly unknown[]): readonly string[] {
  const stated = values.find((value) => memberOf(value, 'type') !== undefined);
  const type = memberOf(stated, 'type');
  const types = (Array.isArray(type) ? type : [type]).filter(isText);
  return types.length > 0 && isNullable(values) ? [...types, 'null'] : types;
}

/** OpenAPI 3.0 §Schema Object; Swagger 2.0 tools write it as an extension. */
function isNullable(values: readonly unknown[]): boolean {
  return values.some((value) => memberOf(value, 'nullable') === true || memberOf(value, 'x-nullable') === true);
}

/** What all parts that list values have in common. */
function readAllowed(values: readonly unknown[]): readonly unknown[] | undefined {
  let allowed: readonly unknown[] | undefined;
  for (const value of values) {
    const constant = memberOf(value, 'const');
    const listed = memberOf(value, 'enum') ?? (constant === undefined ? undefined : [constant]);
    if (!Array.isArray(listed)) continue;
    const candidates: readonly unknown[] = listed;
    const texts = new Set(candidates.map((candidate) => JSON.stringify(candidate)));
    allowed = allowed?.filter((candidate) => texts.has(JSON.stringify(candidate))) ?? candidates;
  }
  return allowed && isNullable(values) && !allowed.includes(null) ? [...allowed, null] : allowed;
}

/** Keywords that may describe members in ways that are not followed here. */
const furtherKeywords = [
  'patternProperties',
  'if',
  'dependentSchemas',
  '$dynamicRef',
  '$recursiveRef',
  'discriminator',
];

function readOthers(values: readonly unknown[], described: number): Schema['others'] {
  if (values.some((value) => furtherKeywords.some((keyword) => memberOf(value, keyword) !== undefined))) {
    return 'unknown';
  }
  const stated = ['additionalProperties', 'unevaluatedProperties'] as const;
  if (values.some((value) => stated.some((keyword) => memberOf(value, keyword) === false))) return 'none';
  const further = values.some((value) => stated.some((keyword) => memberOf(value, keyword) !== undefined));
  return further || described === 0 ? 'unknown' : 'any';
}

/** The name of the root element of XML (OpenAPI 3.1 §XML Object): that of the XML Object, else of the component. */
export function rootNameOf(schema: Schema | undefined): string | undefined {
  const name = schema && stringMember(schema.xml, 'name');
  return name ?? schema?.componentName;
}

/** The schema of a member, in a branch of `oneOf` or `anyOf` when the schema itself has none. */
export function propertyOf(schema: Schema | undefined, name: string): Schema | undefined {
  const own = schema?.properties.get(name);
  return own ?? schema?.alternatives.flatMap((branch) => branch.properties.get(name) ?? [])[0];
}

/** The schema of the item at an index. */
export function itemOf(schema: Schema | undefined, index: number): Schema | undefined {
  return schema?.prefixItems?.[index] ?? schema?.items;
}
