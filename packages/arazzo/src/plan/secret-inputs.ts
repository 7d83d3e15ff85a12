import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { bundleSchema } from '../document/bundle-schema.ts';
import { isRecord, type JsonRecord, listMember, memberOf, recordMember } from '../document/json.ts';
import type { Workflow } from '../document/model.ts';
import type { PlannedWorkflow } from './plan.ts';

/** Schemas are followed this deep into a value. */
const MAX_DEPTH = 64;

/** Keywords whose schemas, of which there may be several, are about the value itself. */
const sameValue = ['allOf', 'anyOf', 'oneOf'];
const sameValueAlone = ['if', 'then', 'else'];
/** Keywords whose schemas are about members and items; those that other keywords exempt count too: hiding too much is safe. */
const everyMember = ['items', 'contains', 'unevaluatedItems', 'additionalProperties', 'unevaluatedProperties'];

/**
 * The texts among the inputs, defaults included, that their schemas declare with `format: password` in any workflow
 * (OpenAPI 3.1 §Data Type Format), wherever in the schema that stands: for whoever shows or keeps anything of a run, to
 * leave them out.
 */
export function findSecretInputs(
  document: ArazzoDocument,
  inputs: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set(document.workflows.flatMap((workflow) => createSecretFinder(document, workflow)(inputs)))];
}

type SecretFinder = (inputs: Readonly<Record<string, unknown>>) => readonly string[];

/** As `findSecretInputs` for one workflow, whose schema is read once. */
function createSecretFinder(document: ArazzoDocument, workflow: Workflow): SecretFinder {
  const schema = bundleSchema(document, workflow.inputs);
  const definitions = recordMember(schema, '$defs');
  return (inputs) => {
    const secrets = new Set<string>();
    collect({ secrets, definitions, seen: new Map() }, schema, inputs, 0);
    return [...secrets];
  };
}

/** Tells the secrets among the inputs that each workflow starts with, those that called workflows are given included. */
export function watchSecrets(
  onSecrets: ((texts: readonly string[]) => void) | undefined,
): (workflow: PlannedWorkflow, inputs: Readonly<Record<string, unknown>>) => void {
  if (onSecrets === undefined) return () => undefined;
  const finders = new Map<string, SecretFinder>();
  return ({ id, document, workflow }, inputs) => {
    const find = finders.get(id) ?? createSecretFinder(document, workflow);
    finders.set(id, find);
    const texts = find(inputs);
    if (texts.length > 0) onSecrets(texts);
  };
}

/** The texts that a value holds, at any depth. */
export function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.values(value).flatMap((item) => textsIn(item, depth + 1));
}

interface Search {
  readonly secrets: Set<string>;
  readonly definitions: JsonRecord;
  /** What each schema has been held against: schemas may refer to each other in circles. */
  readonly seen: Map<JsonRecord, Set<unknown>>;
}

function collect(search: Search, schema: unknown, value: unknown, depth: number): void {
  if (depth > MAX_DEPTH || !isRecord(schema) || isSeen(search, schema, value)) return;
  const given = value === undefined ? memberOf(schema, 'default') : value;
  if (memberOf(schema, 'format') === 'password') for (const text of textsIn(given)) search.secrets.add(text);
  for (const part of partsOfSameValue(search, schema)) collect(search, part, given, depth + 1);
  for (const [name, property] of Object.entries(recordMember(schema, 'properties'))) {
    collect(search, property, memberOf(given, name), depth + 1);
  }
  for (const part of partsOfMembers(schema)) collectMembers(search, part, given, depth + 1);
}

function collectMembers(search: Search, schema: unknown, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) collect(search, schema, member, depth);
}

function partsOfSameValue({ definitions }: Search, schema: JsonRecord): readonly unknown[] {
  const reference = memberOf(schema, '$ref');
  return [
    typeof reference === 'string' ? memberOf(definitions, reference.replace('#/$defs/', '')) : undefined,
    ...sameValue.flatMap((keyword) => listMember(schema, keyword)),
    ...sameValueAlone.map((keyword) => memberOf(schema, keyword)),
    ...Object.values(recordMember(schema, 'dependentSchemas')),
  ];
}

function partsOfMembers(schema: JsonRecord): readonly unknown[] {
  return [
    ...everyMember.map((keyword) => memberOf(schema, keyword)),
    ...listMember(schema, 'prefixItems'),
    ...Object.values(recordMember(schema, 'patternProperties')),
  ];
}

function isSeen({ seen }: Search, schema: JsonRecord, value: unknown): boolean {
  const values = seen.get(schema) ?? new Set();
  seen.set(schema, values);
  if (values.has(value)) return true;
  values.add(value);
  return false;
}
