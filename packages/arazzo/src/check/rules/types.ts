import type { Diagnostic } from '../../diagnostic.ts';
import { jsonTypeOf, quote, quoteAll } from '../../document/json.ts';
import type { OperationParameter } from '../../document/openapi/operation.ts';
import { itemOf, type Schema } from '../../document/openapi/schema.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Template, TextTemplate } from '../../expression/template.ts';
import { matches } from '../../request/matches.ts';
import { contentOf, formatOf, mediaTypeOf } from '../../request/media-type.ts';
import type { Analysis, AnalyzedBody, AnalyzedStep } from '../analysis.ts';
import { readJsonTemplate } from '../json-template.ts';
import { eachStep } from '../rule.ts';

/**
 * Values that the document writes out, in parameters and JSON bodies, and text that it makes of values, are of a type that
 * the API describes. Descriptions are often stricter than their servers, so what is not is a warning.
 */
export function types(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (analyzed) => {
    const { step, target, parameters, body } = analyzed;
    if (target.kind !== 'operation') return [];
    const { operation } = target;
    const ofParameters = operation.parameters.flatMap((declared) => {
      const given = parameters.find((parameter) => matches(declared, parameter));
      return given === undefined
        ? []
        : judgeText(step.stepId, declared, given.template, childPointer(given.pointer, 'value'));
    });
    return [...ofParameters, ...(body === undefined ? [] : judgeBody(analyzed, body))];
  });
}

const spellings: Readonly<Record<'integer' | 'number' | 'boolean', RegExp>> = {
  integer: /^-?\d+(?:\.0+)?$/,
  number: /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i,
  boolean: /^(?:true|false)$/,
};

/** Parameters are text on their way, which spells the type. */
function judgeText(
  stepId: string,
  { name, type }: OperationParameter,
  template: Template,
  pointer: string,
): readonly Finding[] {
  if (type === undefined || template.kind !== 'literal' || template.value === null) return [];
  const { value } = template;
  if (typeof value !== 'object' && spellings[type].test(String(value))) return [];
  return [mismatch(stepId, `parameter "${name}"`, value, [type], pointer)];
}

interface Part {
  readonly template: Template;
  readonly schema: Schema;
  readonly path: string;
  readonly pointer: string;
  /** Within a text for JSON, which has one place for all of it. */
  readonly inText: boolean;
}

function judgeBody({ step, target }: AnalyzedStep, body: AnalyzedBody): readonly Finding[] {
  if (target.kind !== 'operation' || body.payload === undefined || body.replacements.length > 0) return [];
  const mediaType = mediaTypeOf(body, target.operation);
  const schema = formatOf(mediaType) === 'json' ? contentOf(target.operation, mediaType)?.schema : undefined;
  const text = textOf(body.payload);
  const template = text === undefined ? body.payload : readJsonTemplate(text);
  if (schema === undefined || template === undefined || template.kind === 'literal') return [];
  const pointer = childPointer(body.pointer, 'payload');
  return judgePart(step.stepId, { template, schema, path: '', pointer, inText: text !== undefined });
}

/** The payload where it is text, with expressions in it or none. */
function textOf(payload: Template): TextTemplate | undefined {
  if (payload.kind === 'text') return payload;
  if (payload.kind !== 'literal' || typeof payload.value !== 'string') return undefined;
  return { kind: 'text', parts: [payload.value], text: payload.value };
}

function judgePart(stepId: string, part: Part): readonly Finding[] {
  const { template, schema, path, pointer, inText } = part;
  const value = exampleOf(template);
  if (value === undefined) return [];
  const subject = path === '' ? 'body' : `body member "${path}"`;
  if (!fits(value, schema)) {
    return template.kind === 'text'
      ? [madeText(stepId, subject, template, schema.types, part)]
      : [mismatch(stepId, subject, value, schema.types, pointer)];
  }
  const below = (token: string | number) => ({ inText, pointer: inText ? pointer : childPointer(pointer, token) });
  if (template.kind === 'list') {
    return template.items.flatMap((item, index) => {
      const described = itemOf(schema, index);
      const at = { path: `${path}[${index}]`, ...below(index) };
      return described === undefined ? [] : judgePart(stepId, { template: item, schema: described, ...at });
    });
  }
  if (template.kind !== 'object') return [];
  return template.members.flatMap(([name, member]) => {
    const property = schema.properties.get(name);
    if (property === undefined) return [];
    const at = { path: path === '' ? name : `${path}.${name}`, ...below(name) };
    return judgePart(stepId, { template: member, schema: property, ...at });
  });
}

/** A value of the type that a template surely gives; `undefined` where only a run knows it. */
function exampleOf(template: Template): unknown {
  if (template.kind === 'literal') return template.value;
  if (template.kind === 'list') return [];
  // Whatever is embedded in it.
  if (template.kind === 'text') return template.text;
  return template.kind === 'object' ? {} : undefined;
}

/** What alternatives allow besides is not looked into. */
function fits(value: unknown, { types: described, alternatives }: Schema): boolean {
  if (described.length === 0 || alternatives.length > 0) return true;
  const type = jsonTypeOf(value);
  return described.includes(type) || (type === 'number' && described.includes('integer') && Number.isInteger(value));
}

/** What is embedded in text becomes text, which is seldom meant where another type is wanted. */
function madeText(
  stepId: string,
  subject: string,
  { parts, text }: TextTemplate,
  expected: readonly string[],
  { pointer, inText }: Part,
): Finding {
  const mark = inText ? 'quotes around it' : 'braces';
  const hint = parts.length > 1 ? '' : ` Without the ${mark} the expression keeps its type.`;
  const message = `The step "${stepId}" gives the ${subject} ${quote(text)}, which is text; the type ${quoteAll(expected)} was expected.${hint}`;
  return { code: 'type-mismatch', severity: 'warning', message, pointer };
}

function mismatch(
  stepId: string,
  subject: string,
  value: unknown,
  expected: readonly string[],
  pointer: string,
): Finding {
  const type = jsonTypeOf(value);
  // What is in a list or an object is judged by itself.
  const given = typeof value === 'object' && value !== null ? `an ${type}` : `the value ${quote(value)} (${type})`;
  const message = `The step "${stepId}" gives the ${subject} ${given}; the type ${quoteAll(expected)} was expected.`;
  return { code: 'type-mismatch', severity: 'warning', message, pointer };
}
