import type { CompileResult } from '../criterion/criterion.ts';
import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts';
import type { ArazzoDocument, WorkflowSite } from '../document/arazzo-document.ts';
import type { ChannelAction } from '../document/async-api.ts';
import type { InputDeclaration } from '../document/inputs.ts';
import type { Action, Criterion, Reusable, Step, Workflow } from '../document/model.ts';
import type { Operation } from '../document/openapi/operation.ts';
import type { ResponseDescription } from '../document/openapi/responses.ts';
import type { Source } from '../document/sources.ts';
import type { Occurrence, Template } from '../expression/template.ts';
import type { BodyTemplate, ParameterTemplate, ReplacementTemplate } from '../request/request-template.ts';

/** A document with every name in it looked up and every expression parsed; what rules judge and `plan` is made from. */
export interface Analysis {
  /** The document that was loaded. */
  readonly document: ArazzoDocument;
  /** That document and the Arazzo documents it reaches. */
  readonly documents: readonly ArazzoDocument[];
  /** Of all documents. */
  readonly sources: readonly Source[];
  /** Of all documents. */
  readonly workflows: readonly AnalyzedWorkflow[];
}

export interface AnalyzedWorkflow {
  /** Unique among all documents. */
  readonly id: string;
  readonly document: ArazzoDocument;
  readonly workflow: Workflow;
  readonly inputs: InputDeclaration;
  /** In the order in which they run. */
  readonly steps: readonly AnalyzedStep[];
  /** Steps that depend on each other in a circle, which is reported. */
  readonly cycle: readonly string[];
  /** The values of the component parameters that its expressions name. */
  readonly components: ReadonlyMap<string, Template>;
  readonly outputs: readonly AnalyzedOutput[];
  /** Of the workflow's own outputs. */
  readonly occurrences: readonly Occurrence[];
}

export interface AnalyzedStep {
  readonly step: Step;
  /** Its place in the order in which steps run. */
  readonly index: number;
  readonly dependencies: readonly AnalyzedDependency[];
  readonly target: StepTarget;
  readonly parameters: readonly AnalyzedParameter[];
  /** What tells the message to receive; absent when any will do. */
  readonly correlation?: Template;
  readonly body?: AnalyzedBody;
  /** Absent when the step gives none. */
  readonly successCriteria?: readonly AnalyzedCriterion[];
  /** The step's own actions first, then those of the workflow that it does not override by name. */
  readonly onSuccess: readonly AnalyzedAction[];
  readonly onFailure: readonly AnalyzedAction[];
  /** Those of both. */
  readonly actions: readonly AnalyzedAction[];
  readonly outputs: readonly AnalyzedOutput[];
  readonly occurrences: readonly Occurrence[];
  /** Reusable Objects whose reference names no component of the right kind. */
  readonly unresolved: readonly UnresolvedReusable[];
}

/** A step that must be complete before another. */
export interface AnalyzedDependency {
  readonly text: string;
  readonly pointer: string;
  readonly stepId: string;
  /** The id of its workflow; absent for a step of the same workflow. */
  readonly workflowId?: string;
  /** Why there is no such step. */
  readonly problem?: LookupNote;
  /** What was read leniently. */
  readonly note?: LookupNote;
}

export type StepTarget =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** What could not be read of the operation. */
      readonly problems: readonly Diagnostic[];
      /** Empty when the step reads no response body. */
      readonly responses: readonly ResponseDescription[];
      readonly note?: LookupNote;
    }
  | {
      readonly kind: 'workflow';
      /** Absent when there is none of that name, which is reported elsewhere. */
      readonly called?: WorkflowSite;
    }
  | ChannelTarget
  | {
      readonly kind: 'missing';
      readonly code: DiagnosticCode;
      readonly message: string;
      /** What is surely meant. */
      readonly correction?: string;
    }
  /** The source is unusable or the step names nothing, which is reported elsewhere. */
  | { readonly kind: 'unavailable' };

/** A step over an AsyncAPI channel, which is not carried out. */
export interface ChannelTarget {
  readonly kind: 'channel';
  readonly sourceName: string;
  readonly address: string;
  /** What the step does; absent when neither it nor an operation says so, which is reported elsewhere. */
  readonly action?: ChannelAction;
  readonly operationId?: string;
  readonly note?: LookupNote;
}

/** A lenient reading of an operation reference. */
export interface LookupNote {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** The section of Arazzo 1.1.0 that asks for more. */
  readonly section?: string;
  /** How it is written without leniency. */
  readonly correction?: string;
}

export interface AnalyzedParameter extends ParameterTemplate {
  readonly pointer: string;
  /** True for a parameter of the workflow, which not every step's operation need know. */
  readonly inherited: boolean;
}

export interface AnalyzedBody extends BodyTemplate {
  readonly replacements: readonly AnalyzedReplacement[];
  readonly pointer: string;
}

export interface AnalyzedReplacement extends ReplacementTemplate {
  readonly pointer: string;
}

export interface AnalyzedCriterion {
  readonly criterion: Criterion;
  readonly result: CompileResult;
}

export interface AnalyzedAction {
  readonly action: Action;
  /** The workflow it leads to; absent when it leads to none, or none of that name. */
  readonly target?: WorkflowSite;
  /** Inputs of the workflow it leads to. */
  readonly parameters: readonly AnalyzedParameter[];
  readonly criteria: readonly AnalyzedCriterion[];
}

export interface AnalyzedOutput {
  readonly name: string;
  readonly template: Template;
  readonly text: string;
  readonly pointer: string;
}

export interface UnresolvedReusable {
  readonly reusable: Reusable;
  readonly message: string;
  /** The reference that is surely meant. */
  readonly correction?: string;
}
