import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { suggestExpression } from '../../expression/suggest-expression.ts';
import type { Template } from '../../expression/template.ts';
import type { Analysis } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/**
 * What a request sends as text was not meant as an expression: `$inputs` alone, `$steps.a.id` and `{$input.id}` are none, and
 * texts such as `$connect` and `$5.00` do not look like one.
 */
export function lostExpressions(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, ({ parameters, body }) => [
    ...parameters.flatMap(({ template, pointer }) => judge(template, childPointer(pointer, 'value'))),
    ...(body?.payload ? judge(body.payload, childPointer(body.pointer, 'payload')) : []),
    ...(body?.replacements ?? []).flatMap(({ template, pointer }) => judge(template, childPointer(pointer, 'value'))),
  ]);
}

/** Nothing else begins like this. */
const whole = /^\$(?:inputs|outputs|steps|workflows|components|sourceDescriptions)(?:\.|$)/;
const embedded = /\{\$[^{}]*\}/g;

function judge(template: Template, pointer: string): readonly Finding[] {
  switch (template.kind) {
    case 'list':
      return template.items.flatMap((item, index) => judge(item, childPointer(pointer, index)));
    case 'object':
      return template.members.flatMap(([name, member]) => judge(member, childPointer(pointer, name)));
    case 'literal':
      return typeof template.value === 'string' ? judgeText([template.value], pointer) : [];
    case 'text':
      return judgeText(
        template.parts.filter((part) => typeof part === 'string'),
        pointer,
      );
    default:
      return [];
  }
}

function judgeText(texts: readonly string[], pointer: string): readonly Finding[] {
  const lost = texts.flatMap((text) => (whole.test(text) ? [text] : findEmbedded(text)));
  return [...new Set(lost)].map((text): Finding => {
    const message = `The text ${quote(text)} reads as an expression and is none; it is sent as it is.${suggestExpression(text)}`;
    return { code: 'invalid-expression', severity: 'warning', message, pointer };
  });
}

/** Expressions on a message that does not exist yet are told for themselves. */
function findEmbedded(text: string): readonly string[] {
  const found = [...text.matchAll(embedded)].map(([braced]) => braced);
  return found.filter((braced) => parseExpression(braced.slice(1, -1)) === undefined);
}
