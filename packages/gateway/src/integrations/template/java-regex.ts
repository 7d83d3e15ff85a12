import { type TranslatedPattern, translateJavaPattern, translateWholePattern } from './java-pattern.ts';
import { type PatternMatch, searchText } from './java-search.ts';
import { boundText, checkLength, type Rendering, RenderingError, spend } from './rendering.ts';
import type { ListValue, Value } from './value.ts';

/** The limit of `replaceAll` that replaces every match. */
export const findAll: number = Number.MAX_SAFE_INTEGER;

/** Whether the pattern matches the text from its beginning to its end. */
export function matchesWhole(rendering: Rendering, pattern: string, text: string): boolean {
  return find(rendering, translateWholePattern(pattern), text, 1).length > 0;
}

/** `replaceAll` and `replaceFirst`: `$1` and `${name}` stand for groups, a backslash makes the next character plain. */
export function replaceAll(
  rendering: Rendering,
  pattern: string,
  text: string,
  replacement: string,
  limit: number,
): string {
  let result = '';
  let position = 0;
  for (const match of find(rendering, translateJavaPattern(pattern), text, limit)) {
    result += text.slice(position, match.index) + expand(replacement, match);
    checkLength(result.length);
    position = match.index + match.text.length;
  }
  return boundText(rendering, result + text.slice(position));
}

/** `split`: at most `limit` parts when it is positive, without empty parts at the end when it is zero. */
export function splitText(rendering: Rendering, pattern: string, text: string, limit: number): ListValue {
  const parts: Value[] = [];
  let position = 0;
  for (const match of find(rendering, translateJavaPattern(pattern), text, findAll)) {
    const end = match.index + match.text.length;
    if (end === 0 || (limit > 0 && parts.length === limit - 1)) continue;
    // A match of nothing at the end of the text ends no part.
    if (match.text === '' && match.index === text.length) continue;
    parts.push(text.slice(position, match.index));
    position = end;
  }
  const isUnsplit = parts.length === 0;
  parts.push(text.slice(position));
  while (limit === 0 && !isUnsplit && parts.at(-1) === '') parts.pop();
  return { kind: 'list', items: parts, isArray: true };
}

function find(rendering: Rendering, pattern: TranslatedPattern, text: string, limit: number): readonly PatternMatch[] {
  spend(rendering, 1 + (text.length >> 2));
  const matches = searchText(pattern, text, limit, rendering);
  spend(rendering, matches.length * stepsPerMatch);
  return matches;
}

/** What a match costs beside the text that was looked through. */
const stepsPerMatch = 8;

const substitutionPattern = /\\([\s\S])|\$(\d+)|\$\{(\w+)\}|[\\$]/g;

function expand(replacement: string, match: PatternMatch): string {
  return replacement.replace(substitutionPattern, (_all: string, plain?: string, digits?: string, name?: string) => {
    if (plain !== undefined) return plain;
    if (name !== undefined && Object.hasOwn(match.names, name)) return match.names[name] ?? '';
    const group = digits === undefined ? undefined : readGroup(digits, match.groups.length);
    if (digits !== undefined && group !== undefined) {
      return (match.groups[Number(group)] ?? '') + digits.slice(group.length);
    }
    throw new RenderingError('A replacement of the template refers to a group that there is not.');
  });
}

/** Further digits belong to the number of the group as long as there is such a group. */
function readGroup(digits: string, groupCount: number): string | undefined {
  let length = digits.length;
  while (length > 0 && Number(digits.slice(0, length)) >= groupCount) length -= 1;
  return length === 0 ? undefined : digits.slice(0, length);
}
