import type { Diagnostic } from '../../diagnostic.ts';
import { quoteAll } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedWorkflow } from '../analysis.ts';
import { eachWorkflow } from '../rule.ts';

/** Every step that a step depends on exists, and no step depends on itself (Arazzo 1.1.0 §Step Object `dependsOn`). */
export function stepDependencies(analysis: Analysis): readonly Diagnostic[] {
  return eachWorkflow(analysis, (workflow) => [
    ...workflow.steps.flatMap(({ dependencies }) =>
      dependencies.flatMap(({ problem, note, pointer }): readonly Finding[] => {
        if (problem !== undefined) return [{ ...problem, severity: 'error', pointer }];
        return note === undefined ? [] : [{ ...note, severity: 'warning', pointer }];
      }),
    ),
    ...judgeCycle(workflow),
  ]);
}

function judgeCycle({ workflow, steps, cycle }: AnalyzedWorkflow): readonly Finding[] {
  const first = steps.find(({ step }) => cycle.includes(step.stepId));
  if (first === undefined) return [];
  const message = `Steps of the workflow "${workflow.workflowId}" depend on each other in a circle, by way of ${quoteAll(cycle)}; a step must be complete before those that depend on it.`;
  const pointer = childPointer(first.step.pointer, 'dependsOn');
  return [{ code: 'step-cycle', severity: 'error', message, pointer }];
}
