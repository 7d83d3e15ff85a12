import { isRecord } from '../document/json.ts';
import { evaluateExpression } from '../expression/evaluate.ts';
import { type Expression, readsMessage } from '../expression/expression.ts';
import { splitName } from '../expression/known-name.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template, TextTemplate } from '../expression/template.ts';
import { endsInString } from '../request/evaluate-payload.ts';

/**
 * Stands in for values that only earlier answers give, so that requests can be written before there are any. Each such
 * value becomes a word of letters and digits alone, which every encoding leaves as it is, and is shown as its expression
 * once the request is written.
 */
export interface LaterValues {
  /**
   * Returns what replaces the expressions of a template whose values are not known in the scope; in text that is a template
   * of JSON, those outside its strings become strings, as does a payload that is one expression.
   */
  holder(scope: Scope): (template: Template, isJson?: boolean) => Template;
  /** The text with each stand-in as its expression in braces. */
  reveal(text: string): string;
  /** The value with stand-ins as expressions: whole ones alone, those inside longer text in braces. */
  revealAll(value: unknown): unknown;
}

export function createLaterValues(): LaterValues {
  const texts: string[] = [];
  const standIn = (text: string): string => `gatewrightLater${texts.push(text) - 1}Value`;
  const reveal = (text: string): string =>
    text.replaceAll(/gatewrightLater(\d+)Value/g, (_, index) => `{${texts[Number(index)]}}`);
  const revealText = (text: string): string => {
    const whole = /^gatewrightLater(\d+)Value$/.exec(text)?.[1];
    return whole === undefined ? reveal(text) : (texts[Number(whole)] ?? text);
  };
  const revealAll = (value: unknown): unknown => {
    if (typeof value === 'string') return revealText(value);
    if (Array.isArray(value)) return value.map(revealAll);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealAll(member)]));
  };
  return {
    holder: (scope) => (template, isJson) => {
      const later = (expression: Expression) => isLater(expression, scope);
      if (isJson && template.kind === 'text') return holdJson(template, later, standIn);
      const held = hold(template, later, standIn);
      const isWhole = isJson && held !== template && held.kind === 'literal';
      return isWhole ? { ...held, value: JSON.stringify(held.value) } : held;
    },
    reveal,
    revealAll,
  };
}

function hold(
  template: Template,
  later: (expression: Expression) => boolean,
  standIn: (text: string) => string,
): Template {
  const inner = (member: Template): Template => hold(member, later, standIn);
  if (template.kind === 'list') return { ...template, items: template.items.map(inner) };
  if (template.kind === 'object') {
    return { ...template, members: template.members.map(([name, member]) => [name, inner(member)] as const) };
  }
  if (!expressionsOf(template).some(later)) return template;
  if (template.kind === 'text') {
    const parts = template.parts.map((part) =>
      typeof part === 'string' || !later(part.expression) ? part : standIn(part.text),
    );
    return { ...template, parts };
  }
  return { kind: 'literal', value: standIn('text' in template ? template.text : '$…') };
}

function holdJson(
  template: TextTemplate,
  later: (expression: Expression) => boolean,
  standIn: (text: string) => string,
): Template {
  let inString = false;
  const parts = template.parts.map((part) => {
    if (typeof part === 'string') {
      inString = endsInString(part, inString);
      return part;
    }
    if (!later(part.expression)) return part;
    return inString ? standIn(part.text) : JSON.stringify(standIn(part.text));
  });
  return { ...template, parts };
}

/** Outputs are known when they were read; a member of an input is, unless the input itself stands in for a later value. */
function isLater(expression: Expression, scope: Scope): boolean {
  if (expression.kind === 'step-output' || expression.kind === 'output' || readsMessage(expression)) return true;
  if (expression.kind === 'workflow-value' && expression.field === 'outputs') return true;
  if (expression.kind !== 'input' || evaluateExpression(expression, scope) !== undefined) return false;
  const name = splitName(expression.name, Object.keys(scope.inputs))?.name;
  const value = name === undefined ? undefined : scope.inputs[name];
  return typeof value === 'string' && /^gatewrightLater\d+Value$/.test(value);
}
