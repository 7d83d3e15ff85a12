import { isRecord, memberOf } from '../document/json.ts';
import type { Plan } from './plan.ts';

/** Schemas inside schemas are looked into this deep. */
const MAX_DEPTH = 16;

/** The names of the inputs that are, or hold, secrets: whose schema has the format `password` (OpenAPI 3.1 §Data Type Format). */
export function secretInputNames(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { inputs } of plan.workflows.values()) {
    for (const [name, schema] of inputs.properties) if (isSecret(schema, 0)) names.add(name);
  }
  return names;
}

function isSecret(schema: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(schema)) return schema.some((part) => isSecret(part, depth + 1));
  if (!isRecord(schema)) return false;
  if (memberOf(schema, 'format') === 'password') return true;
  return Object.values(schema).some((part) => isSecret(part, depth + 1));
}
