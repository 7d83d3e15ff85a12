import type { Step } from '../document/model.ts';
import type { Occurrence } from '../expression/template.ts';

/** For each step that any expression refers to, what follows `$steps.<stepId>.outputs.` in each place. */
export type OutputReferences = ReadonlyMap<string, readonly string[]>;

/** Collects what the expressions of a workflow say of outputs of steps, whatever the place they stand in. */
export function collectOutputReferences(occurrences: readonly Occurrence[]): OutputReferences {
  const references = new Map<string, string[]>();
  occurrences.forEach(({ expression }) => {
    if (expression.kind !== 'step-output') return;
    const known = references.get(expression.stepId);
    if (known === undefined) references.set(expression.stepId, [expression.name]);
    else known.push(expression.name);
  });
  return references;
}

const none: ReadonlySet<string> = new Set();

/** The outputs of a step that must be kept until its workflow ends, because something may read them. */
export function keptOutputs(step: Step, references: OutputReferences): ReadonlySet<string> {
  const read = references.get(step.stepId);
  // After its name an expression may go on into the output.
  return read === undefined
    ? none
    : new Set(step.outputs.flatMap(({ name }) => (read.some((text) => text.startsWith(name)) ? name : [])));
}
