import type { Analysis, AnalyzedWorkflow } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { findWorkflow } from '../document/arazzo-document.ts';
import { locateFinding } from '../document/source-file.ts';
import type { Occurrence } from '../expression/template.ts';
import { reachableWorkflows, successors } from './order.ts';

/** Every workflow whose values are read will have run by then. */
export function judgeOrder(analysis: Analysis, order: readonly string[]): readonly Diagnostic[] {
  return order.flatMap((workflowId, index) => {
    const before = order.slice(0, index);
    const available = new Set([...before, ...reachableWorkflows(analysis.document, [...before, workflowId])]);
    const readers = reachableWorkflows(analysis.document, [workflowId]);
    const later = successors(analysis.document, workflowId);
    // A workflow has no outputs of its own to read while it runs.
    const meanwhile = new Set(available);
    if (!before.includes(workflowId)) meanwhile.delete(workflowId);
    return analysis.workflows
      .filter(({ id }) => readers.has(id))
      .flatMap((reader) =>
        judgeReader(reader, later.has(reader.id) && reader.id !== workflowId ? available : meanwhile),
      );
  });
}

function judgeReader(reader: AnalyzedWorkflow, available: ReadonlySet<string>): readonly Diagnostic[] {
  const dependencies = reader.steps.flatMap((step) => step.dependencies);
  const findings = dependencies.flatMap(({ workflowId, text, pointer }) => {
    if (workflowId === undefined || available.has(workflowId)) return [];
    const message = `The dependency "${text}" is in a workflow that does not run before; name it in the "dependsOn" of the workflow or run it first.`;
    return [locateFinding(reader.document.file, { code: 'workflow-not-run', severity: 'error', message, pointer })];
  });
  const read = workflowValuesIn(reader).flatMap(({ expression, text, pointer }) => {
    if (expression.kind !== 'workflow-value') return [];
    const target = findWorkflow(reader.document, expression.workflowId);
    if (target !== undefined && available.has(target.id)) return [];
    if (target?.id === reader.id && expression.field === 'inputs') return [];
    const message = `The expression "${text}" reads the workflow "${expression.workflowId}", which does not run before; name it in "dependsOn" or run it first.`;
    return [locateFinding(reader.document.file, { code: 'workflow-not-run', severity: 'error', message, pointer })];
  });
  return [...findings, ...read];
}

function workflowValuesIn({ steps, occurrences }: AnalyzedWorkflow): readonly Occurrence[] {
  const readsWorkflow = ({ expression }: Occurrence): boolean => expression.kind === 'workflow-value';
  return [occurrences, ...steps.map((step) => step.occurrences)].flatMap((list) => list.filter(readsWorkflow));
}
