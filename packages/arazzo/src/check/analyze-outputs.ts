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
    template: isCondition(expression)
      ? { kind: 'literal', value: expression }
      : parseTemplate(selectorOf(expression), pointer, { names, phase: 'outcome', selectors: true, occurrences }),
    text: typeof expression === 'string' ? expression : JSON.stringify(expression),
    pointer,
  }));
}

/** An expression with an operator behind it is no text that embeds one: its author wants what the operator gives. */
function isCondition(expression: Output['expression']): boolean {
  return typeof expression === 'string' && /^\$[a-z][^\s{}]*\s+(?:\|\||&&|\?\??|[=!]==?|[<>]=?)\s/i.test(expression);
}

/** Nothing but a Selector Object can stand here, so that what it has besides, such as an extension, takes nothing from it. */
function selectorOf(expression: Output['expression']): Output['expression'] {
  if (typeof expression === 'string') return expression;
  const own = ['context', 'selector', 'type'];
  return Object.fromEntries(Object.entries(expression).filter(([name]) => own.includes(name)));
}
