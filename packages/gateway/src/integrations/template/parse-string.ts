import { type Cursor, fail, TemplateSyntaxError, take } from './cursor.ts';
import type { Expression } from './syntax-tree.ts';

/** A doubled quote stands for the quote; a backslash escapes nothing but `\uXXXX`, in double quotes only. */
const stringPattern = /"((?:[^"]|"")*)"|'((?:[^']|'')*)'/y;

/** Parses a string literal; one in double quotes is a template of its own when it holds a `$` or a `#`. */
export function parseString(cursor: Cursor): Expression {
  const start = cursor.position;
  const match = take(cursor, stringPattern);
  if (!match) fail(cursor, 'The string is not closed.');
  const [source, double, single = ''] = match;
  if (double === undefined) return { kind: 'string', text: single.replaceAll("''", "'"), source };
  const text = unescapeUnicode(cursor, double.replaceAll('""', '"'), start);
  return /[$#]/.test(double) ? parseInterpolated(cursor, text, source, start) : { kind: 'string', text, source };
}

function unescapeUnicode(cursor: Cursor, text: string, start: number): string {
  return text.replace(/\\u([\s\S]{0,4})/g, (_match, digits: string) => {
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail(cursor, `Four hexadecimal digits are expected after "\\u".`, start);
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
}

/**
 * A blank ends the last token, except after a line comment, which it would become a part of. It is taken off what is
 * rendered.
 */
function parseInterpolated(cursor: Cursor, text: string, source: string, start: number): Expression {
  const endsWithBlank = !text.includes('##');
  try {
    const body = cursor.grammar.parseText(endsWithBlank ? `${text} ` : text, cursor);
    return { kind: 'interpolated', body, endsWithBlank, source };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return fail(cursor, `The string is no template: ${error.message}`, start);
  }
}
