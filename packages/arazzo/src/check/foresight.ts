import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Expression } from '../expression/expression.ts';
import { splitName } from '../expression/known-name.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import type { AnalyzedWorkflow } from './analysis.ts';
import { followSteps } from './control-flow.ts';
import type { KnownInputs } from './inputs.ts';
import { stepsById } from './steps-by-id.ts';

/** What will be known of values at the places of a workflow, whatever the answers to its requests are. */
export type ForesightAt = (place: number | undefined) => Foresight;

/** What will be known of values at one of them. */
export interface Foresight {
  /** Holds the values that are known. */
  readonly scope: Scope;
  /** Whether the value of a template is known, or that it has none. */
  isKnown(template: Template): boolean;
  isExpressionKnown(expression: Expression): boolean;
  evaluate(template: Template): unknown;
}

/**
 * What is known where a step makes its request: the inputs given, and that an output of a step is absent when no way to
 * here goes through its success. Without `inputs`, and without a place, nothing is known of inputs and of outputs.
 */
export function foresee(workflow: AnalyzedWorkflow, inputs: KnownInputs | undefined): ForesightAt {
  const { components } = workflow;
  const scope = {
    inputs: inputs?.values ?? {},
    steps: new Map(),
    workflows: new Map(),
    sources: new Map(),
    components,
  };
  return (place) => foreseeAt(workflow, inputs, place, scope);
}

function foreseeAt(
  workflow: AnalyzedWorkflow,
  inputs: KnownInputs | undefined,
  at: number | undefined,
  scope: Scope,
): Foresight {
  const { components } = workflow;
  const isExpressionKnown = (expression: Expression): boolean => {
    switch (expression.kind) {
      case 'input':
        return inputs !== undefined && !isUnknown(expression.name, inputs);
      case 'step-output':
        return at !== undefined && isSkipped(workflow, expression.stepId, at);
      case 'component': {
        const template = components.get(expression.name);
        return (
          template !== undefined &&
          expressionsOf(template).every((inner) => inner.kind === 'input' && isExpressionKnown(inner))
        );
      }
      default:
        return false;
    }
  };
  return {
    scope,
    isExpressionKnown,
    isKnown: (template) => expressionsOf(template).every(isExpressionKnown),
    evaluate: (template) => evaluateTemplate(template, scope),
  };
}

function isUnknown(name: string, { values, unknown }: KnownInputs): boolean {
  const split = splitName(name, [...Object.keys(values), ...unknown]);
  return split !== undefined && unknown.has(split.name);
}

/** Whether every way to a place leads past the success of a step that is written before it. */
export function isSkipped(workflow: AnalyzedWorkflow, stepId: string, at: number): boolean {
  const flow = followSteps(workflow.steps);
  const read = stepsById(workflow).get(stepId);
  return read !== undefined && read.index < at && flow.isReached(at) && !flow.isPossible(read.index, at);
}
