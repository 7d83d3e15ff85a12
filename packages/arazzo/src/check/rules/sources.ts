import type { Diagnostic } from '../../diagnostic.ts';
import type { Analysis } from '../analysis.ts';

/** Every source can be read and is what the document says it is. */
export function sources(analysis: Analysis): readonly Diagnostic[] {
  return analysis.sources.flatMap((source) => source.problems);
}
