import { RenderingError } from './rendering.ts';

/** A pattern as JavaScript writes it. */
export interface TranslatedPattern {
  readonly source: string;
  readonly flags: string;
}

const tokenPattern = /\\Q([\s\S]*?)(?:\\E|$)|\\p\{(\w{1,20})\}|\\([\s\S]?)|[[\]]|[^\\[\]]+/g;
const flagsPattern = /^\(\?([ims]+)\)/;

/** Escapes that mean the same in both languages; punctuation always stands for itself. */
const commonEscape = /^[dDwWsSbBnrtfvxuk0-9\W]$/;

/** The members of the POSIX classes, as they stand within brackets. */
const asciiClasses: ReadonlyMap<string, string> = new Map([
  ['ASCII', '\\x00-\\x7f'],
  ['Alnum', 'A-Za-z0-9'],
  ['Alpha', 'A-Za-z'],
  ['Blank', ' \\t'],
  ['Cntrl', '\\x00-\\x1f\\x7f'],
  ['Digit', '0-9'],
  ['Lower', 'a-z'],
  ['Punct', '!-\\/:-@\\[-`{-~'],
  ['Space', ' \\t-\\r'],
  ['Upper', 'A-Z'],
  ['XDigit', 'A-Fa-f0-9'],
]);

/**
 * Translates a regular expression of `java.util.regex`: quoted stretches, the ends of the input, POSIX classes, and flags at
 * the beginning. An escape that JavaScript would read as something else is refused; so are, when they are compiled,
 * possessive quantifiers and atomic groups.
 */
export function translateJavaPattern(pattern: string): TranslatedPattern {
  const [opening = '', flags = ''] = flagsPattern.exec(pattern) ?? [];
  let source = '';
  let isInBrackets = false;
  for (const [token, quoted, posixClass, escaped] of pattern.slice(opening.length).matchAll(tokenPattern)) {
    if (quoted !== undefined) source += quoted.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    else if (posixClass !== undefined) source += translateClass(posixClass, isInBrackets);
    else if (escaped !== undefined) source += translateEscape(escaped);
    else source += token;
    if (token === '[' || token === ']') isInBrackets = token === '[';
  }
  return { source, flags };
}

/** Translates a pattern that must match a text from its beginning to its end. */
export function translateWholePattern(pattern: string): TranslatedPattern {
  const { source, flags } = translateJavaPattern(pattern);
  return { source: `^(?:${source})$`, flags: flags.replace('m', '') };
}

function translateClass(name: string, isInBrackets: boolean): string {
  const members = asciiClasses.get(name) ?? refuse();
  return isInBrackets ? members : `[${members}]`;
}

function translateEscape(escaped: string): string {
  if (escaped === 'A') return '^';
  if (escaped === 'z' || escaped === 'Z') return '$';
  return commonEscape.test(escaped) ? `\\${escaped}` : refuse();
}

function refuse(): never {
  throw new RenderingError('The regular expression has an escape that is not available.');
}
