import { compileCriterion } from '../criterion/compile.ts';
import type { CompileResult } from '../criterion/criterion.ts';
import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import type { Action, Criterion, Parameter, Reusable, Step, Workflow } from '../document/model.ts';
import { childPointer } from '../document/pointer.ts';
import { hasSelectors } from '../expression/selector.ts';
import { type KnownNames, type Occurrence, type Phase, parseTemplate } from '../expression/template.ts';
import { compileQuery } from '../query/compile.ts';
import { formatOf, mediaTypeOf } from '../request/media-type.ts';
import type {
  AnalyzedAction,
  AnalyzedBody,
  AnalyzedCriterion,
  AnalyzedParameter,
  AnalyzedStep,
  StepTarget,
  UnresolvedReusable,
} from './analysis.ts';
import { analyzeDependencies } from './analyze-dependencies.ts';
import { analyzeOutputs } from './analyze-outputs.ts';
import { resolveActions, resolveParameters } from './reusable.ts';

/** What the steps of a workflow have in common. */
export interface Surroundings {
  readonly document: ArazzoDocument;
  readonly workflow: Workflow;
  readonly names: KnownNames;
  /** What criteria were compiled to, by what they say: most steps ask the same of their responses. */
  readonly criteria: Map<string, CompileResult>;
}

/** Looks up what a step, which calls `target`, names besides, and parses its expressions. */
export function analyzeStep(surroundings: Surroundings, step: Step, index: number, target: StepTarget): AnalyzedStep {
  const { names } = surroundings;
  const found = new Findings(surroundings);
  const parameters = analyzeParameters(surroundings, step, found);
  const correlation =
    step.correlationId === undefined
      ? undefined
      : found.template(step.correlationId, childPointer(step.pointer, 'correlationId'));
  const body = step.requestBody && analyzeBody(step.requestBody, target, found);
  const successCriteria = step.successCriteria?.map((criterion) => found.criterion(criterion, 'outcome'));
  const outputs = analyzeOutputs(step.outputs, names, found.occurrences);
  const onSuccess = analyzeActions(surroundings, step.onSuccess, 'successActions', found);
  const onFailure = analyzeActions(surroundings, step.onFailure, 'failureActions', found);
  return {
    step,
    index,
    dependencies: analyzeDependencies(surroundings.document, surroundings.workflow, step),
    target,
    parameters,
    ...(correlation && { correlation }),
    ...(body && { body }),
    ...(successCriteria && { successCriteria }),
    onSuccess,
    onFailure,
    actions: onFailure.length === 0 ? onSuccess : [...onSuccess, ...onFailure],
    outputs,
    occurrences: found.occurrences,
    unresolved: found.unresolved,
  };
}

/** Parameters of the step override those of the workflow with the same name and place. */
function analyzeParameters(
  { document, workflow }: Surroundings,
  step: Step,
  found: Findings,
): readonly AnalyzedParameter[] {
  const own = resolveParameters(document, step.parameters, found.unresolved);
  const inherited = resolveParameters(document, workflow.parameters, found.unresolved);
  if (inherited.length === 0 && own.length < 2) {
    return own.map((parameter) => analyzeParameter(parameter, false, found, 'request'));
  }
  const merged = new Map<string, AnalyzedParameter>();
  const callsWorkflow = step.workflowId !== undefined;
  for (const parameter of [...inherited, ...own]) {
    const key = callsWorkflow ? parameter.name : `${parameter.in ?? ''} ${parameter.name}`;
    merged.set(key, analyzeParameter(parameter, !own.includes(parameter), found, 'request'));
  }
  return [...merged.values()];
}

function analyzeParameter(
  { name, in: place, value, pointer }: Parameter,
  inherited: boolean,
  found: Findings,
  phase: Phase,
): AnalyzedParameter {
  const template = found.template(value, childPointer(pointer, 'value'), phase);
  return { name, ...(place !== undefined && { in: place }), template, pointer, inherited };
}

function analyzeBody(body: NonNullable<Step['requestBody']>, called: StepTarget, found: Findings): AnalyzedBody {
  // Targets are in the language of the payload unless they say otherwise (Arazzo 1.1.0 §Payload Replacement Object).
  const isXml = called.kind === 'operation' && formatOf(mediaTypeOf(body, called.operation)) === 'xml';
  const usual = { type: isXml ? 'xpath' : 'jsonpointer' };
  return {
    pointer: body.pointer,
    ...(body.contentType !== undefined && { contentType: body.contentType }),
    ...(body.payload !== undefined && { payload: found.template(body.payload, childPointer(body.pointer, 'payload')) }),
    replacements: body.replacements.map(({ target, language = usual, value, pointer }) => ({
      target,
      language: language.type,
      query: compileQuery(language, target),
      template: found.template(value, childPointer(pointer, 'value')),
      pointer,
    })),
  };
}

/** An action of the step replaces the workflow's action of the same name; the others stay (Arazzo 1.0.1 §Step Object). */
function analyzeActions(
  { document, workflow }: Surroundings,
  entries: readonly (Action | Reusable)[],
  section: 'successActions' | 'failureActions',
  found: Findings,
): readonly AnalyzedAction[] {
  // Most steps have none.
  if (entries.length + workflow[section].length === 0) return [];
  const own = resolveActions(document, section, entries, found.unresolved);
  const names = new Set(own.map((action) => action.name));
  const inherited = resolveActions(document, section, workflow[section], found.unresolved);
  const actions: readonly Action[] = [...own, ...inherited.filter((action) => !names.has(action.name))];
  return actions.map((action) => {
    const target = action.workflowId === undefined ? undefined : findWorkflow(document, action.workflowId);
    const parameters = resolveParameters(document, action.parameters, found.unresolved);
    return {
      action,
      ...(target && { target }),
      parameters: parameters.map((parameter) => analyzeParameter(parameter, false, found, 'action')),
      criteria: action.criteria.map((criterion) => found.criterion(criterion, 'action')),
    };
  });
}

/** Collects what is met while a step is read. */
class Findings {
  readonly occurrences: Occurrence[] = [];
  readonly unresolved: UnresolvedReusable[] = [];
  readonly #names: KnownNames;
  readonly #selectors: boolean;
  readonly #criteria: Map<string, CompileResult>;

  constructor({ names, criteria, document }: Surroundings) {
    this.#names = names;
    this.#selectors = hasSelectors(document.version);
    this.#criteria = criteria;
  }

  template(value: unknown, pointer: string, phase: Phase = 'request'): ReturnType<typeof parseTemplate> {
    return parseTemplate(value, pointer, {
      names: this.#names,
      phase,
      selectors: this.#selectors,
      occurrences: this.occurrences,
    });
  }

  criterion(criterion: Criterion, phase: Phase): AnalyzedCriterion {
    const { type, version, condition, context } = criterion;
    const key = JSON.stringify([type, version, condition, context]);
    const result = this.#criteria.get(key) ?? compileCriterion(criterion);
    this.#criteria.set(key, result);
    const expressions = result.kind === 'compiled' ? result.criterion.expressions : [];
    for (const { expression, text } of expressions) {
      const pointer = childPointer(criterion.pointer, text === context ? 'context' : 'condition');
      this.occurrences.push({ phase, expression, text, pointer });
    }
    return { criterion, result };
  }
}
