import { isRecord } from '../document/json.ts';
import type { Step } from '../document/model.ts';

/** For each step that anything refers to, what follows `$steps.<stepId>.outputs.` in each place. */
export type OutputReferences = ReadonlyMap<string, readonly string[]>;

/**
 * Collects what the texts of a value say of outputs of steps, whatever the place they stand in: rather too much than too
 * little. Values that aliases share are read once.
 */
export function collectOutputReferences(values: readonly unknown[]): OutputReferences {
  const references = new Map<string, string[]>();
  const visited = new Set<unknown>();
  const waiting = [...values];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') addReferences(value, references);
    if ((!isRecord(value) && !Array.isArray(value)) || visited.has(value)) continue;
    visited.add(value);
    for (const child of Object.values(value)) waiting.push(child);
  }
  return references;
}

function addReferences(text: string, references: Map<string, string[]>): void {
  if (!text.includes('$steps.')) return;
  for (const part of text.split('$steps.').slice(1)) {
    const [stepId, ...rest] = part.split('.outputs.');
    if (stepId === undefined || rest.length === 0) continue;
    const known = references.get(stepId) ?? [];
    known.push(rest.join('.outputs.'));
    references.set(stepId, known);
  }
}

/** The outputs of a step that must be kept until its workflow ends, because something may read them. */
export function keptOutputs(step: Step, references: OutputReferences): ReadonlySet<string> {
  const read = references.get(step.stepId) ?? [];
  const kept = step.outputs.filter(({ name }) => read.some((text) => text.startsWith(name)));
  return new Set(kept.map(({ name }) => name));
}
