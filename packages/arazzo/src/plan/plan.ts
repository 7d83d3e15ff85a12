import type { AnalyzedAction, AnalyzedBody, AnalyzedOutput, AnalyzedParameter } from '../check/analysis.ts';
import type { CompiledCriterion } from '../criterion/criterion.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import type { Action, Workflow } from '../document/model.ts';
import type { Operation } from '../document/openapi/operation.ts';

/** Workflows ready to run: everything is resolved. Only `targets` is for others than `run` to read. */
export interface Plan {
  /** The base URLs that requests will go to, each once. */
  readonly targets: readonly string[];
  readonly document: ArazzoDocument;
  /** The workflows to run, those depended on before those that depend on them. */
  readonly order: readonly string[];
  /** The ordered workflows and those they call or jump to. */
  readonly workflows: ReadonlyMap<string, PlannedWorkflow>;
  /** The values of the given inputs; each workflow takes those it declares. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The absolute URLs of the source descriptions by name. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface PlannedWorkflow {
  readonly workflow: Workflow;
  readonly steps: readonly PlannedStep[];
  readonly outputs: readonly AnalyzedOutput[];
}

export interface PlannedStep {
  readonly stepId: string;
  readonly call: PlannedCall;
  /** Absent when the step gives none and the default decides. */
  readonly successCriteria?: readonly CompiledCriterion[];
  readonly onSuccess: readonly PlannedAction[];
  readonly onFailure: readonly PlannedAction[];
  readonly outputs: readonly AnalyzedOutput[];
  /** Milliseconds, when the step gives it. */
  readonly timeout?: number;
}

type PlannedCall = OperationCall | WorkflowCall;

export interface OperationCall {
  readonly kind: 'operation';
  readonly operation: Operation;
  readonly baseUrl: string;
  readonly parameters: readonly AnalyzedParameter[];
  readonly body?: AnalyzedBody;
}

export interface WorkflowCall {
  readonly kind: 'workflow';
  readonly workflowId: string;
  /** Become the inputs of the called workflow. */
  readonly parameters: readonly AnalyzedParameter[];
}

export interface PlannedAction {
  readonly action: Action;
  readonly criteria: readonly CompiledCriterion[];
}

/** The compiled criteria of an action; a plan is made only when all of them compile. */
export function planAction({ action, criteria }: AnalyzedAction): PlannedAction {
  return { action, criteria: criteria.flatMap(({ result }) => (result.kind === 'compiled' ? result.criterion : [])) };
}
