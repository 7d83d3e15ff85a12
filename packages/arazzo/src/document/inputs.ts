import type { ArazzoDocument } from './arazzo-document.ts';
import { type JsonRecord, listMember, memberOf, recordMember, stringMember } from './json.ts';
import type { Workflow } from './model.ts';
import { collectSchemaParts, type SchemaPart, type SchemaParts } from './schema-parts.ts';
import { followSchemaReference, type SchemaPlace } from './schema-reference.ts';

/** What a workflow's `inputs` schema says about the names of its inputs. */
export interface InputDeclaration {
  /** Schemas of the declared inputs by name, with references followed; `true` for those that only alternatives declare. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** True when the schema declares no names, but in alternatives, so that any may be given. */
  readonly open: boolean;
}

const MAX_REFERENCE_HOPS = 32;
const known = new WeakMap<Workflow, InputDeclaration>();

/**
 * Reads the declared inputs of a workflow, following `$ref` and `allOf`, and alternatives for further names. References that
 * lead nowhere declare nothing.
 */
export function readInputDeclaration(document: ArazzoDocument, workflow: Workflow): InputDeclaration {
  const declaration = known.get(workflow) ?? readDeclaration(document, workflow);
  known.set(workflow, declaration);
  return declaration;
}

function readDeclaration(document: ArazzoDocument, workflow: Workflow): InputDeclaration {
  const properties = new Map<string, unknown>();
  const required = new Set<string>();
  const { sure, possible } = collectSchemaParts(document, [inputsOf(document, workflow)]);
  for (const { file, base, value: schema } of sure) {
    for (const name of requiredBy(schema)) required.add(name);
    for (const [name, value] of Object.entries(recordMember(schema, 'properties'))) {
      properties.set(name, resolveSchema(document, { file, base, value })?.value ?? value);
    }
  }
  // A name that is only required is declared too, with any value.
  for (const name of required) properties.set(name, properties.get(name) ?? true);
  const open = workflow.inputs !== undefined && workflow.inputs !== false && properties.size === 0;
  // So is one that only alternatives have: which of them holds is known with the values.
  const alternative = possible.flatMap(({ value }) => [
    ...Object.keys(recordMember(value, 'properties')),
    ...requiredBy(value),
  ]);
  for (const name of alternative) properties.set(name, properties.get(name) ?? true);
  return { properties, required, open };
}

function requiredBy(schema: JsonRecord): readonly string[] {
  return listMember(schema, 'required').filter((name) => typeof name === 'string');
}

/** What tells of one input of a workflow, wherever in its `inputs` schema that stands. */
export function readInputParts(document: ArazzoDocument, workflow: Workflow, name: string): SchemaParts {
  const inputs = collectSchemaParts(document, [inputsOf(document, workflow)]);
  const sure = collectSchemaParts(
    document,
    inputs.sure.flatMap((part) => propertyOf(part, name)),
  );
  const possible = collectSchemaParts(
    document,
    inputs.possible.flatMap((part) => propertyOf(part, name)),
  );
  return { sure: sure.sure, possible: [...sure.possible, ...possible.sure, ...possible.possible] };
}

function inputsOf({ file, base }: ArazzoDocument, { inputs }: Workflow): SchemaPlace {
  return { file, base, value: inputs };
}

/** A schema that is `true` says as much as an empty one. */
function propertyOf({ file, base, value }: SchemaPart, name: string): SchemaPlace | readonly [] {
  const schema = memberOf(memberOf(value, 'properties'), name);
  return schema === undefined ? [] : { file, base, value: schema === true ? {} : schema };
}

function resolveSchema(document: ArazzoDocument, start: SchemaPlace): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = start;
  for (let hops = 0; hops < MAX_REFERENCE_HOPS && place !== undefined; hops += 1) {
    const reference = stringMember(place.value, '$ref');
    if (reference === undefined) return place;
    place = followSchemaReference(document.schemaFiles, place, reference);
  }
  return undefined;
}
