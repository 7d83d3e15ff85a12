import type { Diagnostic, DiagnosticCode, Severity } from '../../diagnostic.ts';
import { type ArazzoDocument, findWorkflow } from '../../document/arazzo-document.ts';
import { readInputDeclaration } from '../../document/inputs.ts';
import { quote, quoteAll } from '../../document/json.ts';
import type { Step } from '../../document/model.ts';
import { isInside } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { findCertain, suggest } from '../../document/suggest.ts';
import { type Expression, readsMessage } from '../../expression/expression.ts';
import { splitName } from '../../expression/known-name.ts';
import { suggestExpression } from '../../expression/suggest-expression.ts';
import type { Occurrence, Phase } from '../../expression/template.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow, StepTarget } from '../analysis.ts';
import { renameIn } from '../rewrite.ts';
import { eachStep, eachWorkflow } from '../rule.ts';
import { stepsById } from '../steps-by-id.ts';

/** Where an expression stands; without a step it is one of the workflow's outputs. */
interface Setting {
  readonly workflow: AnalyzedWorkflow;
  readonly step?: AnalyzedStep;
  readonly phase?: Phase;
}

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly severity?: Severity;
  readonly misspelt?: Misspelt;
}

/** A name that is none, where the expression has it, and those it could be. */
interface Misspelt {
  /** Of the expression, up to the name. */
  readonly before: string;
  readonly name: string;
  readonly known: Iterable<string>;
}

/** Every expression names something that exists, and that has a value by the time it is read. */
export function references(analysis: Analysis): readonly Diagnostic[] {
  return [
    ...eachStep(analysis, (step, workflow) =>
      step.occurrences.flatMap((occurrence) => judge(occurrence, { workflow, step, phase: occurrence.phase })),
    ),
    ...eachWorkflow(analysis, (workflow) =>
      workflow.occurrences.flatMap((occurrence) => judge(occurrence, { workflow })),
    ),
  ];
}

function judge(occurrence: Occurrence, setting: Setting): readonly Finding[] {
  if (occurrence.idiom === 'early-message-expression' || isForOthers(occurrence, setting)) return [];
  const problem = findProblem(occurrence.expression, occurrence.text, setting);
  if (problem === undefined) return [];
  const { misspelt, severity = 'error', ...rest } = problem;
  const correction = misspelt && correct(occurrence, misspelt, setting.workflow.document);
  const { pointer } = occurrence;
  return [{ ...rest, severity, pointer, ...(correction !== undefined && { correction }) }];
}

/** The whole text in which the expression stands, with the name that is surely meant. */
function correct(
  occurrence: Occurrence,
  { before, name, known }: Misspelt,
  document: ArazzoDocument,
): string | undefined {
  const certain = findCertain(name, known);
  return certain === undefined ? undefined : renameIn(document, occurrence, `${before}${name}`, `${before}${certain}`);
}

/** What steps share, such as an action of the workflow, may read what only some of them have; in others it is absent. */
function isForOthers({ expression, pointer }: Occurrence, { step }: Setting): boolean {
  if (step === undefined || !(readsMessage(expression) || expression.kind === 'output')) return false;
  return !isInside(pointer, step.step.pointer);
}

function findProblem(expression: Expression, text: string, setting: Setting): Problem | undefined {
  switch (expression.kind) {
    case 'input':
      return judgeInput(expression.name, setting);
    case 'step-output':
      return judgeStepOutput(expression.stepId, expression.name, setting);
    case 'workflow-value':
      return judgeWorkflowValue(expression, setting);
    case 'output':
      return judgeOutput(expression.name, text, setting);
    case 'source-description':
      return judgeSource(expression, text, setting);
    case 'component':
      return judgeComponent(expression, text, setting);
    case 'self':
      return judgeSelf(setting.workflow);
    default:
      return judgeMessage(expression, text, setting);
  }
}

function judgeInput(name: string, { workflow }: Setting): Problem | undefined {
  const { inputs } = workflow;
  if (inputs.open || splitName(name, inputs.properties.keys()) !== undefined) return undefined;
  const known = [...inputs.properties.keys()];
  const message = `The workflow "${workflow.workflow.workflowId}" has no input "${name}"; its inputs are ${quoteAll(known)}.${suggest(name, known)}`;
  return { code: 'unknown-input', message, misspelt: { before: '$inputs.', name, known } };
}

function judgeStepOutput(stepId: string, name: string, { workflow, step, phase }: Setting): Problem | undefined {
  const found = stepsById(workflow).get(stepId);
  const target = found?.step;
  const index = found?.index ?? 0;
  if (target === undefined) {
    const known = workflow.steps.map((candidate) => candidate.step.stepId);
    const message = `The workflow "${workflow.workflow.workflowId}" has no step "${stepId}"; its steps are ${quoteAll(known)}.${suggest(stepId, known)}`;
    return { code: 'unknown-step', message, misspelt: { before: '$steps.', name: stepId, known } };
  }
  if (!target.outputs.some((output) => output.name === name) && splitName(name, namesOf(target)) === undefined) {
    const known = namesOf(target);
    const message = `The step "${stepId}" has no output "${name}"; its outputs are ${quoteAll(known)}.${suggest(name, known)}`;
    return { code: 'unknown-output', message, misspelt: { before: `$steps.${stepId}.outputs.`, name, known } };
  }
  if (step === undefined || index < step.index || (index === step.index && phase === 'action')) return undefined;
  const message = `The step "${step.step.stepId}" reads an output of the step "${stepId}", which has not run by then.`;
  return { code: 'forward-step', message, severity: jumpsBack(workflow) ? 'warning' : 'error' };
}

function namesOf({ outputs }: Step): readonly string[] {
  return outputs.map((output) => output.name);
}

/** After a jump back, a step may read what a later step left. */
function jumpsBack(workflow: AnalyzedWorkflow): boolean {
  return workflow.steps.some(({ index, actions }) =>
    actions.some(({ action }) => {
      const target = action.stepId === undefined ? undefined : stepsById(workflow).get(action.stepId);
      return target !== undefined && target.index <= index;
    }),
  );
}

function judgeWorkflowValue(
  expression: Extract<Expression, { kind: 'workflow-value' }>,
  { workflow: { document } }: Setting,
): Problem | undefined {
  const { workflowId, field, name } = expression;
  const target = findWorkflow(document, workflowId);
  if (target === undefined) return findStepOf(document, expression) ?? unknownWorkflow(document, workflowId);
  const declaration = readInputDeclaration(target.document, target.workflow);
  if (field === 'inputs' && declaration.open) return undefined;
  const known =
    field === 'inputs' ? [...declaration.properties.keys()] : target.workflow.outputs.map((output) => output.name);
  if (splitName(name, known) !== undefined) return undefined;
  const kind = field === 'inputs' ? 'input' : 'output';
  const message = `The workflow "${workflowId}" has no ${kind} "${name}"; its ${field} are ${quoteAll(known)}.${suggest(name, known)}`;
  return { code: `unknown-${kind}`, message, misspelt: { before: `$workflows.${workflowId}.${field}.`, name, known } };
}

/** `$workflows.<workflowId>.steps.<stepId>` names a step only in `dependsOn` (Arazzo 1.1.0 §Step Object). */
function findStepOf(
  document: ArazzoDocument,
  { workflowId, field, name }: Extract<Expression, { kind: 'workflow-value' }>,
): Problem | undefined {
  const [, id = '', stepId = ''] = /^(.+)\.steps\.(.+)$/s.exec(workflowId) ?? [];
  if (findWorkflow(document, id) === undefined) return undefined;
  const message = `"$workflows.${workflowId}.${field}.${name}" is of the step "${stepId}" of the workflow "${id}"; of other workflows only inputs and outputs can be read, such as "$workflows.${id}.outputs.${name}" when the workflow has that output.`;
  return { code: 'invalid-expression', message };
}

function unknownWorkflow(document: ArazzoDocument, workflowId: string): Problem {
  const known = document.workflows.map((workflow) => workflow.workflowId);
  const message = `The document has no workflow "${workflowId}"; its workflows are ${quoteAll(known)}.${suggest(workflowId, known)}`;
  return { code: 'unknown-workflow', message, misspelt: { before: '$workflows.', name: workflowId, known } };
}

function judgeOutput(name: string, text: string, { step, phase }: Setting): Problem | undefined {
  if (step?.target.kind !== 'workflow' || phase === 'request') {
    const hint = step?.target.kind === 'operation' && phase !== 'request' ? suggestExpression(text) : '';
    const message = `"$outputs.${name}" has a value only in the outputs and criteria of a step that calls a workflow.${hint}`;
    return { code: 'invalid-expression', message };
  }
  const called = step.target.called?.workflow;
  const known = called?.outputs.map((output) => output.name) ?? [];
  // An unknown workflow is reported once, where the step names it.
  if (called === undefined || splitName(name, known) !== undefined) return undefined;
  const message = `The workflow "${called.workflowId}" has no output "${name}"; its outputs are ${quoteAll(known)}.${suggest(name, known)}`;
  return { code: 'unknown-output', message, misspelt: { before: '$outputs.', name, known } };
}

function judgeSource(
  expression: Extract<Expression, { kind: 'source-description' }>,
  text: string,
  { workflow: { document } }: Setting,
): Problem | undefined {
  const known = document.sources.map((source) => source.name);
  if (!known.includes(expression.name)) {
    const message = `The document has no source "${expression.name}"; its sources are ${quoteAll(known)}.${suggest(expression.name, known)}`;
    return {
      code: 'unknown-source',
      message,
      misspelt: { before: '$sourceDescriptions.', name: expression.name, known },
    };
  }
  if (['name', 'url', 'type'].includes(expression.field)) return undefined;
  return {
    code: 'invalid-expression',
    message: `The expression ${quote(text)} has no value; of a source only "name", "url" and "type" have one.`,
  };
}

/** Of the components only parameters have values (Arazzo 1.1.0 §Runtime Expressions, "Components parameter"). */
function judgeComponent(
  { section, name }: Extract<Expression, { kind: 'component' }>,
  text: string,
  { workflow }: Setting,
): Problem | undefined {
  if (section !== 'parameters') {
    const message = `The expression ${quote(text)} has no value; of the components only "parameters" have values.`;
    return { code: 'invalid-expression', message };
  }
  const { parameters } = workflow.document.components;
  if (parameters.has(name)) return undefined;
  const message = `The document has no component parameter "${name}"; there are ${quoteAll(parameters.keys())}.${suggest(name, parameters.keys())}`;
  return {
    code: 'unknown-component',
    message,
    misspelt: { before: '$components.parameters.', name, known: parameters.keys() },
  };
}

/** The steps in which there is no message of the kind, as sentences name them. */
const withoutHttp: ReadonlyMap<StepTarget['kind'], string> = new Map([
  ['workflow', 'in a step that calls a workflow'],
  ['channel', 'in a step over an AsyncAPI channel'],
]);
const withoutChannel: ReadonlyMap<StepTarget['kind'], string> = new Map([
  ['workflow', 'in a step that calls a workflow'],
  ['operation', 'in a step that calls an operation over HTTP'],
]);

function judgeMessage(expression: Expression, text: string, { step }: Setting): Problem | undefined {
  if (!readsMessage(expression)) return undefined;
  const without = expression.kind === 'channel-message' ? withoutChannel : withoutHttp;
  const where = step === undefined ? 'in the outputs of a workflow' : without.get(step.target.kind);
  if (where === undefined) return undefined;
  const what = expression.kind === 'channel-message' ? 'the message of a channel' : 'a message';
  return {
    code: 'invalid-expression',
    message: `The expression ${quote(text)} reads ${what}, and there is none ${where}.`,
  };
}

function judgeSelf({ document }: AnalyzedWorkflow): Problem | undefined {
  if (document.self !== undefined) return undefined;
  const message = 'The expression "$self" has no value: the document has no "$self", by which it would call itself.';
  return { code: 'invalid-expression', message };
}
