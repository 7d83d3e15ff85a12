import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { report } from '../rule.ts';

/** Every step names exactly one operation, and what the operation refers to exists. */
export function operations(analysis: Analysis): readonly Diagnostic[] {
  return analysis.workflows.flatMap(({ document, steps }) => steps.flatMap((step) => judge(document, step)));
}

const fields = ['operationId', 'operationPath', 'channelPath'] as const;

function judge(document: ArazzoDocument, { step, target }: AnalyzedStep): readonly Diagnostic[] {
  const field = fields.find((name) => step[name] !== undefined) ?? 'operationId';
  const pointer = childPointer(step.pointer, field);
  if (target.kind === 'missing') {
    const { kind: _, ...missing } = target;
    return [report(document, { ...missing, severity: 'error', pointer })];
  }
  if (target.kind !== 'operation' && target.kind !== 'channel') return [];
  const note = target.note ? [report(document, { ...target.note, severity: 'warning', pointer })] : [];
  if (target.kind === 'channel') {
    const message = `The step "${step.stepId}" is over an AsyncAPI channel: such steps are checked, and not run yet.`;
    return [...note, report(document, { code: 'not-supported', message, severity: 'warning', pointer: step.pointer })];
  }
  return [...note, ...target.problems];
}
