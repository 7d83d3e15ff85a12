import { type ArazzoDocument, findWorkflow, type WorkflowSite } from '../document/arazzo-document.ts';
import type { Action, Reusable, Workflow } from '../document/model.ts';

/**
 * The workflows and all they depend on, in whatever document, each once, dependencies first (Arazzo 1.0.1 §Workflow
 * Object `dependsOn`). Ids are unique among all documents.
 */
export function orderWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): readonly string[] {
  const ordered = new Set<string>();
  const visited = new Set<string>();
  const visit = (from: ArazzoDocument, workflowId: string): void => {
    const site = findWorkflow(from, workflowId);
    // A cycle, which `check` refuses, ends here instead of going round.
    if (site === undefined || visited.has(site.id)) return;
    visited.add(site.id);
    for (const dependency of site.workflow.dependsOn) visit(site.document, dependency);
    ordered.add(site.id);
  };
  for (const workflowId of workflowIds) visit(document, workflowId);
  return [...ordered];
}

/**
 * The workflows of a document with which a run of all of it begins, in its order: those that no action of another one leads
 * to, which run when they are led to, and the first of each circle of such.
 */
export function beginnings(document: ArazzoDocument): readonly string[] {
  const sites = document.workflows.flatMap(({ workflowId }) => findWorkflow(document, workflowId) ?? []);
  const targets = new Set(
    sites.flatMap((site) => jumpedToBy(site, true).flatMap(({ id }) => (id === site.id ? [] : id))),
  );
  const reached = new Set<string>();
  const chosen = new Set<string>();
  for (const candidates of [sites.filter(({ id }) => !targets.has(id)), sites]) {
    for (const { id } of candidates) {
      if (reached.has(id)) continue;
      chosen.add(id);
      for (const next of closure(document, [id], (site) => jumpedToBy(site, true))) reached.add(next);
    }
  }
  return sites.flatMap(({ id }) => (chosen.has(id) ? id : []));
}

/** The workflows that steps of these call, and those they jump to, and so on; these included. */
export function reachableWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): ReadonlySet<string> {
  return closure(document, workflowIds, (site) => [...calledBy(site), ...jumpedToBy(site, true)]);
}

/** The workflows that actions of these lead to with the same inputs and no others; these included. */
export function transferTargets(document: ArazzoDocument, workflowIds: readonly string[]): ReadonlySet<string> {
  return closure(document, workflowIds, (site) => jumpedToBy(site, false));
}

/** The workflows that run once a workflow is over, since it goes on to them, with all that they call and lead to. */
export function successors(document: ArazzoDocument, workflowId: string): ReadonlySet<string> {
  const site = findWorkflow(document, workflowId);
  const next = site === undefined ? [] : leadsTo(site, ({ type }) => type === 'goto');
  return reachableWorkflows(
    document,
    next.map(({ id }) => id),
  );
}

function closure(
  document: ArazzoDocument,
  start: readonly string[],
  next: (site: WorkflowSite) => readonly WorkflowSite[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = start.flatMap((id) => findWorkflow(document, id) ?? []);
  for (let site = waiting.pop(); site !== undefined; site = waiting.pop()) {
    if (reached.has(site.id)) continue;
    reached.add(site.id);
    waiting.push(...next(site));
  }
  return reached;
}

function calledBy({ document, workflow }: WorkflowSite): readonly WorkflowSite[] {
  return workflow.steps.flatMap(({ workflowId }) =>
    workflowId === undefined ? [] : (findWorkflow(document, workflowId) ?? []),
  );
}

function jumpedToBy(site: WorkflowSite, withParameters: boolean): readonly WorkflowSite[] {
  return leadsTo(site, ({ parameters }) => withParameters || parameters.length === 0);
}

/** The workflows that those actions of a workflow and its steps name that are asked for. */
function leadsTo({ document, workflow }: WorkflowSite, isAsked: (action: Action) => boolean): readonly WorkflowSite[] {
  const { successActions, failureActions } = document.components;
  const components = new Map<string, Action>([
    ...[...successActions].map(([name, action]) => [`$components.successActions.${name}`, action] as const),
    ...[...failureActions].map(([name, action]) => [`$components.failureActions.${name}`, action] as const),
  ]);
  return actionsOf(workflow).flatMap((entry) => {
    const action = entry.kind === 'action' ? entry : components.get(entry.reference);
    if (action?.workflowId === undefined || !isAsked(action)) return [];
    return findWorkflow(document, action.workflowId) ?? [];
  });
}

const knownActions = new WeakMap<Workflow, readonly (Action | Reusable)[]>();

/** The actions of a workflow and its steps, collected once: several questions are asked of them. */
function actionsOf(workflow: Workflow): readonly (Action | Reusable)[] {
  const known = knownActions.get(workflow);
  if (known !== undefined) return known;
  const lists = [workflow.successActions, workflow.failureActions];
  for (const { onSuccess, onFailure } of workflow.steps) lists.push(onSuccess, onFailure);
  const actions = lists.flat();
  knownActions.set(workflow, actions);
  return actions;
}
