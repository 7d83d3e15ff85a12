import type { Diagnostic } from '../../diagnostic.ts';
import type { Analysis } from '../analysis.ts';
import { findFaults } from '../faults.ts';
import { foresee } from '../foresight.ts';
import { eachStep } from '../rule.ts';

/** Every request can be made, as far as the document alone says what is in it. */
export function requests(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step, workflow) => findFaults(step, foresee(workflow, undefined, step.index)));
}
