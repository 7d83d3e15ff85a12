import type { Diagnostic } from '../../diagnostic.ts';
import type { Criterion } from '../../document/model.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedCriterion } from '../analysis.ts';
import { correctCondition } from '../rewrite.ts';
import { eachStep } from '../rule.ts';

/** Every criterion can be read and is of a type that is carried out; none passes for want of understanding. */
export function criteria(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => {
    const ofActions = step.actions.flatMap((action) => action.criteria.flatMap(judge));
    return step.successCriteria === undefined ? ofActions : [...step.successCriteria.flatMap(judge), ...ofActions];
  });
}

function judge({ criterion, result }: AnalyzedCriterion): readonly Finding[] {
  const pointer = childPointer(criterion.pointer, 'condition');
  switch (result.kind) {
    case 'compiled':
      return result.criterion.notes.map((note) => ({
        code: 'invalid-condition',
        severity: 'warning',
        ...note,
        pointer,
        ...correct(criterion, true),
      }));
    case 'invalid':
      // Whoever read the criterion has told that its context is missing.
      if (criterion.type !== 'simple' && criterion.context === undefined) return [];
      if (result.about === 'context') {
        const context = childPointer(criterion.pointer, 'context');
        return [{ code: 'invalid-expression', severity: 'error', message: result.message, pointer: context }];
      }
      return [
        {
          code: 'invalid-condition',
          severity: 'error',
          message: result.message,
          pointer,
          ...correct(criterion, false),
        },
      ];
    case 'unsupported':
      return [{ code: 'not-supported', severity: 'error', message: result.message, pointer }];
  }
}

function correct(criterion: Criterion, isReadable: boolean): Pick<Finding, 'correction'> {
  const correction = correctCondition(criterion, isReadable);
  return correction === undefined ? {} : { correction };
}
