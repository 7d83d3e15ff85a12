import type { Diagnostic } from '../../diagnostic.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { report } from '../rule.ts';

/** Every step names exactly one operation, and what the operation refers to exists. */
export function operations(analysis: Analysis): readonly Diagnostic[] {
  return analysis.workflows.flatMap((workflow) => workflow.steps.flatMap((step) => judge(analysis, step)));
}

function judge(analysis: Analysis, { step, target }: AnalyzedStep): readonly Diagnostic[] {
  const pointer = childPointer(step.pointer, step.operationId === undefined ? 'operationPath' : 'operationId');
  if (target.kind === 'missing') {
    return [report(analysis, { code: target.code, message: target.message, severity: 'error', pointer })];
  }
  if (target.kind !== 'operation') return [];
  const note = target.note && report(analysis, { ...target.note, severity: 'warning', pointer });
  return [...(note ? [note] : []), ...target.problems];
}
