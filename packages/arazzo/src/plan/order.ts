import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { findWorkflow } from '../document/arazzo-document.ts';
import type { Action, Reusable, Workflow } from '../document/model.ts';

/** The workflows and all they depend on, each once, dependencies first (Arazzo 1.0.1 §Workflow Object `dependsOn`). */
export function orderWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): readonly string[] {
  const ordered = new Set<string>();
  const visited = new Set<string>();
  const visit = (workflowId: string): void => {
    // A cycle, which `check` refuses, ends here instead of going round.
    if (visited.has(workflowId)) return;
    visited.add(workflowId);
    for (const dependency of findWorkflow(document, workflowId)?.dependsOn ?? []) visit(dependency);
    ordered.add(workflowId);
  };
  for (const workflowId of workflowIds) visit(workflowId);
  return [...ordered];
}

/** The workflows that steps of these call, and those they jump to, and so on; these included. */
export function reachableWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): ReadonlySet<string> {
  return closure(document, workflowIds, (workflow) => [...calledBy(workflow), ...jumpedToBy(document, workflow)]);
}

/** The workflows that actions of these lead to, which run with the same inputs; these included. */
export function transferTargets(document: ArazzoDocument, workflowIds: readonly string[]): ReadonlySet<string> {
  return closure(document, workflowIds, (workflow) => jumpedToBy(document, workflow));
}

function closure(
  document: ArazzoDocument,
  start: readonly string[],
  next: (workflow: Workflow) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const workflow = findWorkflow(document, id);
    if (workflow === undefined || reached.has(id)) continue;
    reached.add(id);
    waiting.push(...next(workflow));
  }
  return reached;
}

function calledBy(workflow: Workflow): readonly string[] {
  return workflow.steps.flatMap((step) => step.workflowId ?? []);
}

function jumpedToBy(document: ArazzoDocument, workflow: Workflow): readonly string[] {
  const { successActions, failureActions } = document.components;
  const components = new Map<string, Action>([
    ...[...successActions].map(([name, action]) => [`$components.successActions.${name}`, action] as const),
    ...[...failureActions].map(([name, action]) => [`$components.failureActions.${name}`, action] as const),
  ]);
  const targetOf = (entry: Action | Reusable): string | undefined =>
    (entry.kind === 'action' ? entry : components.get(entry.reference))?.workflowId;
  const entries = [...workflow.successActions, ...workflow.failureActions];
  for (const step of workflow.steps) entries.push(...step.onSuccess, ...step.onFailure);
  return entries.flatMap((entry) => targetOf(entry) ?? []);
}
