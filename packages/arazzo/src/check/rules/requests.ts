import type { Diagnostic } from '../../diagnostic.ts';
import type { Analysis } from '../analysis.ts';
import { findFaultsOf } from '../foreseen-faults.ts';

/** Every request can be made, as far as the document alone says what is in it. */
export function requests(analysis: Analysis): readonly Diagnostic[] {
  return analysis.workflows.flatMap((workflow) => findFaultsOf(workflow, undefined));
}
