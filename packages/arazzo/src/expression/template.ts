import { isRecord, type JsonRecord } from '../document/json.ts';
import { childPointer } from '../document/pointer.ts';
import type { QueryResult } from '../query/query.ts';
import { type EmbeddedExpression, splitEmbedded } from './embedded.ts';
import { type Expression, readsMessage } from './expression.ts';
import { splitName } from './known-name.ts';
import { parseExpression } from './parse-expression.ts';
import { parseSelector, type Selector } from './selector.ts';

/** A value in which runtime expressions may stand, parsed. */
export type Template =
  | { readonly kind: 'literal'; readonly value: unknown }
  /** The whole value is one expression, whose value keeps its type. */
  | { readonly kind: 'expression'; readonly expression: Expression; readonly text: string }
  /** Text with embedded expressions, whose values become text. */
  | { readonly kind: 'text'; readonly parts: readonly TextPart[]; readonly text: string }
  | Selector
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Template])[] };

/** Text with embedded expressions, as in a payload that is a template of JSON. */
export type TextTemplate = Extract<Template, { kind: 'text' }>;

type TextPart = string | EmbeddedExpression;

/** What published documents write beyond the specification, and lenient reading accepts with a warning. */
export type Idiom = 'missing-braces' | 'property-path' | 'early-message-expression';

/** When the value of an expression is needed: before the request, when it was answered, or when the outcome is known. */
export type Phase = 'request' | 'outcome' | 'action';

/** One expression in a document, for the rules of `check`. */
export interface Occurrence {
  readonly phase: Phase;
  readonly expression: Expression;
  /** As written. */
  readonly text: string;
  readonly pointer: string;
  readonly idiom?: Idiom;
  /** Of a Selector Object, whose context the expression is. */
  readonly query?: { readonly result: QueryResult; readonly pointer: string };
}

/** The names that expressions may use where a template stands. */
export interface KnownNames {
  /** The declared inputs; `undefined` when the workflow accepts inputs that it does not name. */
  readonly inputs: ReadonlySet<string> | undefined;
  /** The outputs of every step of the workflow, whether it comes before or after. */
  readonly stepOutputs: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface TemplateContext {
  readonly names: KnownNames;
  /** Before the request there is no message of the step: expressions that read one are literals. */
  readonly phase: Phase;
  /** True where an object can be a Selector Object; absent means false. */
  readonly selectors?: boolean;
  /** Every expression met is added here. */
  readonly occurrences: Occurrence[];
}

/** Parses a value of a document: an expression, text with embedded ones, or an object or list of such values. */
export function parseTemplate(value: unknown, pointer: string, context: TemplateContext): Template {
  if (typeof value === 'string') return parseText(value, pointer, context);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => parseTemplate(item, childPointer(pointer, index), context));
    return { kind: 'list', items };
  }
  if (!isRecord(value)) return { kind: 'literal', value };
  const selector = context.selectors ? readSelector(value, pointer, context) : undefined;
  if (selector !== undefined) return selector;
  const members = Object.entries(value).map(
    ([name, member]) => [name, parseTemplate(member, childPointer(pointer, name), context)] as const,
  );
  return { kind: 'object', members };
}

function readSelector(value: JsonRecord, pointer: string, context: TemplateContext): Selector | undefined {
  const selector = parseSelector(value, { propertyPaths: hasMessages(context) });
  // A message that does not exist yet has nothing to select from, so the object is taken as it is.
  if (selector === undefined || (readsMessage(selector.expression) && !hasMessages(context))) return undefined;
  const { expression, query: result } = selector;
  context.occurrences.push({
    phase: context.phase,
    expression,
    text: String(value.context),
    pointer: childPointer(pointer, 'context'),
    query: { result, pointer: childPointer(pointer, 'selector') },
    ...idiomOf(expression, false, context.names),
  });
  return selector;
}

function hasMessages({ phase }: TemplateContext): boolean {
  return phase !== 'request';
}

function parseText(text: string, pointer: string, context: TemplateContext): Template {
  const literal = { kind: 'literal', value: text } as const;
  if (!text.includes('$')) return literal;
  const { phase } = context;
  const expression = parseExpression(text, { propertyPaths: hasMessages(context) });
  if (expression !== undefined && readsMessage(expression) && !hasMessages(context)) {
    context.occurrences.push({ phase, expression, text, pointer, idiom: 'early-message-expression' });
    return literal;
  }
  if (expression !== undefined && namesKnown(expression, context.names)) {
    context.occurrences.push({ phase, expression, text, pointer, ...idiomOf(expression, false, context.names) });
    return { kind: 'expression', expression, text };
  }
  const met: Occurrence[] = [];
  const parts = splitText(text, pointer, { ...context, occurrences: met });
  const embeds = parts.some((part) => typeof part !== 'string');
  if (expression !== undefined && !embeds) {
    context.occurrences.push({ phase, expression, text, pointer });
    return { kind: 'expression', expression, text };
  }
  context.occurrences.push(...met);
  return embeds ? { kind: 'text', parts, text } : literal;
}

/** Whether the names in an expression are declared; expressions without such names count as known. */
function namesKnown(expression: Expression, names: KnownNames): boolean {
  if (expression.kind === 'input') {
    return names.inputs === undefined || splitName(expression.name, names.inputs) !== undefined;
  }
  if (expression.kind !== 'step-output') return true;
  return splitName(expression.name, names.stepOutputs.get(expression.stepId) ?? []) !== undefined;
}

function usesPropertyPath(expression: Expression, names: KnownNames): boolean {
  if (expression.kind === 'message' || expression.kind === 'channel-message') {
    return 'path' in expression.source && expression.source.path !== undefined;
  }
  if (expression.kind !== 'step-output') return false;
  return (splitName(expression.name, names.stepOutputs.get(expression.stepId) ?? [])?.path.length ?? 0) > 0;
}

/** Splits text at the expressions in it, with braces and without. */
function splitText(text: string, pointer: string, context: TemplateContext): readonly TextPart[] {
  const parts = splitEmbedded(text, { propertyPaths: hasMessages(context) }).flatMap((part): readonly TextPart[] => {
    if (typeof part === 'string') return splitBare(part, pointer, context);
    const written = `{${part.text}}`;
    const early = readsMessage(part.expression) && !hasMessages(context);
    const idiom = idiomOf(part.expression, early, context.names);
    context.occurrences.push({ phase: context.phase, expression: part.expression, text: written, pointer, ...idiom });
    return [early ? written : part];
  });
  return parts.filter((part) => part !== '');
}

function idiomOf(expression: Expression, early: boolean, names: KnownNames): Pick<Occurrence, 'idiom'> {
  if (early) return { idiom: 'early-message-expression' };
  return usesPropertyPath(expression, names) ? { idiom: 'property-path' } : {};
}

/** Embeds the longest known `$steps…` and `$inputs…` references that stand without braces. */
function splitBare(text: string, pointer: string, context: TemplateContext): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$(?:steps|inputs)\./g)) {
    const reference = match.index < end ? undefined : readReference(text.slice(match.index), context.names);
    if (reference === undefined) continue;
    const { expression, text: written } = reference;
    context.occurrences.push({
      phase: context.phase,
      expression,
      text: written,
      pointer,
      ...(reference.known && { idiom: 'missing-braces' }),
    });
    if (!reference.known) continue;
    parts.push(text.slice(end, match.index), { expression, text: written });
    end = match.index + written.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** Longer ids are not looked for, so that the search stays short. */
const LONGEST_STEP_ID = 1000;

interface BareReference {
  readonly expression: Expression;
  readonly text: string;
  /** False for an unknown name: it stays text, and the rules, which see the occurrence, refuse it. */
  readonly known: boolean;
}

function readReference(text: string, names: KnownNames): BareReference | undefined {
  const candidates = text.startsWith('$inputs.') ? inputReferences(names) : stepReferences(text, names);
  let longest = '';
  for (const candidate of candidates) {
    const fits = text.startsWith(candidate) && !/\w/.test(text.charAt(candidate.length));
    if (fits && candidate.length > longest.length) longest = candidate;
  }
  const known = longest !== '';
  const written = known ? longest : /^\$steps\.[\w-]+\.outputs\.[\w-]+|^\$inputs\.[\w-]+/.exec(text)?.[0];
  const expression = written === undefined ? undefined : parseExpression(written);
  if (written === undefined || expression === undefined) return undefined;
  // Where any input may be given, an unknown name says nothing.
  if (!known && expression.kind === 'input' && names.inputs === undefined) return undefined;
  return { expression, text: written, known };
}

function inputReferences(names: KnownNames): readonly string[] {
  return [...(names.inputs ?? [])].map((name) => `$inputs.${name}`);
}

/** Of the steps that the text may begin with, since there may be thousands. */
function stepReferences(text: string, names: KnownNames): readonly string[] {
  const candidates: string[] = [];
  const start = '$steps.'.length;
  for (let at = text.indexOf('.outputs.', start); at !== -1; at = text.indexOf('.outputs.', at + 1)) {
    const stepId = text.slice(start, at);
    if (stepId.length > LONGEST_STEP_ID) break;
    for (const name of names.stepOutputs.get(stepId) ?? []) candidates.push(`$steps.${stepId}.outputs.${name}`);
  }
  return candidates;
}
