import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, type JsonRecord, listMember, recordMember, stringMember } from './json.ts';
import type { Workflow } from './model.ts';
import { followSchemaReference, type SchemaPlace } from './schema-reference.ts';

/** What a workflow's `inputs` schema surely says about the names of its inputs. */
export interface InputDeclaration {
  /** Schemas of the declared inputs by name, with references followed. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** True when the schema declares no names at all, so that any may be given. */
  readonly open: boolean;
}

const MAX_REFERENCE_HOPS = 32;
const known = new WeakMap<Workflow, InputDeclaration>();

/** Reads the declared inputs of a workflow, following `$ref` and `allOf`. References that lead nowhere declare nothing. */
export function readInputDeclaration(document: ArazzoDocument, workflow: Workflow): InputDeclaration {
  const declaration = known.get(workflow) ?? readDeclaration(document, workflow);
  known.set(workflow, declaration);
  return declaration;
}

function readDeclaration(document: ArazzoDocument, workflow: Workflow): InputDeclaration {
  const properties = new Map<string, unknown>();
  const required = new Set<string>();
  for (const { file, base, value: schema } of collectParts(document, workflow.inputs)) {
    for (const name of listMember(schema, 'required')) if (typeof name === 'string') required.add(name);
    for (const [name, value] of Object.entries(recordMember(schema, 'properties'))) {
      properties.set(name, resolveSchema(document, { file, base, value })?.value ?? value);
    }
  }
  // A name that is only required is declared too, with any value.
  for (const name of required) properties.set(name, properties.get(name) ?? true);
  const open = workflow.inputs !== undefined && workflow.inputs !== false && properties.size === 0;
  return { properties, required, open };
}

interface Part extends SchemaPlace {
  readonly value: JsonRecord;
}

/** The schema with those that it refers to and its `allOf` parts, each once however they refer to each other. */
function collectParts(document: ArazzoDocument, start: unknown): Iterable<Part> {
  const parts = new Map<JsonRecord, Part>();
  const waiting: SchemaPlace[] = [{ file: document.file, base: document.base, value: start }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { file, base, value } = place;
    if (!isRecord(value) || parts.has(value)) continue;
    parts.set(value, { file, base, value });
    const reference = stringMember(value, '$ref');
    const referenced =
      reference === undefined ? undefined : followSchemaReference(document.schemaFiles, place, reference);
    if (referenced !== undefined) waiting.push(referenced);
    for (const part of listMember(value, 'allOf')) waiting.push({ file, base, value: part });
  }
  return parts.values();
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
