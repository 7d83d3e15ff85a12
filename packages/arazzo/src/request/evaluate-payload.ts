import { randomUUID } from 'node:crypto';
import { isRecord } from '../document/json.ts';
import type { EmbeddedExpression } from '../expression/embedded.ts';
import { evaluateExpression, evaluateTemplate, toText } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import { formatOf } from './media-type.ts';
import { parseJson } from './parse-json.ts';
import { encodeStrictly } from './percent-encode.ts';

type Part = string | EmbeddedExpression;

/**
 * The value of a payload, `undefined` when there is none. Text for JSON is a template of JSON: a value within one of its
 * strings is escaped, so that whatever it holds, it stays a part of that string. A member or item of it that embeds an
 * absent value is left out, as in a payload that is an object. In other text, which has no members, an absent value is the
 * empty text. A value within a form is percent-encoded, so that it stays a part of its field; one that is the whole text is
 * a form already.
 *
 * @throws Refusal when text for JSON that embeds an absent value is no JSON.
 */
export function evaluatePayload(template: Template, scope: Scope, mediaType: string): unknown {
  if (template.kind !== 'text') return evaluateTemplate(template, scope);
  const read = ({ expression }: EmbeddedExpression): unknown => evaluateExpression(expression, scope);
  const format = formatOf(mediaType);
  if (format !== 'json') {
    const isInForm = format === 'form' && template.parts.length > 1;
    const write = (value: unknown): string => (isInForm ? encodeStrictly(writeText(value)) : writeText(value));
    return template.parts.map((part) => (typeof part === 'string' ? part : write(read(part)))).join('');
  }
  const values = template.parts.map((part) => (typeof part === 'string' ? part : read(part)));
  if (!values.includes(undefined)) return writeJson(template.parts, values);
  const mark = randomUUID();
  const marked = writeJson(template.parts, values, (inString) => (inString ? mark : `"${mark}"`));
  return leaveOut(parseJson(marked, mediaType, template.text), mark);
}

function writeText(value: unknown): string {
  return value === undefined ? '' : toText(value);
}

/** Writes the parts of a text with their values; `absent` gives the text of one that has none. */
export function writeJson(
  parts: readonly Part[],
  values: readonly unknown[],
  absent: (inString: boolean) => string = () => '',
): string {
  let text = '';
  let inString = false;
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      text += part;
      inString = endsInString(part, inString);
      continue;
    }
    const value = values[index];
    if (value === undefined) text += absent(inString);
    else text += inString ? JSON.stringify(toText(value)).slice(1, -1) : toText(value);
  }
  return text;
}

/** Whether a place after more text of a template of JSON is inside one of its strings. */
export function endsInString(text: string, inString: boolean): boolean {
  const quotes = text.match(/\\.|"/gs)?.filter((match) => match === '"') ?? [];
  return quotes.length % 2 === 0 ? inString : !inString;
}

/** The value without the members and items that hold the mark in their name or text. */
function leaveOut(value: unknown, mark: string): unknown {
  if (typeof value === 'string') return value.includes(mark) ? undefined : value;
  if (Array.isArray(value)) return value.map((item) => leaveOut(item, mark)).filter((item) => item !== undefined);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, leaveOut(member, mark)] as const);
  return Object.fromEntries(members.filter(([name, member]) => member !== undefined && !name.includes(mark)));
}
