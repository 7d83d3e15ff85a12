import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, type JsonRecord, listMember, recordMember, stringMember } from './json.ts';
import type { Workflow } from './model.ts';
import { decodeFragment, parsePointer, resolvePointer } from './pointer.ts';

/** What a workflow's `inputs` schema surely says about the names of its inputs. */
export interface InputDeclaration {
  /** Schemas of the declared inputs by name, references inside the document resolved. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** True when the schema declares no names at all, so that any may be given. */
  readonly open: boolean;
  /** References that lead nowhere inside the document. */
  readonly unresolved: readonly string[];
}

const MAX_REFERENCE_HOPS = 16;

/** Reads the declared inputs of a workflow, following `$ref` inside the document and `allOf`. */
export function readInputDeclaration(document: ArazzoDocument, workflow: Workflow): InputDeclaration {
  const properties = new Map<string, unknown>();
  const required = new Set<string>();
  const unresolved: string[] = [];
  for (const schema of collectParts(document, workflow.inputs, unresolved)) {
    for (const name of listMember(schema, 'required')) if (typeof name === 'string') required.add(name);
    for (const [name, property] of Object.entries(recordMember(schema, 'properties'))) {
      properties.set(name, resolveSchema(document, property, unresolved));
    }
  }
  // A name that is only required is declared too, with any value.
  for (const name of required) properties.set(name, properties.get(name) ?? true);
  const open = workflow.inputs !== undefined && workflow.inputs !== false && properties.size === 0;
  return { properties, required, open, unresolved };
}

/** The schema and its `allOf` parts, each once however they refer to each other. */
function collectParts(document: ArazzoDocument, start: unknown, unresolved: string[]): ReadonlySet<JsonRecord> {
  const parts = new Set<JsonRecord>();
  const waiting = [start];
  while (waiting.length > 0) {
    const schema = resolveSchema(document, waiting.pop(), unresolved);
    if (!isRecord(schema) || parts.has(schema)) continue;
    parts.add(schema);
    waiting.push(...listMember(schema, 'allOf'));
  }
  return parts;
}

function resolveSchema(document: ArazzoDocument, schema: unknown, unresolved: string[]): unknown {
  let current = schema;
  for (let hops = 0; hops < MAX_REFERENCE_HOPS; hops += 1) {
    const reference = stringMember(current, '$ref');
    if (reference === undefined) return current;
    const tokens = reference.startsWith('#') ? parsePointer(decodeFragment(reference.slice(1))) : undefined;
    current = tokens && resolvePointer(document.file.root.value, tokens);
    if (current === undefined) unresolved.push(reference);
  }
  return current;
}
