import type {
  AnalyzedAction,
  AnalyzedBody,
  AnalyzedCriterion,
  AnalyzedDependency,
  AnalyzedOutput,
  AnalyzedParameter,
} from '../check/analysis.ts';
import type { CompiledCriterion } from '../criterion/criterion.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import type { InputDeclaration } from '../document/inputs.ts';
import type { Action, Workflow } from '../document/model.ts';
import { trimList } from '../document/trim-list.ts';
import type { SourceFields } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import type { RequestTemplate } from '../request/request-template.ts';
import type { Authorization } from '../security/authorizer.ts';

/** Workflows ready to run: everything is resolved. Only `targets` is for others than `run` to read. */
export interface Plan {
  /** The base URLs that requests will go to, each once, and those of tokens. */
  readonly targets: readonly string[];
  readonly document: ArazzoDocument;
  /** The workflows to run, those depended on before those that depend on them. */
  readonly order: readonly string[];
  /** The ordered workflows and those they call or jump to, by id. */
  readonly workflows: ReadonlyMap<string, PlannedWorkflow>;
  /** The values of the given inputs; each workflow takes those it declares. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface PlannedWorkflow {
  /** Unique among all documents: the `workflowId`, or for another document the expression that leads there. */
  readonly id: string;
  readonly document: ArazzoDocument;
  readonly workflow: Workflow;
  readonly inputs: InputDeclaration;
  /** The source descriptions of its document by name. */
  readonly sources: ReadonlyMap<string, SourceFields>;
  /** The values of the component parameters that its expressions name. */
  readonly components: ReadonlyMap<string, Template>;
  readonly steps: readonly PlannedStep[];
  readonly outputs: readonly AnalyzedOutput[];
}

export interface PlannedStep {
  readonly stepId: string;
  /** Steps that must be complete before. */
  readonly dependencies: readonly AnalyzedDependency[];
  readonly call: PlannedCall;
  /** Absent when the step gives none and the default decides. */
  readonly successCriteria?: readonly CompiledCriterion[];
  readonly onSuccess: readonly PlannedAction[];
  readonly onFailure: readonly PlannedAction[];
  readonly outputs: readonly AnalyzedOutput[];
  /** The outputs that something reads; others are not kept. */
  readonly kept: ReadonlySet<string>;
  /** Milliseconds, when the step gives it. */
  readonly timeout?: number;
}

export type PlannedCall = OperationCall | WorkflowCall;

export interface OperationCall extends RequestTemplate {
  readonly kind: 'operation';
  readonly parameters: readonly AnalyzedParameter[];
  readonly body?: AnalyzedBody;
  /** In the order in which they are to be applied. */
  readonly authorizations: readonly Authorization[];
}

export interface WorkflowCall {
  readonly kind: 'workflow';
  readonly workflowId: string;
  /** Become the inputs of the called workflow. */
  readonly parameters: readonly AnalyzedParameter[];
}

export interface PlannedAction {
  readonly action: Action;
  /** The id of the workflow it leads to. */
  readonly workflowId?: string;
  /** Inputs of that workflow, besides those that this one was given. */
  readonly parameters: readonly AnalyzedParameter[];
  readonly criteria: readonly CompiledCriterion[];
}

export function planAction({ action, target, parameters, criteria }: AnalyzedAction): PlannedAction {
  return {
    action,
    ...(target && { workflowId: target.id }),
    parameters,
    criteria: listCompiled(criteria),
  };
}

/** Those that compile: of a plan that is made, all. */
export function listCompiled(criteria: readonly AnalyzedCriterion[]): readonly CompiledCriterion[] {
  return trimList(criteria.flatMap(({ result }) => (result.kind === 'compiled' ? result.criterion : [])));
}
