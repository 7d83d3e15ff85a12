import type { AnalyzedStep, AnalyzedWorkflow } from './analysis.ts';

const known = new WeakMap<AnalyzedWorkflow, ReadonlyMap<string, AnalyzedStep>>();

/** The steps of a workflow by their ids; of duplicates, which are reported, the first. */
export function stepsById(workflow: AnalyzedWorkflow): ReadonlyMap<string, AnalyzedStep> {
  const steps = known.get(workflow) ?? new Map(workflow.steps.toReversed().map((step) => [step.step.stepId, step]));
  known.set(workflow, steps);
  return steps;
}
