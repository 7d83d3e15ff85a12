import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import { isRecord, memberOf, recordMember } from '../document/json.ts';

/** Schemas are followed this deep into a value. */
const MAX_DEPTH = 32;

/**
 * The texts among the inputs, defaults included, that their schemas declare with `format: password` in any workflow: for
 * whoever shows anything of a run, to leave them out.
 */
export function findSecretInputs(
  document: ArazzoDocument,
  inputs: Readonly<Record<string, unknown>>,
): readonly string[] {
  const secrets = new Set<string>();
  for (const workflow of document.workflows) {
    for (const [name, schema] of readInputDeclaration(document, workflow).properties) {
      collect(schema, Object.hasOwn(inputs, name) ? inputs[name] : undefined, secrets, 0);
    }
  }
  return [...secrets];
}

function collect(schema: unknown, value: unknown, secrets: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH || !isRecord(schema)) return;
  const given = value === undefined ? memberOf(schema, 'default') : value;
  if (memberOf(schema, 'format') === 'password') for (const text of textsIn(given, 0)) secrets.add(text);
  if (Array.isArray(given)) for (const item of given) collect(memberOf(schema, 'items'), item, secrets, depth + 1);
  for (const [name, property] of Object.entries(recordMember(schema, 'properties'))) {
    collect(property, memberOf(given, name), secrets, depth + 1);
  }
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.values(value).flatMap((item) => textsIn(item, depth + 1));
}
