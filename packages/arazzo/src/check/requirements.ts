import { quote } from '../document/json.ts';
import type { OperationParameter } from '../document/openapi/operation.ts';
import type { Schema } from '../document/openapi/schema.ts';
import { childPointer } from '../document/pointer.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Template } from '../expression/template.ts';
import type { AnalyzedBody, AnalyzedParameter, AnalyzedStep } from './analysis.ts';
import { contentOf, mediaTypeOf } from './media-type.ts';

/** What is known of the inputs when a request is judged: only which will surely be there, or all of their values. */
export interface InputKnowledge {
  readonly given: ReadonlySet<string>;
  /** Absent while the workflow is only checked. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A demand of the API that a request does not meet, or may not meet. */
export interface Shortfall {
  readonly kind: 'absent' | 'not-allowed';
  readonly subject: 'parameter' | 'body-member';
  readonly name: string;
  /** The inputs on which it depends; empty when it is certain. */
  readonly inputs: readonly string[];
  readonly value?: unknown;
  readonly allowed?: readonly unknown[];
  readonly pointer: string;
}

/** Compares the request of a step with what its operation demands, as far as it can be known before it is sent. */
export function findShortfalls(step: AnalyzedStep, knowledge: InputKnowledge): readonly Shortfall[] {
  if (step.target.kind !== 'operation') return [];
  const { operation } = step.target;
  const placeholders = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const declared = operation.parameters.filter(
    (parameter) => parameter.in !== 'path' || placeholders.includes(parameter.name),
  );
  const undeclared = placeholders
    .filter((name) => !declared.some((parameter) => parameter.in === 'path' && parameter.name === name))
    .map((name): OperationParameter => ({ name, in: 'path', required: true }));
  const ofParameters = [...declared, ...undeclared].flatMap((parameter) => judgeParameter(parameter, step, knowledge));
  const body = step.body;
  const schema = body && findBodySchema(step, body);
  return [...ofParameters, ...(schema ? judgeBody(schema, body, knowledge) : [])];
}

function judgeParameter(
  declared: OperationParameter,
  step: AnalyzedStep,
  knowledge: InputKnowledge,
): readonly Shortfall[] {
  const given = step.parameters.find((parameter) => matches(declared, parameter));
  const demand = { subject: 'parameter', name: declared.name } as const;
  if (given === undefined) {
    return declared.required ? [{ ...demand, kind: 'absent', inputs: [], pointer: step.step.pointer }] : [];
  }
  const pointer = childPointer(given.pointer, 'value');
  const inputs = declared.required ? missingInputs(given.template, knowledge) : [];
  if (inputs.length > 0) return [{ ...demand, kind: 'absent', inputs, pointer }];
  return judgeValue(demand, given.template, declared.allowed, knowledge, pointer);
}

/** Header names are compared without regard to case (RFC 9110 §5.1), others exactly. */
export function matches(declared: OperationParameter, given: AnalyzedParameter): boolean {
  if (declared.in !== given.in) return false;
  if (declared.in === 'header') return declared.name.toLowerCase() === given.name.toLowerCase();
  return declared.name === given.name;
}

function findBodySchema(step: AnalyzedStep, body: AnalyzedBody): Schema | undefined {
  if (step.target.kind !== 'operation') return undefined;
  return contentOf(step.target.operation, mediaTypeOf(body, step.target.operation))?.schema;
}

/** Judges the members at the top of an object payload; other payloads are known only when they are sent. */
function judgeBody(schema: Schema, body: AnalyzedBody, knowledge: InputKnowledge): readonly Shortfall[] {
  if (body.payload?.kind !== 'object') return [];
  const members = new Map(body.payload.members);
  const replaced = new Set(body.replacements.map((replacement) => replacement.target));
  const payload = childPointer(body.pointer, 'payload');
  const names = [...new Set([...schema.required, ...members.keys()])];
  return names
    .filter((name) => !replaced.has(childPointer('', name)))
    .flatMap((name) => judgeMember({ subject: 'body-member', name }, schema, members.get(name), payload, knowledge));
}

function judgeMember(
  demand: Pick<Shortfall, 'subject' | 'name'>,
  schema: Schema,
  template: Template | undefined,
  payload: string,
  knowledge: InputKnowledge,
): readonly Shortfall[] {
  const property = schema.properties.get(demand.name);
  const required = schema.required.has(demand.name) && property?.readOnly !== true;
  if (template === undefined) return required ? [{ ...demand, kind: 'absent', inputs: [], pointer: payload }] : [];
  const pointer = childPointer(payload, demand.name);
  const inputs = required ? missingInputs(template, knowledge) : [];
  const allowed = property?.allowed;
  if (inputs.length === 0) return judgeValue(demand, template, allowed, knowledge, pointer);
  return [{ ...demand, kind: 'absent', inputs, pointer, ...(allowed && { allowed }) }];
}

/** The inputs without which the whole value would be absent. */
function missingInputs(template: Template, knowledge: InputKnowledge): readonly string[] {
  if (!['expression', 'selector', 'text'].includes(template.kind)) return [];
  const missing = expressionsOf(template).flatMap((expression) => {
    if (expression.kind !== 'input') return [];
    const name = [...knowledge.given].find(
      (known) => expression.name === known || startsWithName(expression.name, known),
    );
    return name === undefined ? expression.name : [];
  });
  return [...new Set(missing)];
}

function startsWithName(name: string, known: string): boolean {
  return name.startsWith(known) && /^[.[]/.test(name.slice(known.length));
}

/** Compares a value that is known already with those the API lists. */
function judgeValue(
  demand: Pick<Shortfall, 'subject' | 'name'>,
  template: Template,
  allowed: readonly unknown[] | undefined,
  knowledge: InputKnowledge,
  pointer: string,
): readonly Shortfall[] {
  const expressions = expressionsOf(template);
  const known = expressions.every((expression) => expression.kind === 'input' && knowledge.values !== undefined);
  if (allowed === undefined || !known) return [];
  const value = evaluateTemplate(template, {
    inputs: knowledge.values ?? {},
    steps: new Map(),
    workflows: new Map(),
    sources: new Map(),
  });
  if (value === undefined || allowed.some((candidate) => quote(candidate) === quote(value))) return [];
  return [{ ...demand, kind: 'not-allowed', inputs: [], value, allowed, pointer }];
}
