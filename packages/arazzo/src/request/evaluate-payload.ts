import { evaluateExpression, evaluateTemplate, toText } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import type { Template } from '../expression/template.ts';
import { formatOf } from './media-type.ts';

/**
 * The value of a payload, `undefined` when there is none. Text for JSON is a template of JSON: a value within one of its
 * strings is escaped, so that whatever it holds, it stays a part of that string.
 */
export function evaluatePayload(template: Template, scope: Scope, mediaType: string): unknown {
  if (template.kind !== 'text' || formatOf(mediaType) !== 'json') return evaluateTemplate(template, scope);
  let text = '';
  let inString = false;
  for (const part of template.parts) {
    if (typeof part === 'string') {
      text += part;
      inString = endsInString(part, inString);
      continue;
    }
    const value = evaluateExpression(part.expression, scope);
    if (value === undefined) return undefined;
    const written = toText(value);
    text += inString ? JSON.stringify(written).slice(1, -1) : written;
  }
  return text;
}

function endsInString(text: string, inString: boolean): boolean {
  const quotes = text.match(/\\.|"/gs)?.filter((match) => match === '"') ?? [];
  return quotes.length % 2 === 0 ? inString : !inString;
}
