import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, type JsonRecord, listMember, memberOf, recordMember, stringMember } from './json.ts';
import { followSchemaReference, type SchemaPlace } from './schema-reference.ts';

export interface SchemaPart extends SchemaPlace {
  readonly value: JsonRecord;
}

/** The schemas that tell of one value, each once however they refer to each other. */
export interface SchemaParts {
  /** Those that hold in any case: the schema, what it refers to and its `allOf`. */
  readonly sure: readonly SchemaPart[];
  /** Those that may hold: its `anyOf` and `oneOf`, `if`, `then` and `else`, and `dependentSchemas`. */
  readonly possible: readonly SchemaPart[];
}

/** Collects what tells of the values that schemas are for. References that lead nowhere tell nothing. */
export function collectSchemaParts(document: ArazzoDocument, starts: readonly SchemaPlace[]): SchemaParts {
  const known = new Set<JsonRecord>();
  const sure = collect(document, known, starts, partsInAnyCase);
  const possible = collect(document, known, sure.flatMap(alternativesOf), (part) => [
    ...partsInAnyCase(part),
    ...alternativesOf(part),
  ]);
  return { sure, possible };
}

function collect(
  document: ArazzoDocument,
  known: Set<JsonRecord>,
  starts: readonly SchemaPlace[],
  partsOf: (part: SchemaPart) => readonly SchemaPlace[],
): readonly SchemaPart[] {
  const parts: SchemaPart[] = [];
  const waiting = starts.toReversed();
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { file, base, value } = place;
    if (!isRecord(value) || known.has(value)) continue;
    known.add(value);
    parts.push({ file, base, value });
    const reference = stringMember(value, '$ref');
    const referenced =
      reference === undefined ? undefined : followSchemaReference(document.schemaFiles, place, reference);
    if (referenced !== undefined) waiting.push(referenced);
    waiting.push(...partsOf({ file, base, value }));
  }
  return parts;
}

function partsInAnyCase({ file, base, value }: SchemaPart): readonly SchemaPlace[] {
  return listMember(value, 'allOf').map((part) => ({ file, base, value: part }));
}

function alternativesOf({ file, base, value }: SchemaPart): readonly SchemaPlace[] {
  const alternatives = [
    ...['anyOf', 'oneOf'].flatMap((keyword) => listMember(value, keyword)),
    ...['if', 'then', 'else'].map((keyword) => memberOf(value, keyword)),
    ...Object.values(recordMember(value, 'dependentSchemas')),
  ];
  return alternatives.map((part) => ({ file, base, value: part }));
}
