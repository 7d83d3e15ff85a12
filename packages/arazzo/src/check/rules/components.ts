import type { Diagnostic } from '../../diagnostic.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Analysis } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** Every Reusable Object references a component of the kind that is wanted there. */
export function components(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, ({ unresolved }) =>
    unresolved.map(({ reusable, ...problem }) => ({
      code: 'unknown-component',
      severity: 'error',
      ...problem,
      pointer: childPointer(reusable.pointer, 'reference'),
    })),
  );
}
