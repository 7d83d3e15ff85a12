import { isRecord } from '../document/json.ts';
import type { Step } from '../document/model.ts';

/** For each step that anything refers to, what follows `$steps.<stepId>.outputs.` in each place. */
export type OutputReferences = ReadonlyMap<string, readonly string[]>;

/**
 * Collects what the texts of a value say of outputs of steps, whatever the place they stand in: rather too much than too
 * little.
 */
export function collectOutputReferences(values: readonly unknown[]): OutputReferences {
  const references = new Map<string, string[]>();
  for (const value of values) collect(value, references);
  return references;
}

function collect(value: unknown, references: Map<string, string[]>): void {
  if (typeof value === 'string') addReferences(value, references);
  else if (Array.isArray(value)) for (const item of value) collect(item, references);
  else if (isRecord(value)) for (const name of Object.keys(value)) collect(value[name], references);
}

function addReferences(text: string, references: Map<string, string[]>): void {
  if (!text.includes('$steps.')) return;
  for (const part of text.split('$steps.').slice(1)) {
    const end = part.indexOf('.outputs.');
    if (end === -1) continue;
    const stepId = part.slice(0, end);
    const known = references.get(stepId) ?? [];
    known.push(part.slice(end + '.outputs.'.length));
    references.set(stepId, known);
  }
}

/** The outputs of a step that must be kept until its workflow ends, because something may read them. */
export function keptOutputs(step: Step, references: OutputReferences): ReadonlySet<string> {
  const kept = new Set<string>();
  const read = references.get(step.stepId) ?? [];
  for (const { name } of step.outputs) if (read.some((text) => text.startsWith(name))) kept.add(name);
  return kept;
}
