import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../check/analysis.ts';
import { analyze } from '../check/analyze.ts';
import { checkAnalysis } from '../check/check.ts';
import { type Diagnostic, hasErrors } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { quoteAll } from '../document/json.ts';
import { fileDiagnostic } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import { judgeInputs } from './judge-inputs.ts';
import { judgeOrder } from './judge-order.ts';
import { orderWorkflows, reachableWorkflows, transferTargets } from './order.ts';
import { type Plan, type PlannedStep, type PlannedWorkflow, planAction } from './plan.ts';
import { judgeServers, readOverrides, serverOf } from './servers.ts';

export interface PlanOptions {
  /** All workflows of the document, in its order, when absent. */
  readonly workflowIds?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Base URLs that replace those of the sources, by the name of the source. */
  readonly servers?: Readonly<Record<string, string>>;
  readonly strict?: boolean;
}

export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: Plan; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Resolves everything that the workflows need, or refuses: no request is sent while anything is unresolved. Findings in
 * workflows that this run does not reach do not count. Never rejects.
 */
export async function plan(document: ArazzoDocument, options: PlanOptions = {}): Promise<PlanResult> {
  const unknown = unknownWorkflows(document, options.workflowIds ?? []);
  if (unknown.length > 0) return { kind: 'refused', diagnostics: unknown };
  const analysis = await analyze(document);
  const order = orderWorkflows(
    document,
    options.workflowIds ?? document.workflows.map((workflow) => workflow.workflowId),
  );
  const reached = reachableWorkflows(document, order);
  const workflows = analysis.workflows.filter(({ workflow }) => reached.has(workflow.workflowId));
  const overrides = readOverrides(document, options.servers ?? {});
  const inputs = options.inputs ?? {};
  const findings = [
    ...checkAnalysis(analysis, options.strict ? { strict: true } : {}).filter((finding) =>
      concerns(analysis, reached, finding),
    ),
    ...overrides.diagnostics,
    ...judgeOrder(analysis, order),
  ];
  // Inputs and servers of a document that is not understood would only be misjudged.
  if (!hasErrors(findings)) {
    findings.push(...judgeServers(analysis, workflows, overrides.servers));
    findings.push(...(await judgeInputs(analysis, order, inputs)));
  }
  const answered = transferTargets(document, order);
  const unanswered = findings.filter((finding) => !isAnswered(analysis, answered, finding));
  if (hasErrors(findings)) return { kind: 'refused', diagnostics: unanswered };

  const planned = workflows.map((workflow) => planWorkflow(workflow, overrides.servers));
  return {
    kind: 'planned',
    plan: {
      targets: listTargets(planned),
      document,
      order,
      workflows: new Map(planned.map((workflow) => [workflow.workflow.workflowId, workflow])),
      inputs,
      sources: new Map(analysis.sources.map((source) => [source.description.name, source.url])),
    },
    warnings: unanswered,
  };
}

function unknownWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): readonly Diagnostic[] {
  const known = document.workflows.map((workflow) => workflow.workflowId);
  return workflowIds
    .filter((id) => !known.includes(id))
    .map((id) => {
      const message = `The document has no workflow "${id}"; its workflows are ${quoteAll(known)}.${suggest(id, known)}`;
      return fileDiagnostic('unknown-workflow', message, document.url);
    });
}

function concerns(analysis: Analysis, reached: ReadonlySet<string>, finding: Diagnostic): boolean {
  const owner = ownerOf(analysis, finding);
  return owner === undefined || reached.has(owner);
}

/**
 * With the inputs at hand these warnings of `check` are either refusals or settled. The inputs of workflows that are
 * called by steps are not at hand.
 */
function isAnswered(analysis: Analysis, answered: ReadonlySet<string>, finding: Diagnostic): boolean {
  if (finding.severity === 'error' || !['missing-parameter', 'missing-body-member'].includes(finding.code)) {
    return false;
  }
  const owner = ownerOf(analysis, finding);
  return owner === undefined || answered.has(owner);
}

/** The workflow that a finding is in. */
function ownerOf(analysis: Analysis, finding: Diagnostic): string | undefined {
  if (finding.url !== analysis.document.url) return undefined;
  const owner = analysis.workflows.find(({ workflow }) => `${finding.pointer}/`.startsWith(`${workflow.pointer}/`));
  return owner?.workflow.workflowId;
}

function planWorkflow(analyzed: AnalyzedWorkflow, servers: ReadonlyMap<string, string>): PlannedWorkflow {
  const { workflow, outputs } = analyzed;
  return { workflow, outputs, steps: analyzed.steps.flatMap((step) => planStep(step, servers) ?? []) };
}

function planStep(analyzed: AnalyzedStep, servers: ReadonlyMap<string, string>): PlannedStep | undefined {
  const { step, target, parameters, body, successCriteria, onSuccess, onFailure, outputs } = analyzed;
  const common = {
    stepId: step.stepId,
    ...(successCriteria && {
      successCriteria: successCriteria.flatMap(({ result }) => (result.kind === 'compiled' ? result.criterion : [])),
    }),
    onSuccess: onSuccess.map(planAction),
    onFailure: onFailure.map(planAction),
    outputs,
    ...(step.timeout !== undefined && { timeout: step.timeout }),
  };
  if (target.kind === 'workflow') {
    return { ...common, call: { kind: 'workflow', workflowId: target.workflowId, parameters } };
  }
  if (target.kind !== 'operation') return undefined;
  const { operation } = target;
  const baseUrl = serverOf(operation, servers) ?? '';
  return { ...common, call: { kind: 'operation', operation, baseUrl, parameters, ...(body && { body }) } };
}

function listTargets(workflows: readonly PlannedWorkflow[]): readonly string[] {
  const urls = workflows.flatMap(({ steps }) =>
    steps.flatMap(({ call }) => (call.kind === 'operation' ? call.baseUrl : [])),
  );
  return [...new Set(urls)];
}
