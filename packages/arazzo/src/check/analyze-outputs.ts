import type { Output } from '../document/model.ts';
import { type KnownNames, type Occurrence, parseTemplate } from '../expression/template.ts';
import type { AnalyzedOutput } from './analysis.ts';

/** Parses the expressions of an `outputs` map. */
export function analyzeOutputs(
  outputs: readonly Output[],
  names: KnownNames,
  occurrences: Occurrence[],
): readonly AnalyzedOutput[] {
  return outputs.map(({ name, expression, pointer }) => ({
    name,
    template: parseTemplate(expression, pointer, { names, messages: true, occurrences }),
    text: expression,
    pointer,
  }));
}
