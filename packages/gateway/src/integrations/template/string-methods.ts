import { defineMethods, type JavaMethods } from './java-method.ts';
import { findAll, matchesWhole, replaceAll, splitText } from './java-regex.ts';
import { toText } from './java-text.ts';
import { boundText, checkLength, type Rendering, RenderingError, spend } from './rendering.ts';
import { makeInteger, type Value } from './value.ts';

/** The methods of `java.lang.String` that templates use, as of Java 8. */
export const stringMethods: JavaMethods<string> = defineMethods<string>({
  'charAt(int)': (text, parameters) => slice(text, parameters.int(0), parameters.int(0) + 1),
  'codePointAt(int)': (text, parameters) => makeInteger(slice(text, parameters.int(0)).codePointAt(0) ?? 0),
  'compareTo(text)': (text, parameters) => makeInteger(compareTexts(text, parameters.text(0))),
  'compareToIgnoreCase(text)': (text, parameters) => makeInteger(compareTexts(fold(text), fold(parameters.text(0)))),
  'concat(text)': (text, parameters, rendering) => boundText(rendering, text + parameters.text(0)),
  'contains(text)': (text, parameters) => text.includes(parameters.text(0)),
  'contentEquals(text)': (text, parameters) => text === parameters.text(0),
  'endsWith(text)': (text, parameters) => text.endsWith(parameters.text(0)),
  'equals(object)': (text, parameters) => text === parameters.value(0),
  'equalsIgnoreCase(text)': (text, parameters) =>
    parameters.value(0) !== null && fold(text) === fold(parameters.text(0)),
  'hashCode()': (text, _parameters, rendering) => makeInteger(hashText(rendering, text)),
  'indexOf(text)': (text, parameters) => makeInteger(text.indexOf(parameters.text(0))),
  'indexOf(text,int)': (text, parameters) => makeInteger(text.indexOf(parameters.text(0), parameters.int(1))),
  'intern()': (text) => text,
  'isEmpty()': (text) => text === '',
  'join(text,collection)': (_text, parameters, rendering) =>
    joinTexts(rendering, parameters.text(0), parameters.items(1)),
  'lastIndexOf(text)': (text, parameters) => makeInteger(text.lastIndexOf(parameters.text(0))),
  'lastIndexOf(text,int)': (text, parameters) =>
    makeInteger(parameters.int(1) < 0 ? -1 : text.lastIndexOf(parameters.text(0), parameters.int(1))),
  'length()': (text) => makeInteger(text.length),
  'matches(text)': (text, parameters, rendering) => matchesWhole(rendering, parameters.text(0), text),
  'replace(text,text)': (text, parameters, rendering) =>
    replaceLiterally(rendering, text, parameters.text(0), parameters.text(1)),
  'replaceAll(text,text)': (text, parameters, rendering) =>
    replaceAll(rendering, parameters.text(0), text, parameters.text(1), findAll),
  'replaceFirst(text,text)': (text, parameters, rendering) =>
    replaceAll(rendering, parameters.text(0), text, parameters.text(1), 1),
  'split(text)': (text, parameters, rendering) => splitText(rendering, parameters.text(0), text, 0),
  'split(text,int)': (text, parameters, rendering) => splitText(rendering, parameters.text(0), text, parameters.int(1)),
  'startsWith(text)': (text, parameters) => text.startsWith(parameters.text(0)),
  'startsWith(text,int)': (text, parameters) =>
    parameters.int(1) >= 0 &&
    parameters.int(1) <= text.length &&
    text.startsWith(parameters.text(0), parameters.int(1)),
  'subSequence(int,int)': (text, parameters) => slice(text, parameters.int(0), parameters.int(1)),
  'substring(int)': (text, parameters) => slice(text, parameters.int(0)),
  'substring(int,int)': (text, parameters) => slice(text, parameters.int(0), parameters.int(1)),
  'toCharArray()': (text, _parameters, rendering) => {
    spend(rendering, text.length);
    return { kind: 'list', items: text.split(''), isArray: true };
  },
  'toLowerCase()': (text, _parameters, rendering) => boundText(rendering, text.toLowerCase()),
  'toString()': (text) => text,
  'toUpperCase()': (text, _parameters, rendering) => boundText(rendering, text.toUpperCase()),
  // Java trims everything up to the blank, and no blanks of other scripts.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are trimmed.
  'trim()': (text) => text.replace(/^[\x00-\x20]+/, '').replace(/(?<![\x00-\x20])[\x00-\x20]+$/, ''),
  'valueOf(object)': (_text, parameters, rendering) => toText(rendering, parameters.value(0)) ?? 'null',
});

function slice(text: string, start: number, end: number = text.length): string {
  if (start < 0 || end > text.length || start > end) {
    throw new RenderingError(`The range ${start} to ${end} is outside of a text of ${text.length} characters.`);
  }
  return text.slice(start, end);
}

/** The difference of the first characters that differ, else of the lengths. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

function hashText(rendering: Rendering, text: string): number {
  spend(rendering, text.length >> 4);
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

function joinTexts(rendering: Rendering, separator: string, items: readonly Value[]): string {
  let text = '';
  for (const [index, item] of items.entries()) {
    if (item !== null && typeof item !== 'string') throw new RenderingError('Only texts can be joined.');
    text = boundText(rendering, text + (index === 0 ? '' : separator) + (item ?? 'null'));
  }
  return text;
}

/** The length is known before the text is made: a short template could ask for a very long one. */
function replaceLiterally(rendering: Rendering, text: string, search: string, replacement: string): string {
  const parts = text.split(search);
  // Between all characters, and before and after them.
  if (search === '') parts.unshift('');
  checkLength(text.length + parts.length * replacement.length);
  return boundText(rendering, parts.join(replacement) + (search === '' ? replacement : ''));
}
