import type { Diagnostic } from '../../diagnostic.ts';
import {
  type ArazzoDocument,
  correctReference,
  findWorkflow,
  type WorkflowSite,
} from '../../document/arazzo-document.ts';
import { quoteAll } from '../../document/json.ts';
import type { Workflow } from '../../document/model.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { findCertain, suggest } from '../../document/suggest.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../analysis.ts';
import { eachStep, eachWorkflow } from '../rule.ts';

/** Every workflow and step that is called, depended on or jumped to exists, and no workflow depends on itself. */
export function workflows(analysis: Analysis): readonly Diagnostic[] {
  return [
    ...eachWorkflow(analysis, (analyzed) => {
      const { document, workflow } = analyzed;
      const at = childPointer(workflow.pointer, 'dependsOn');
      const ids = workflow.dependsOn.flatMap((id, index) => judgeId(document, id, childPointer(at, index)));
      return [...ids, ...judgeCycle(analyzed, at)];
    }),
    ...eachStep(analysis, judgeStep),
  ];
}

function judgeStep(analyzed: AnalyzedStep, workflow: AnalyzedWorkflow): readonly Finding[] {
  const { step } = analyzed;
  const findings: Finding[] = [];
  const judgeTarget = (workflowId: string | undefined, pointer: string) => {
    if (workflowId === undefined) return;
    findings.push(...judgeId(workflow.document, workflowId, childPointer(pointer, 'workflowId')));
  };
  judgeTarget(step.workflowId, step.pointer);
  analyzed.actions.forEach(({ action }) => {
    judgeTarget(action.workflowId, action.pointer);
    if (action.stepId !== undefined) {
      findings.push(...judgeStepId(workflow, action.stepId, childPointer(action.pointer, 'stepId')));
    }
  });
  return findings;
}

function judgeId(document: ArazzoDocument, workflowId: string, pointer: string): readonly Finding[] {
  if (findWorkflow(document, workflowId) !== undefined) return judgeSpelling(document, workflowId, pointer);
  const prefix = '$sourceDescriptions.';
  if (!workflowId.startsWith(prefix)) return [describeUnknown('The document', document, workflowId, pointer)];
  const rest = workflowId.slice(prefix.length);
  const source = document.sources.find(({ name }) => rest.startsWith(`${name}.`));
  if (source === undefined) {
    const known = document.sources.map(({ name }) => name);
    const name = rest.split('.')[0] ?? '';
    const message = `"${workflowId}" names the source "${name}"; the sources are ${quoteAll(known)}.${suggest(name, known)}`;
    return [{ code: 'unknown-source', severity: 'error', message, pointer }];
  }
  if (source.type !== 'arazzo') {
    // The workflow of this document that is meant stands by itself.
    const own = document.workflows.find((workflow) => rest === `${source.name}.${workflow.workflowId}`)?.workflowId;
    const message = `"${workflowId}" names a workflow of the source "${source.name}", which is of the type "${source.type}"; one of the type "arazzo" was expected.${own === undefined ? '' : ` Did you mean "${own}"?`}`;
    const correction = own === undefined ? {} : { correction: own };
    return [{ code: 'unknown-workflow', severity: 'error', message, pointer, ...correction }];
  }
  const linked = document.linked.get(source.name)?.document;
  // A source that cannot be used is reported once, where it is described.
  if (linked === undefined) return [];
  const start = `${prefix}${source.name}.`;
  return [describeUnknown(`The source "${source.name}"`, linked, workflowId.slice(start.length), pointer, start)];
}

function judgeSpelling(document: ArazzoDocument, workflowId: string, pointer: string): readonly Finding[] {
  const correction = correctReference(document, workflowId);
  if (correction === undefined) return [];
  const message = `"${workflowId}" has "workflows" between the source and the workflow; "${correction}" was expected.`;
  const section = 'Step Object';
  return [{ code: 'workflows-in-reference', severity: 'warning', message, section, pointer, correction }];
}

function describeUnknown(
  subject: string,
  document: ArazzoDocument,
  workflowId: string,
  pointer: string,
  prefix = '',
): Finding {
  const known = document.workflows.map((workflow) => workflow.workflowId);
  const message = `${subject} has no workflow "${workflowId}"; its workflows are ${quoteAll(known)}.${suggest(workflowId, known)}`;
  const certain = findCertain(workflowId, known);
  const correction = certain === undefined ? {} : { correction: `${prefix}${certain}` };
  return { code: 'unknown-workflow', severity: 'error', message, pointer, ...correction };
}

function judgeStepId(workflow: AnalyzedWorkflow, stepId: string, pointer: string): readonly Finding[] {
  const known = workflow.workflow.steps.map((step) => step.stepId);
  if (known.includes(stepId)) return [];
  const message = `The workflow "${workflow.workflow.workflowId}" has no step "${stepId}"; its steps are ${quoteAll(known)}.${suggest(stepId, known)}`;
  const certain = findCertain(stepId, known);
  const correction = certain === undefined ? {} : { correction: certain };
  return [{ code: 'unknown-step', severity: 'error', message, pointer, ...correction }];
}

function judgeCycle({ document, workflow, id }: AnalyzedWorkflow, pointer: string): readonly Finding[] {
  const reached = new Set<string>();
  const waiting = dependenciesOf(document, workflow);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next.id)) continue;
    reached.add(next.id);
    waiting.push(...dependenciesOf(next.document, next.workflow));
  }
  if (!reached.has(id)) return [];
  const message = `The workflow "${workflow.workflowId}" depends on itself, by way of ${quoteAll(reached)}; a workflow must be complete before those that depend on it.`;
  return [{ code: 'workflow-cycle', severity: 'error', message, pointer }];
}

function dependenciesOf(document: ArazzoDocument, workflow: Workflow): WorkflowSite[] {
  return workflow.dependsOn.flatMap((id) => findWorkflow(document, id) ?? []);
}
