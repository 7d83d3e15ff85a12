import type { AnalyzedOutput } from '../../check/analysis.ts';
import type { Expression } from '../../expression/expression.ts';
import { splitName } from '../../expression/known-name.ts';
import { expressionsOf } from '../../expression/references.ts';
import type { Template } from '../../expression/template.ts';
import type { Plan, PlannedStep, PlannedWorkflow } from '../../plan/plan.ts';

/** What is read of the answer to a step. */
export interface AnswerReads {
  /** Paths of members of the body. */
  readonly body: readonly (readonly string[])[];
  /** In lower case. */
  readonly headers: readonly string[];
}

/** What each step reads of its own answer, and what later steps read of it through its outputs. */
export function findLaterReads(plan: Plan): ReadonlyMap<PlannedStep, AnswerReads> {
  const reads = new Map<PlannedStep, AnswerReads>();
  for (const workflow of plan.workflows.values()) {
    const expressions = expressionsIn(workflow);
    for (const step of workflow.steps) reads.set(step, readsOf(step, expressions));
  }
  return reads;
}

function readsOf(step: PlannedStep, everywhere: readonly Expression[]): AnswerReads {
  const own = [...expressionsOfOutputs(step.outputs), ...expressionsOfJudgement(step)];
  const through = everywhere.flatMap((expression) =>
    expression.kind === 'step-output' ? behind(step, expression) : [],
  );
  return {
    body: [...own.flatMap((expression) => bodyPath(expression) ?? []), ...through].map((path) => path.tokens),
    headers: own.flatMap((expression) => headerName(expression) ?? []),
  };
}

interface Path {
  readonly tokens: readonly string[];
}

function bodyPath(expression: Expression): Path | undefined {
  if (expression.kind !== 'message' || expression.message !== 'response') return undefined;
  const { source } = expression;
  return source.kind === 'body' ? { tokens: [...(source.pointer ?? []), ...(source.path ?? [])] } : undefined;
}

function headerName(expression: Expression): string | undefined {
  if (expression.kind !== 'message' || expression.message !== 'response') return undefined;
  return expression.source.kind === 'header' ? expression.source.name.toLowerCase() : undefined;
}

/** What an expression of another step reads of the answer when it follows a pointer into an output of this one. */
function behind(step: PlannedStep, expression: Extract<Expression, { kind: 'step-output' }>): readonly Path[] {
  if (expression.stepId !== step.stepId) return [];
  const known = splitName(
    expression.name,
    step.outputs.map(({ name }) => name),
  );
  const output = step.outputs.find(({ name }) => name === known?.name);
  const read = output && readBy(output.template);
  const path = read && bodyPath(read);
  return path ? [{ tokens: [...path.tokens, ...(known?.path ?? []), ...(expression.pointer ?? [])] }] : [];
}

function expressionsIn({ steps, outputs }: PlannedWorkflow): readonly Expression[] {
  return [...steps.flatMap(expressionsOfStep), ...expressionsOfOutputs(outputs)];
}

function expressionsOfStep(step: PlannedStep): readonly Expression[] {
  const { call } = step;
  const body = call.kind === 'operation' ? call.body : undefined;
  const templates = [
    ...call.parameters.map(({ template }) => template),
    ...(body?.payload ? [body.payload] : []),
    ...(body?.replacements ?? []).map(({ template }) => template),
  ];
  return [...templates.flatMap(readsIn), ...expressionsOfJudgement(step), ...expressionsOfOutputs(step.outputs)];
}

function expressionsOfOutputs(outputs: readonly AnalyzedOutput[]): readonly Expression[] {
  return outputs.flatMap(({ template }) => readsIn(template));
}

/** The expressions of a template, those of selectors with the places that these name. */
function readsIn(template: Template): readonly Expression[] {
  if (template.kind === 'list') return template.items.flatMap(readsIn);
  if (template.kind === 'object') return template.members.flatMap(([, member]) => readsIn(member));
  const read = readBy(template);
  return read === undefined ? expressionsOf(template) : [read];
}

/** The one expression that a template has the value of. */
function readBy(template: Template): Expression | undefined {
  if (template.kind === 'expression') return template.expression;
  if (template.kind !== 'selector' || template.query.kind !== 'compiled') return undefined;
  const { place } = template.query.query;
  return place && withPlace(template.expression, place);
}

function withPlace(expression: Expression, place: readonly string[]): Expression {
  if (expression.kind === 'step-output') return { ...expression, pointer: [...(expression.pointer ?? []), ...place] };
  if (expression.kind !== 'message' || expression.source.kind !== 'body') return expression;
  return { ...expression, source: { ...expression.source, path: [...(expression.source.path ?? []), ...place] } };
}

/**
 * Those of the criteria; of actions' criteria too, which may hold or not. What a success criterion finds by its being there
 * is read, what an action's finds is not: it would always be taken.
 */
function expressionsOfJudgement(step: PlannedStep): readonly Expression[] {
  const ofActions = [...step.onSuccess, ...step.onFailure].flatMap((action) => action.criteria);
  return [
    ...(step.successCriteria ?? []).flatMap(({ expressions, place }) =>
      expressions.map(({ expression }, index) => (place && index === 0 ? withPlace(expression, place) : expression)),
    ),
    ...ofActions.flatMap(({ expressions }) => expressions.map(({ expression }) => expression)),
  ];
}
