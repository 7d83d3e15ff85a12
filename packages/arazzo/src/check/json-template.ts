import { isRecord } from '../document/json.ts';
import type { EmbeddedExpression } from '../expression/embedded.ts';
import type { Template, TextTemplate } from '../expression/template.ts';
import { endsInString } from '../request/evaluate-payload.ts';

/** Stand for expressions within strings of JSON, and elsewhere in it. */
const [within, elsewhere] = ['\uE0F0', '\uE0F1'];

/**
 * The objects, lists and values that a text for JSON describes, with its expressions in their places; `undefined` when the
 * text is no JSON, whatever they give.
 */
export function readJsonTemplate(template: TextTemplate): Template | undefined {
  if (template.text.includes(within) || template.text.includes(elsewhere)) return undefined;
  let text = '';
  let inString = false;
  for (const [index, part] of template.parts.entries()) {
    if (typeof part === 'string') {
      text += part;
      inString = endsInString(part, inString);
    } else text += inString ? `${within}${index};` : `"${elsewhere}${index};"`;
  }
  try {
    return toTemplate(JSON.parse(text), template);
  } catch {
    return undefined;
  }
}

function toTemplate(value: unknown, template: TextTemplate): Template {
  if (typeof value === 'string') return toText(value, template);
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => toTemplate(item, template)) };
  if (!isRecord(value)) return { kind: 'literal', value };
  const members = Object.entries(value).map(([name, member]) => [name, toTemplate(member, template)] as const);
  return { kind: 'object', members };
}

function toText(value: string, { parts: all }: TextTemplate): Template {
  const embedded = (index: string | undefined): EmbeddedExpression | undefined => {
    const part = all[Number(index)];
    return typeof part === 'string' ? undefined : part;
  };
  const whole = value.startsWith(elsewhere) ? embedded(value.slice(1, -1)) : undefined;
  if (whole !== undefined) return { kind: 'expression', ...whole };
  if (!value.includes(within)) return { kind: 'literal', value };
  const parts = value
    .split(/(\uE0F0\d+;)/)
    .map((part) => (part.startsWith(within) ? (embedded(part.slice(1, -1)) ?? part) : part))
    .filter((part) => part !== '');
  const text = parts.map((part) => (typeof part === 'string' ? part : `{${part.text}}`)).join('');
  return { kind: 'text', parts, text };
}
