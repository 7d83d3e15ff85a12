import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../check/analysis.ts';
import { analyze } from '../check/analyze.ts';
import { checkAnalysis } from '../check/check.ts';
import { type Diagnostic, hasErrors } from '../diagnostic.ts';
import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import { quoteAll } from '../document/json.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { fileDiagnostic } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import type { Authorization } from '../security/authorizer.ts';
import { tokenUrlOf } from '../security/oauth2.ts';
import { type ChosenAuthorizations, type CredentialOptions, chooseAuthorizations } from './authorizations.ts';
import { judgeInputs } from './judge-inputs.ts';
import { judgeOrder } from './judge-order.ts';
import { collectOutputReferences, keptOutputs } from './kept-outputs.ts';
import { beginnings, orderWorkflows, reachableWorkflows, transferTargets } from './order.ts';
import {
  listCompiled,
  type Plan,
  type PlannedCall,
  type PlannedStep,
  type PlannedWorkflow,
  planAction,
} from './plan.ts';
import { type BaseUrlOf, judgeServers, readOverrides, type ServerOptions, serverOf } from './servers.ts';

export interface PlanOptions extends CredentialOptions, ServerOptions {
  /** All workflows of the document, in its order, when absent; those that actions of others lead to run when they do. */
  readonly workflowIds?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
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
  const order = orderWorkflows(document, options.workflowIds ?? beginnings(document));
  const reached = reachableWorkflows(document, order);
  const workflows = analysis.workflows.filter(({ id }) => reached.has(id));
  const overrides = readOverrides(analysis, options);
  const inputs = options.inputs ?? {};
  const baseUrlOf = once((operation: Operation) => serverOf(operation, overrides));
  const chosen = chooseAuthorizations(analysis, workflows, baseUrlOf, options);
  const findings = [
    ...(await checkAnalysis(analysis, options.strict ? { strict: true } : {}))
      .flatMap((finding) => concerning(analysis, reached, finding))
      .map(refuseUnsupported),
    ...overrides.diagnostics,
    ...judgeOrder(analysis, order),
  ];
  // Inputs and servers of a document that is not understood would only be misjudged.
  if (!hasErrors(findings)) {
    findings.push(...judgeServers(workflows, overrides, baseUrlOf), ...chosen.diagnostics);
    findings.push(...(await judgeInputs(analysis, order, inputs)));
  }
  const answered = transferTargets(document, order);
  const unanswered = findings.filter((finding) => !isAnswered(analysis, answered, finding));
  if (hasErrors(findings)) return { kind: 'refused', diagnostics: unanswered };

  const planned = workflows.map((workflow) => planWorkflow(analysis, workflow, baseUrlOf, chosen.steps));
  return {
    kind: 'planned',
    plan: {
      targets: listTargets(planned),
      document,
      order,
      workflows: new Map(planned.map((workflow) => [workflow.id, workflow])),
      inputs,
    },
    warnings: unanswered,
  };
}

/** Remembers what a function says of each operation, since many steps share one. */
function once<Result>(read: (operation: Operation) => Result): (operation: Operation) => Result {
  const known = new Map<Operation, Result>();
  return (operation) => {
    if (!known.has(operation)) known.set(operation, read(operation));
    return known.get(operation) as Result;
  };
}

function unknownWorkflows(document: ArazzoDocument, workflowIds: readonly string[]): readonly Diagnostic[] {
  const known = document.workflows.map((workflow) => workflow.workflowId);
  return workflowIds
    .filter((id) => findWorkflow(document, id) === undefined)
    .map((id) => {
      const message = `The document has no workflow "${id}"; its workflows are ${quoteAll(known)}.${suggest(id, known)}`;
      return fileDiagnostic('unknown-workflow', message, document.url);
    });
}

/** What is only checked and never carried out is refused here. */
function refuseUnsupported(finding: Diagnostic): Diagnostic {
  return finding.code === 'not-supported' ? { ...finding, severity: 'error' } : finding;
}

/** A finding that workflows to run are concerned by, as severe as it is for them. */
function concerning(analysis: Analysis, reached: ReadonlySet<string>, finding: Diagnostic): Diagnostic | readonly [] {
  const owner = ownerOf(analysis, finding);
  if (owner !== undefined) return reached.has(owner) ? finding : [];
  if (finding.code !== 'unresolved-reference') return finding;
  const told = analysis.workflows.flatMap(({ id, steps }) =>
    steps.flatMap(({ target }) => {
      const problems = target.kind === 'operation' ? target.problems : [];
      const problem = problems.find(({ url, pointer }) => url === finding.url && pointer === finding.pointer);
      return problem === undefined ? [] : [{ id, problem }];
    }),
  );
  if (told.length === 0) return finding;
  const here = told.flatMap(({ id, problem }) => (reached.has(id) ? problem : []));
  return here.find(({ severity }) => severity === 'error') ?? here[0] ?? [];
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
  return analysis.workflows.find(({ document, workflow }) => {
    return document.url === finding.url && `${finding.pointer}/`.startsWith(`${workflow.pointer}/`);
  })?.id;
}

function planWorkflow(
  analysis: Analysis,
  analyzed: AnalyzedWorkflow,
  baseUrlOf: BaseUrlOf,
  chosen: ChosenAuthorizations['steps'],
): PlannedWorkflow {
  const { id, document, workflow, inputs, components, outputs, occurrences } = analyzed;
  const references = collectOutputReferences([...occurrences, ...analyzed.steps.flatMap((step) => step.occurrences)]);
  const steps = analyzed.steps.flatMap((step) => {
    const call = planCall(step, baseUrlOf, chosen.get(step) ?? []);
    return call === undefined ? [] : planStep(step, call, keptOutputs(step.step, references));
  });
  const described = analysis.sources.filter(({ description }) => document.sources.includes(description));
  const sources = new Map(
    described.map(({ description: { name, type }, url }) => [name, { name, type, url }] as const),
  );
  return { id, document, workflow, inputs, sources, components, outputs, steps };
}

function planCall(
  { target, parameters, body }: AnalyzedStep,
  baseUrlOf: BaseUrlOf,
  authorizations: readonly Authorization[],
): PlannedCall | undefined {
  if (target.kind === 'workflow') return { kind: 'workflow', workflowId: target.called?.id ?? '', parameters };
  if (target.kind !== 'operation') return undefined;
  const { operation } = target;
  const baseUrl = baseUrlOf(operation) ?? '';
  return { kind: 'operation', operation, baseUrl, parameters, authorizations, ...(body && { body }) };
}

function planStep(analyzed: AnalyzedStep, call: PlannedCall, kept: ReadonlySet<string>): PlannedStep {
  const { step, dependencies, successCriteria, onSuccess, onFailure, outputs } = analyzed;
  return {
    stepId: step.stepId,
    dependencies,
    call,
    ...(successCriteria && { successCriteria: listCompiled(successCriteria) }),
    onSuccess: onSuccess.map(planAction),
    onFailure: onFailure.map(planAction),
    outputs,
    kept,
    ...(step.timeout !== undefined && { timeout: step.timeout }),
  };
}

function listTargets(workflows: readonly PlannedWorkflow[]): readonly string[] {
  const urls = workflows.flatMap(({ steps }) =>
    steps.flatMap(({ call }) =>
      call.kind === 'operation' ? [call.baseUrl, ...call.authorizations.flatMap((one) => tokenUrlOf(one) ?? [])] : [],
    ),
  );
  return [...new Set(urls)];
}
