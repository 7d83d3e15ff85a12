import type { AnalyzedStep } from './analysis.ts';

export interface StepOrder {
  /** In the order in which they run, with their places in it. */
  readonly steps: readonly AnalyzedStep[];
  /** Steps that depend on themselves, by way of each other. */
  readonly cycle: readonly string[];
}

/**
 * The order in which the steps of a workflow run: as written, unless a step says what it depends on. Then each step comes
 * after those it depends on and those whose outputs it reads (Arazzo 1.1.0 §Step Object `dependsOn`).
 */
export function orderSteps(steps: readonly AnalyzedStep[]): StepOrder {
  if (steps.every(({ dependencies }) => dependencies.length === 0)) return { steps, cycle: [] };
  const whole = sortSteps(steps, (step) => [...dependedOn(step), ...readFrom(step)]);
  // Steps that a jump leads back to may read outputs of later ones; then only what is written as a dependency counts.
  const order = whole.cycle.length === 0 ? whole : sortSteps(steps, dependedOn);
  return { steps: order.steps.map((step, index) => ({ ...step, index })), cycle: order.cycle };
}

function dependedOn({ dependencies }: AnalyzedStep): readonly string[] {
  return dependencies.flatMap(({ stepId, workflowId }) => (workflowId === undefined ? stepId : []));
}

function readFrom({ step, occurrences }: AnalyzedStep): readonly string[] {
  return occurrences.flatMap(({ expression }) =>
    expression.kind === 'step-output' && expression.stepId !== step.stepId ? expression.stepId : [],
  );
}

/** Depth first and without recursion, since chains may be as long as the workflow. */
function sortSteps(steps: readonly AnalyzedStep[], earlier: (step: AnalyzedStep) => readonly string[]): StepOrder {
  const byId = new Map(steps.toReversed().map((step) => [step.step.stepId, step]));
  const sorted = new Set<AnalyzedStep>();
  const begun = new Set<AnalyzedStep>();
  const cycle = new Set<string>();
  const stack = steps.toReversed();
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    const waiting = begun.has(step)
      ? []
      : unsorted(
          earlier(step).flatMap((id) => byId.get(id) ?? []),
          sorted,
        );
    begun.add(step);
    for (const one of waiting.filter((candidate) => begun.has(candidate))) cycle.add(one.step.stepId);
    const next = waiting.filter((candidate) => !begun.has(candidate));
    stack.push(...next.toReversed());
    if (next.length > 0) continue;
    sorted.add(step);
    stack.pop();
  }
  return { steps: [...sorted], cycle: [...cycle] };
}

function unsorted(steps: readonly AnalyzedStep[], sorted: ReadonlySet<AnalyzedStep>): readonly AnalyzedStep[] {
  return steps.filter((step) => !sorted.has(step));
}
