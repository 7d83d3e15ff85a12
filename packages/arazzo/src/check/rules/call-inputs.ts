import type { Diagnostic } from '../../diagnostic.ts';
import type { Analysis } from '../analysis.ts';
import { findForeseenFaults } from '../foreseen-faults.ts';

/** Workflows that are called take the values that the document gives them, and can make their requests with them. */
export async function callInputs(analysis: Analysis): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    analysis.workflows.map((workflow) => findForeseenFaults(analysis, workflow, undefined)),
  );
  return found.flat();
}
