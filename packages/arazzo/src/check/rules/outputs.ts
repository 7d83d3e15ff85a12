import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggestExpression } from '../../expression/suggest-expression.ts';
import type { Analysis, AnalyzedOutput } from '../analysis.ts';
import { eachStep, eachWorkflow } from '../rule.ts';

/** Every output is a runtime expression; text that only looks like one is an error, other text a warning. */
export function outputs(analysis: Analysis): readonly Diagnostic[] {
  return [
    ...eachStep(analysis, (step) => step.outputs.flatMap(judge)),
    ...eachWorkflow(analysis, (workflow) => workflow.outputs.flatMap(judge)),
  ];
}

function judge({ name, template, text, pointer }: AnalyzedOutput): readonly Finding[] {
  if (template.kind === 'object') {
    const message = `The output "${name}" is ${text}; a runtime expression was expected, or a Selector Object of Arazzo 1.1 whose "context" is one.`;
    return [{ code: 'invalid-expression', severity: 'error', message, pointer }];
  }
  if (template.kind !== 'literal') return [];
  const message = `The output "${name}" is ${quote(text)}; a runtime expression was expected.${suggestExpression(text)}`;
  return [{ code: 'invalid-expression', severity: text.startsWith('$') ? 'error' : 'warning', message, pointer }];
}
