import { evaluateTemplate, toText } from '../expression/evaluate.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Template } from '../expression/template.ts';

/** What is known of the inputs when a request is judged: only which will surely be there, or all of their values. */
export interface InputKnowledge {
  readonly given: ReadonlySet<string>;
  /** Absent while the workflow is only checked. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Whether every way leads past a step, so that its outputs are absent. */
  readonly isSkipped?: (stepId: string) => boolean;
}

/** A demand of the API that a request does not meet, or may not meet. */
export interface Shortfall {
  readonly kind: 'absent' | 'not-allowed';
  readonly subject: 'parameter' | 'body-member';
  /** Of members below the top, the path, as in `address.street` or `tags[0]`. */
  readonly name: string;
  /** The inputs on which it depends; empty when it is certain. */
  readonly inputs: readonly string[];
  /** The step that every way leads past, when its output would be the value. */
  readonly skipped?: string;
  readonly value?: unknown;
  readonly allowed?: readonly unknown[];
  readonly pointer: string;
}

/** The inputs without which the whole value would be absent. */
export function missingInputs(template: Template, knowledge: InputKnowledge): readonly string[] {
  if (!isAbsentWithout(template)) return [];
  return inputsOf(template).filter((name) => !isGiven(name, knowledge));
}

/** Whether the whole value is absent when one of its expressions has none: of objects and lists only the part is. */
function isAbsentWithout({ kind }: Template): boolean {
  return kind === 'expression' || kind === 'selector' || kind === 'text';
}

/** A step that every way leads past and without whose output the whole value is absent. */
export function skippedStep(template: Template, { isSkipped }: InputKnowledge): string | undefined {
  if (isSkipped === undefined || !isAbsentWithout(template)) return undefined;
  const skipped = expressionsOf(template).find(
    (expression) => expression.kind === 'step-output' && isSkipped(expression.stepId),
  );
  return skipped?.kind === 'step-output' ? skipped.stepId : undefined;
}

function isGiven(name: string, { given }: InputKnowledge): boolean {
  return given.has(name) || [...given].some((known) => startsWithName(name, known));
}

function startsWithName(name: string, known: string): boolean {
  return name.startsWith(known) && /^[.[]/.test(name.slice(known.length));
}

/** The inputs that a template names, each once. */
export function inputsOf(template: Template): readonly string[] {
  const names = expressionsOf(template).flatMap((expression) => (expression.kind === 'input' ? expression.name : []));
  return names.length < 2 ? names : [...new Set(names)];
}

/** Whether a value is known and is null, which no style of a parameter has a form for (RFC 6570 §2.3). */
export function isKnownNull(template: Template, knowledge: InputKnowledge): boolean {
  return isKnown(template, knowledge) && evaluate(template, knowledge) === null;
}

function isKnown(template: Template, { values }: InputKnowledge): boolean {
  return expressionsOf(template).every((expression) => expression.kind === 'input' && values !== undefined);
}

function evaluate(template: Template, { values = {} }: InputKnowledge): unknown {
  return evaluateTemplate(template, { inputs: values, steps: new Map(), workflows: new Map(), sources: new Map() });
}

/** Compares a value that is known already with those the API lists. */
export function judgeValue(
  demand: Pick<Shortfall, 'subject' | 'name'>,
  template: Template,
  allowed: readonly unknown[] | undefined,
  knowledge: InputKnowledge,
  pointer: string,
): readonly Shortfall[] {
  if (allowed === undefined || !isKnown(template, knowledge)) return [];
  const value = evaluate(template, knowledge);
  if (value === undefined) return [];
  // Parameters are text on their way, whatever type they have.
  const write = demand.subject === 'parameter' ? toText : JSON.stringify;
  if (allowed.some((candidate) => write(candidate) === write(value))) return [];
  return [{ ...demand, kind: 'not-allowed', inputs: [], value, allowed, pointer }];
}
