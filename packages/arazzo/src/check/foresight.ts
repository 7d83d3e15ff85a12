import type { Expression } from '../expression/expression.ts';
import { splitName } from '../expression/known-name.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import type { AnalyzedWorkflow } from './analysis.ts';
import { followSteps } from './control-flow.ts';
import type { KnownInputs } from './inputs.ts';
import { stepsById } from './steps-by-id.ts';

/** What will be known of values at a place of a workflow, whatever the answers to its requests are. */
export interface Foresight {
  readonly workflow: AnalyzedWorkflow;
  /** Absent when nothing is known of inputs. */
  readonly inputs: KnownInputs | undefined;
  /** The place in the order of the steps; absent when nothing is known of outputs. */
  readonly at: number | undefined;
  /** Holds the values that are known. */
  readonly scope: Scope;
}

/**
 * What is known where steps make their requests: the inputs given, and that an output of a step is absent when no way to
 * there goes through its success.
 */
export function foresee(
  workflow: AnalyzedWorkflow,
  inputs: KnownInputs | undefined,
): (at: number | undefined) => Foresight {
  const { components } = workflow;
  const known = { steps: new Map(), workflows: new Map(), sources: new Map(), components };
  const scope = { inputs: inputs?.values ?? {}, ...known };
  return (at) => ({ workflow, inputs, at, scope });
}

/** Whether the value of a template is known, or that it has none. */
export function isKnown(foresight: Foresight, template: Template): boolean {
  return expressionsOf(template).every((expression) => isExpressionKnown(foresight, expression));
}

export function isExpressionKnown(foresight: Foresight, expression: Expression): boolean {
  const { workflow, inputs, at } = foresight;
  switch (expression.kind) {
    case 'input':
      return inputs !== undefined && !isUnknown(expression.name, inputs);
    case 'step-output':
      return at !== undefined && isSkipped(workflow, expression.stepId, at);
    case 'component': {
      const template = workflow.components.get(expression.name);
      return (
        template !== undefined &&
        expressionsOf(template).every((inner) => inner.kind === 'input' && isExpressionKnown(foresight, inner))
      );
    }
    default:
      return false;
  }
}

function isUnknown(name: string, { values, unknown }: KnownInputs): boolean {
  const split = splitName(name, [...Object.keys(values), ...unknown]);
  return split !== undefined && unknown.has(split.name);
}

/** Whether every way to a place leads past the success of a step that is written before it. */
export function isSkipped(workflow: AnalyzedWorkflow, stepId: string, at: number): boolean {
  const flow = followSteps(workflow.steps);
  if (flow.isStraight) return false;
  const read = stepsById(workflow).get(stepId);
  return read !== undefined && read.index < at && flow.isReached(at) && !flow.isPossible(read.index, at);
}
