import type { Diagnostic } from '../diagnostic.ts';
import { locateFinding } from '../document/source-file.ts';
import type { Analysis, AnalyzedWorkflow } from './analysis.ts';
import { findFaults } from './faults.ts';
import { foreseeCalls } from './foreseen-calls.ts';
import { foresee } from './foresight.ts';
import type { KnownInputs } from './inputs.ts';

/**
 * What surely goes wrong in the requests of the workflows that a workflow calls, whoever calls them, and in the inputs
 * that they are given.
 */
export async function findForeseenFaults(
  analysis: Analysis,
  workflow: AnalyzedWorkflow,
  given: KnownInputs | undefined,
): Promise<readonly Diagnostic[]> {
  const { calls, diagnostics } = await foreseeCalls(analysis, workflow, given);
  return [...diagnostics, ...calls.flatMap((call) => findFaultsOf(call.workflow, call.taken))];
}

/** The same of one workflow with the inputs that it takes; without them, nothing is known of its inputs. */
export function findFaultsOf(workflow: AnalyzedWorkflow, taken: KnownInputs | undefined): readonly Diagnostic[] {
  const foresight = foresee(workflow, taken);
  return workflow.steps.flatMap((step) =>
    findFaults(step, foresight(step.index)).map((finding) => locateFinding(workflow.document.file, finding)),
  );
}
