import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { quoteAll } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../analysis.ts';
import { eachStep, report } from '../rule.ts';

/** Every workflow and step that is called, depended on or jumped to exists, and no workflow depends on itself. */
export function workflows(analysis: Analysis): readonly Diagnostic[] {
  const { document } = analysis;
  const dependencies = document.workflows.flatMap(({ workflowId, dependsOn, pointer }) => [
    ...dependsOn.flatMap((id, index) => judgeId(document, id, childPointer(childPointer(pointer, 'dependsOn'), index))),
    ...judgeCycle(document, workflowId, childPointer(pointer, 'dependsOn')),
  ]);
  return [
    ...dependencies.map((finding) => report(analysis, finding)),
    ...eachStep(analysis, (step, workflow) => judgeStep(document, step, workflow)),
  ];
}

function judgeStep(document: ArazzoDocument, step: AnalyzedStep, workflow: AnalyzedWorkflow): readonly Finding[] {
  const called = step.target.kind === 'workflow' ? step.target.workflowId : undefined;
  const findings =
    called === undefined ? [] : [...judgeId(document, called, childPointer(step.step.pointer, 'workflowId'))];
  for (const { action } of [...step.onSuccess, ...step.onFailure]) {
    if (action.workflowId !== undefined) {
      findings.push(...judgeId(document, action.workflowId, childPointer(action.pointer, 'workflowId')));
    }
    if (action.stepId !== undefined) {
      findings.push(...judgeStepId(workflow, action.stepId, childPointer(action.pointer, 'stepId')));
    }
  }
  return findings;
}

function judgeId(document: ArazzoDocument, workflowId: string, pointer: string): readonly Finding[] {
  const known = document.workflows.map((workflow) => workflow.workflowId);
  if (known.includes(workflowId)) return [];
  if (workflowId.startsWith('$sourceDescriptions.')) {
    const message = `"${workflowId}" names a workflow of another document: that is not supported yet.`;
    return [{ code: 'not-supported', severity: 'error', message, pointer }];
  }
  const message = `The document has no workflow "${workflowId}"; its workflows are ${quoteAll(known)}.${suggest(workflowId, known)}`;
  return [{ code: 'unknown-workflow', severity: 'error', message, pointer }];
}

function judgeStepId(workflow: AnalyzedWorkflow, stepId: string, pointer: string): readonly Finding[] {
  const known = workflow.workflow.steps.map((step) => step.stepId);
  if (known.includes(stepId)) return [];
  const message = `The workflow "${workflow.workflow.workflowId}" has no step "${stepId}"; its steps are ${quoteAll(known)}.${suggest(stepId, known)}`;
  return [{ code: 'unknown-step', severity: 'error', message, pointer }];
}

function judgeCycle(document: ArazzoDocument, workflowId: string, pointer: string): readonly Finding[] {
  const dependencies = new Map(document.workflows.map((workflow) => [workflow.workflowId, workflow.dependsOn]));
  const reached = new Set<string>();
  const waiting = [...(dependencies.get(workflowId) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(dependencies.get(next) ?? []));
  }
  if (!reached.has(workflowId)) return [];
  const message = `The workflow "${workflowId}" depends on itself, by way of ${quoteAll(reached)}; a workflow must be complete before those that depend on it.`;
  return [{ code: 'workflow-cycle', severity: 'error', message, pointer }];
}
