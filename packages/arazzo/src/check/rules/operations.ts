import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { report } from '../rule.ts';

/** Every step names exactly one operation, and what the operation refers to exists. */
export function operations(analysis: Analysis): readonly Diagnostic[] {
  return analysis.workflows.flatMap(({ document, steps }) => steps.flatMap((step) => judge(document, step)));
}

function judge(document: ArazzoDocument, { step, target }: AnalyzedStep): readonly Diagnostic[] {
  const pointer = childPointer(step.pointer, step.operationId === undefined ? 'operationPath' : 'operationId');
  if (target.kind === 'missing') {
    return [report(document, { code: target.code, message: target.message, severity: 'error', pointer })];
  }
  if (target.kind === 'channel') {
    const message = `The step "${step.stepId}" is over an AsyncAPI channel: such steps are checked, and not run yet.`;
    return [report(document, { code: 'not-supported', message, severity: 'warning', pointer: step.pointer })];
  }
  if (target.kind !== 'operation') return [];
  const note = target.note && report(document, { ...target.note, severity: 'warning', pointer });
  return [...(note ? [note] : []), ...target.problems];
}
