import type { Diagnostic } from '../../diagnostic.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Occurrence } from '../../expression/template.ts';
import type { Analysis, AnalyzedWorkflow } from '../analysis.ts';
import { followSteps } from '../control-flow.ts';
import { eachWorkflow } from '../rule.ts';

/** Every step can be reached, and outputs are read only of steps that are complete whichever way led there. */
export function controlFlow(analysis: Analysis): readonly Diagnostic[] {
  return eachWorkflow(analysis, judge);
}

function judge(workflow: AnalyzedWorkflow): readonly Finding[] {
  const { steps } = workflow;
  const flow = followSteps(steps);
  if (flow.isStraight) return [];
  const indexes = new Map(steps.toReversed().map(({ step, index }) => [step.stepId, index]));
  const findings: Finding[] = steps
    .filter(({ index }) => !flow.isReached(index))
    .map(({ step }) => {
      const message = `The step "${step.stepId}" is never reached: every way through the workflow "${workflow.workflow.workflowId}" leads past it.`;
      return { code: 'unreachable-step', severity: 'warning', message, pointer: childPointer(step.pointer, 'stepId') };
    });
  const judgeRead = ({ expression, text, pointer }: Occurrence, at: number | 'end', reader: string): void => {
    const read = expression.kind === 'step-output' ? indexes.get(expression.stepId) : undefined;
    // Reading what has not run yet is told by another rule.
    if (read === undefined || (at !== 'end' && read >= at) || flow.isSure(read, at)) return;
    const stepId = steps[read]?.step.stepId ?? '';
    const message = `${reader} reads "${text}", but a way leads there on which the step "${stepId}" has not succeeded; then the value is absent.`;
    findings.push({ code: 'skipped-step', severity: 'warning', message, pointer });
  };
  for (const { step, index, occurrences } of steps) {
    for (const occurrence of occurrences) judgeRead(occurrence, index, `The step "${step.stepId}"`);
  }
  for (const occurrence of workflow.occurrences) {
    judgeRead(occurrence, 'end', `The workflow "${workflow.workflow.workflowId}"`);
  }
  return findings;
}
