import { evaluateExpression } from '../expression/evaluate.ts';
import type { TextTemplate } from '../expression/template.ts';
import { writeJson } from '../request/evaluate-payload.ts';
import { parseJson } from '../request/parse-json.ts';
import { type Foresight, isExpressionKnown } from './foresight.ts';

/**
 * Judges a template of JSON while only some of its values are known: those to come cannot make it JSON when they are all
 * inside its strings. A value elsewhere may be any text.
 *
 * @throws Refusal when it surely is none.
 */
export function judgeJsonText(template: TextTemplate, foresight: Foresight, mediaType: string): void {
  const values = template.parts.map((part) => {
    if (typeof part === 'string') return part;
    return isExpressionKnown(foresight, part.expression)
      ? evaluateExpression(part.expression, foresight.scope)
      : undefined;
  });
  let isOpen = false;
  const text = writeJson(template.parts, values, (inString) => {
    if (!inString) isOpen = true;
    return '';
  });
  if (!isOpen) parseJson(text, mediaType, template.text);
}
