import type { Diagnostic } from '../../diagnostic.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Occurrence } from '../../expression/template.ts';
import type { Analysis } from '../analysis.ts';
import { eachStep, eachWorkflow } from '../rule.ts';

/** Every Selector Object has a query that can be read and is carried out. */
export function selectors(analysis: Analysis): readonly Diagnostic[] {
  return [
    ...eachStep(analysis, (step) => step.occurrences.flatMap(judge)),
    ...eachWorkflow(analysis, (workflow) => workflow.occurrences.flatMap(judge)),
  ];
}

function judge({ query }: Occurrence): readonly Finding[] {
  if (query === undefined || query.result.kind === 'compiled') return [];
  const code = query.result.kind === 'invalid' ? 'invalid-selector' : 'not-supported';
  return [{ code, severity: 'error', message: query.result.message, pointer: query.pointer }];
}
