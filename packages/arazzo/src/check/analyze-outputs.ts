import type { ArazzoDocument } from '../document/arazzo-document.ts';
import type { Output } from '../document/model.ts';
import { hasSelectors } from '../expression/selector.ts';
import { type KnownNames, type Occurrence, parseTemplate } from '../expression/template.ts';
import type { AnalyzedOutput } from './analysis.ts';

/** Parses the expressions of an `outputs` map. */
export function analyzeOutputs(
  document: ArazzoDocument,
  outputs: readonly Output[],
  names: KnownNames,
  occurrences: Occurrence[],
): readonly AnalyzedOutput[] {
  const selectors = hasSelectors(document.version);
  return outputs.map(({ name, expression, pointer }) => ({
    name,
    template: parseTemplate(expression, pointer, { names, messages: true, selectors, occurrences }),
    text: typeof expression === 'string' ? expression : JSON.stringify(expression),
    pointer,
  }));
}
