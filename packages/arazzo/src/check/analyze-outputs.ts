import type { Output } from '../document/model.ts';
import { type KnownNames, type Occurrence, parseTemplate } from '../expression/template.ts';
import type { AnalyzedOutput } from './analysis.ts';

/** Parses the expressions of an `outputs` map, where an object is a Selector Object in documents of 1.0 too. */
export function analyzeOutputs(
  outputs: readonly Output[],
  names: KnownNames,
  occurrences: Occurrence[],
): readonly AnalyzedOutput[] {
  return outputs.map(({ name, expression, pointer }) => ({
    name,
    template: parseTemplate(expression, pointer, { names, messages: true, selectors: true, occurrences }),
    text: typeof expression === 'string' ? expression : JSON.stringify(expression),
    pointer,
  }));
}
