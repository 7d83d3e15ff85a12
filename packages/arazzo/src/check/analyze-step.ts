import { compileCriterion } from '../criterion/compile.ts';
import type { CompileResult } from '../criterion/criterion.ts';
import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import type { Action, Criterion, Parameter, Reusable, Step, Workflow } from '../document/model.ts';
import { readOperation } from '../document/openapi/operation.ts';
import { readResponses } from '../document/openapi/responses.ts';
import { findUnresolvedResponses } from '../document/openapi/unresolved-responses.ts';
import { childPointer } from '../document/pointer.ts';
import type { Source } from '../document/sources.ts';
import { hasSelectors } from '../expression/selector.ts';
import { type KnownNames, type Occurrence, parseTemplate } from '../expression/template.ts';
import { compileQuery } from '../query/compile.ts';
import { formatOf, mediaTypeOf } from '../request/media-type.ts';
import type {
  AnalyzedAction,
  AnalyzedBody,
  AnalyzedCriterion,
  AnalyzedParameter,
  AnalyzedStep,
  Phase,
  StepOccurrence,
  StepTarget,
  UnresolvedReusable,
} from './analysis.ts';
import { analyzeDependencies } from './analyze-dependencies.ts';
import { analyzeOutputs } from './analyze-outputs.ts';
import { findOperation } from './find-operation.ts';
import { resolveActions, resolveParameters } from './reusable.ts';

/** What the steps of a workflow have in common. */
export interface Surroundings {
  readonly document: ArazzoDocument;
  readonly sources: readonly Source[];
  readonly workflow: Workflow;
  readonly names: KnownNames;
  /** What criteria were compiled to, by what they say: most steps ask the same of their responses. */
  readonly criteria: Map<string, CompileResult>;
}

/** Looks up what a step names and parses its expressions. */
export async function analyzeStep(surroundings: Surroundings, step: Step, index: number): Promise<AnalyzedStep> {
  const { names } = surroundings;
  const found = new Findings(surroundings);
  const parameters = analyzeParameters(surroundings, step, found);
  const target = await findTarget(surroundings, step);
  const correlation =
    step.correlationId === undefined
      ? undefined
      : found.template(step.correlationId, childPointer(step.pointer, 'correlationId'));
  const body = step.requestBody && analyzeBody(step.requestBody, target, found);
  const successCriteria = step.successCriteria?.map((criterion) => found.criterion(criterion, 'outcome'));
  const outputOccurrences: Occurrence[] = [];
  const outputs = analyzeOutputs(step.outputs, names, outputOccurrences);
  found.add(outputOccurrences, 'outcome');
  return {
    step,
    index,
    dependencies: analyzeDependencies(surroundings.document, surroundings.workflow, step),
    target,
    parameters,
    ...(correlation && { correlation }),
    ...(body && { body }),
    ...(successCriteria && { successCriteria }),
    onSuccess: analyzeActions(surroundings, step, 'successActions', found),
    onFailure: analyzeActions(surroundings, step, 'failureActions', found),
    outputs,
    occurrences: found.occurrences,
    unresolved: found.unresolved,
  };
}

async function findTarget(surroundings: Surroundings, step: Step): Promise<StepTarget> {
  if (step.workflowId !== undefined) {
    const called = findWorkflow(surroundings.document, step.workflowId);
    return { kind: 'workflow', ...(called && { called }) };
  }
  const lookup = findOperation(surroundings.sources, step);
  if (lookup.kind !== 'found') return lookup;
  const { operation, problems } = await readOperation(lookup.sourceName, lookup.site);
  const isRead = readsResponse(step);
  const responses = isRead ? await readResponses(lookup.site) : [];
  const unresolved = await findUnresolvedResponses(lookup.site);
  // What the step reads decides whether it succeeds and what later requests hold; the rest decides nothing.
  const inResponses = unresolved.map((problem) => (isRead ? problem : { ...problem, severity: 'warning' as const }));
  const all = [...problems, ...inResponses];
  return { kind: 'operation', operation, problems: all, responses, ...(lookup.note && { note: lookup.note }) };
}

/** Reading the responses of a large API takes a while, and not every step looks into them. */
function readsResponse({ outputs, successCriteria, onSuccess, onFailure }: Step): boolean {
  return [outputs, successCriteria, onSuccess, onFailure].some(mentionsResponseBody);
}

function mentionsResponseBody(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('$response.body');
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsResponseBody);
}

/** Parameters of the step override those of the workflow with the same name and place. */
function analyzeParameters(surroundings: Surroundings, step: Step, found: Findings): readonly AnalyzedParameter[] {
  const merged = new Map<string, AnalyzedParameter>();
  const callsWorkflow = step.workflowId !== undefined;
  const levels: readonly (readonly [readonly (Parameter | Reusable)[], boolean])[] = [
    [surroundings.workflow.parameters, true],
    [step.parameters, false],
  ];
  for (const [entries, inherited] of levels) {
    for (const parameter of resolveParameters(surroundings.document, entries, found.unresolved)) {
      const key = callsWorkflow ? parameter.name : `${parameter.in ?? ''} ${parameter.name}`;
      merged.set(key, analyzeParameter(parameter, inherited, found, 'request'));
    }
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
  surroundings: Surroundings,
  step: Step,
  section: 'successActions' | 'failureActions',
  found: Findings,
): readonly AnalyzedAction[] {
  const { document, workflow } = surroundings;
  const own = resolveActions(
    document,
    section,
    section === 'successActions' ? step.onSuccess : step.onFailure,
    found.unresolved,
  );
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
  readonly occurrences: StepOccurrence[] = [];
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
    const occurrences: Occurrence[] = [];
    const messages = phase !== 'request';
    const template = parseTemplate(value, pointer, {
      names: this.#names,
      messages,
      selectors: this.#selectors,
      occurrences,
    });
    this.add(occurrences, phase);
    return template;
  }

  criterion(criterion: Criterion, phase: Phase): AnalyzedCriterion {
    const { type, version, condition, context } = criterion;
    const key = JSON.stringify([type, version, condition, context]);
    const result = this.#criteria.get(key) ?? compileCriterion(criterion);
    this.#criteria.set(key, result);
    const expressions = result.kind === 'compiled' ? result.criterion.expressions : [];
    this.add(
      expressions.map(({ expression, text }) => {
        const pointer = childPointer(criterion.pointer, text === criterion.context ? 'context' : 'condition');
        return { expression, text, pointer };
      }),
      phase,
    );
    return { criterion, result };
  }

  add(occurrences: readonly Occurrence[], phase: Phase): void {
    this.occurrences.push(...occurrences.map((occurrence) => ({ phase, ...occurrence })));
  }
}
