import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { dataKeywords, mapKeywords } from './schema-keywords.ts';
import { followSchemaReference, type SchemaPlace } from './schema-reference.ts';

/** Left out of copies: what gives a part an address of its own, and what the bundle has anew. */
const identifiers: ReadonlySet<string> = new Set(['$id', '$anchor', '$schema', '$defs', '$ref']);

/**
 * A copy of a schema that stands alone, for a validator that may write into it: what `$ref` leads to, in this file or in
 * others, is under `$defs`, each schema once. References that lead nowhere are left out.
 */
export function bundleSchema(document: ArazzoDocument, schema: unknown): unknown {
  const copies = new Bundle(document);
  const root = copies.copy({ file: document.file, base: document.base, value: schema });
  if (!isRecord(root)) return root;
  return { ...root, $defs: copies.definitions() };
}

class Bundle {
  readonly #document: ArazzoDocument;
  readonly #names = new Map<unknown, string>();
  readonly #waiting: SchemaPlace[] = [];

  constructor(document: ArazzoDocument) {
    this.#document = document;
  }

  /** The schemas referred to so far, and those that they refer to. */
  definitions(): JsonRecord {
    const definitions: (readonly [string, unknown])[] = [];
    for (let place = this.#waiting.shift(); place !== undefined; place = this.#waiting.shift()) {
      definitions.push([this.#names.get(place.value) ?? '', this.copy(place)]);
    }
    return Object.fromEntries(definitions);
  }

  copy(place: SchemaPlace): unknown {
    if (!isRecord(place.value)) return place.value;
    const members = Object.entries(place.value).filter(([name]) => !identifiers.has(name));
    const copied = members.map(([name, value]) => [name, this.#member(place, name, value)] as const);
    const reference = place.value.$ref;
    const name = typeof reference === 'string' ? this.#define(place, reference) : undefined;
    return Object.fromEntries(name === undefined ? copied : [...copied, ['$ref', `#/$defs/${name}`] as const]);
  }

  #member(place: SchemaPlace, name: string, value: unknown): unknown {
    if (dataKeywords.has(name)) return value;
    if (Array.isArray(value)) return value.map((item) => this.copy({ ...place, value: item }));
    if (!mapKeywords.has(name) || !isRecord(value)) return this.copy({ ...place, value });
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, this.copy({ ...place, value: member })]),
    );
  }

  #define(from: SchemaPlace, reference: string): string | undefined {
    const target = followSchemaReference(this.#document.schemaFiles, from, reference);
    if (target === undefined) return undefined;
    const known = this.#names.get(target.value);
    if (known !== undefined) return known;
    const name = `schema${this.#names.size}`;
    this.#names.set(target.value, name);
    this.#waiting.push(target);
    return name;
  }
}
