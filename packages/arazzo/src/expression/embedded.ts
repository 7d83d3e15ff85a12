import type { Expression } from './expression.ts';
import { type ParseOptions, parseExpression } from './parse-expression.ts';

/** A runtime expression with its text, without the braces around it. */
export interface EmbeddedExpression {
  readonly expression: Expression;
  readonly text: string;
}

/**
 * Splits text at its embedded expressions, in order. Only `{$` starts one, so the braces of JSON and of quantifiers in
 * regular expressions stay text, as does what is no expression (Arazzo 1.1.0 §Runtime Expressions).
 */
export function splitEmbedded(text: string, options: ParseOptions): readonly (string | EmbeddedExpression)[] {
  const parts: (string | EmbeddedExpression)[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{(\$[^{}]*)\}/g)) {
    const inner = match[1] ?? '';
    const expression = parseExpression(inner, options);
    if (expression === undefined) continue;
    parts.push(text.slice(end, match.index), { expression, text: inner });
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}
