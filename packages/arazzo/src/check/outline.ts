import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { memberOf, stringMember } from '../document/json.ts';
import type { Action } from '../document/model.ts';
import type { AnalyzedAction, AnalyzedOutput, AnalyzedStep, AnalyzedWorkflow } from './analysis.ts';
import { analyze } from './analyze.ts';

/** What a document says, resolved, as plain data that can be shown or written as JSON. */
export interface DocumentOutline {
  readonly url: string;
  readonly title: string;
  readonly arazzo: string;
  readonly sources: readonly { readonly name: string; readonly type: string; readonly url: string }[];
  readonly workflows: readonly WorkflowOutline[];
}

export interface WorkflowOutline {
  readonly workflowId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly dependsOn: readonly string[];
  readonly inputs: readonly InputOutline[];
  readonly steps: readonly StepOutline[];
  readonly outputs: readonly OutputOutline[];
}

export interface InputOutline {
  readonly name: string;
  /** As JSON Schema names types, several joined by `|`; `any` when the schema leaves it open. */
  readonly type: string;
  readonly required: boolean;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
}

export interface StepOutline {
  readonly stepId: string;
  readonly description?: string;
  readonly target: TargetOutline;
  /** Conditions as written. */
  readonly successCriteria: readonly string[];
  readonly onSuccess: readonly ActionOutline[];
  readonly onFailure: readonly ActionOutline[];
  readonly outputs: readonly OutputOutline[];
}

/** What a step calls. What cannot be resolved is shown as it is written; `check` tells why. */
export type TargetOutline =
  | {
      readonly kind: 'operation';
      readonly source: string;
      readonly method: string;
      readonly path: string;
      readonly operationId?: string;
    }
  | { readonly kind: 'workflow'; readonly workflowId: string }
  /** A step over an AsyncAPI channel (Arazzo 1.1.0 §Step Object), which `run` refuses. */
  | {
      readonly kind: 'channel';
      readonly source: string;
      /** Its address, or its name where the description leaves the address open. */
      readonly channel: string;
      /** What the step does; absent when nothing says so. */
      readonly action?: 'send' | 'receive';
      readonly operationId?: string;
    }
  | { readonly kind: 'unresolved'; readonly written: string };

export interface ActionOutline {
  readonly name: string;
  readonly type: Action['type'];
  readonly stepId?: string;
  readonly workflowId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly retryLimit?: number;
  /** Conditions as written; none means always. */
  readonly criteria: readonly string[];
}

interface OutputOutline {
  readonly name: string;
  /** The expression as written. */
  readonly value: string;
}

/** Describes a document and what its steps call. Never rejects. */
export async function outline(document: ArazzoDocument): Promise<DocumentOutline> {
  const { sources, workflows } = await analyze(document);
  return {
    url: document.url,
    title: document.title,
    arazzo: document.version,
    sources: sources.map(({ name, description, url }) => ({ name, type: description.type, url })),
    workflows: workflows.map(outlineWorkflow),
  };
}

function outlineWorkflow({ id, workflow, inputs, steps, outputs }: AnalyzedWorkflow): WorkflowOutline {
  const { summary, description, dependsOn } = workflow;
  return {
    workflowId: id,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    dependsOn,
    inputs: [...inputs.properties].map(([name, schema]) => outlineInput(name, schema, inputs.required.has(name))),
    steps: steps.map(outlineStep),
    outputs: outputs.map(outlineOutput),
  };
}

function outlineInput(name: string, schema: unknown, required: boolean): InputOutline {
  const type = memberOf(schema, 'type');
  const description = stringMember(schema, 'description');
  const value = memberOf(schema, 'default');
  const allowed = memberOf(schema, 'enum');
  const format = stringMember(schema, 'format');
  return {
    name,
    type: type === undefined ? 'any' : [type].flat().join('|'),
    required,
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    ...(Array.isArray(allowed) && { enum: allowed }),
    ...(format !== undefined && { format }),
  };
}

function outlineStep(analyzed: AnalyzedStep): StepOutline {
  const { step, successCriteria, onSuccess, onFailure, outputs } = analyzed;
  return {
    stepId: step.stepId,
    ...(step.description !== undefined && { description: step.description }),
    target: outlineTarget(analyzed),
    successCriteria: (successCriteria ?? []).map(({ criterion }) => criterion.condition),
    onSuccess: onSuccess.map(outlineAction),
    onFailure: onFailure.map(outlineAction),
    outputs: outputs.map(outlineOutput),
  };
}

function outlineTarget({ step, target }: AnalyzedStep): TargetOutline {
  if (target.kind === 'workflow') return { kind: 'workflow', workflowId: target.called?.id ?? step.workflowId ?? '' };
  if (target.kind === 'channel') {
    const { sourceName, address, action, operationId } = target;
    const said = { ...(action !== undefined && { action }), ...(operationId !== undefined && { operationId }) };
    return { kind: 'channel', source: sourceName, channel: address, ...said };
  }
  if (target.kind !== 'operation') {
    return { kind: 'unresolved', written: step.operationId ?? step.operationPath ?? step.channelPath ?? '' };
  }
  const { sourceName, method, path, operationId } = target.operation;
  return { kind: 'operation', source: sourceName, method, path, ...(operationId !== undefined && { operationId }) };
}

function outlineAction({ action, criteria }: AnalyzedAction): ActionOutline {
  const { name, type, stepId, workflowId, retryAfter, retryLimit } = action;
  return {
    name,
    type,
    ...(stepId !== undefined && { stepId }),
    ...(workflowId !== undefined && { workflowId }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(retryLimit !== undefined && { retryLimit }),
    criteria: criteria.map(({ criterion }) => criterion.condition),
  };
}

function outlineOutput({ name, text }: AnalyzedOutput): OutputOutline {
  return { name, value: text };
}
