import { createContext, Script } from 'node:vm';
import { maxPatternLength } from './bounds.ts';
import { type TranslatedPattern, translateJavaPattern } from './java-pattern.ts';
import { boundText, checkLength, type Rendering, RenderingError, spend } from './rendering.ts';
import type { ListValue, Value } from './value.ts';

/** The limit of `replaceAll` that replaces every match. */
export const findAll: number = Number.MAX_SAFE_INTEGER;

/** Whether the pattern matches the text from its beginning to its end. */
export function matchesWhole(rendering: Rendering, pattern: string, text: string): boolean {
  const { source, flags } = translateJavaPattern(pattern);
  return find(rendering, { source: `^(?:${source})$`, flags: flags.replace('m', '') }, text, 1).length > 0;
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

interface Match {
  readonly index: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  readonly names: Readonly<Record<string, string | undefined>>;
}

/** Characters that mean nothing but themselves, or one character of a class: such a pattern takes linear time. */
const plainPattern = /^(?:[^\\^$.|?*+()[\]{}]|\\[^\w]|\\[dDwWsSnrt]|\.|\[[^\][\\^]+\])*$/;

function find(
  rendering: Rendering,
  { source, flags }: TranslatedPattern,
  text: string,
  limit: number,
): readonly Match[] {
  if (source.length > maxPatternLength) throw new RenderingError('A regular expression of the template is too long.');
  spend(rendering, 1 + (text.length >> 2));
  try {
    const matches = plainPattern.test(source)
      ? matchAll(new RegExp(source, `g${flags}`), text, limit)
      : findWithinTime(rendering, { source, flags: `g${flags}` }, text, limit);
    spend(rendering, matches.length * stepsPerMatch);
    return matches;
  } catch (error) {
    if (error instanceof RenderingError) throw error;
    const isSlow = (error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const reason = isSlow ? 'takes too long' : 'is not valid, or not available here';
    throw new RenderingError(`A regular expression of the template ${reason}.`);
  }
}

/** What a match costs beside the text that was looked through. */
const stepsPerMatch = 8;

function matchAll(expression: RegExp, text: string, limit: number): readonly Match[] {
  const matches: Match[] = [];
  for (const match of text.matchAll(expression)) {
    if (matches.length >= limit) break;
    matches.push({ index: match.index, text: match[0], groups: [...match], names: match.groups ?? {} });
  }
  return matches;
}

/** The only code that is run there; pattern and text come as values. */
const search = new Script(
  'JSON.stringify(Array.from(text.matchAll(new RegExp(source, flags)), (match) => ({ index: match.index, text: match[0], groups: match.map((group) => group ?? null), names: match.groups ?? {} })).slice(0, limit))',
);
const sandbox = { source: '', flags: '', text: '', limit: 0 };
let isContext = false;

/** Backtracking can take for ever: it runs where it can be ended. */
function findWithinTime(
  rendering: Rendering,
  { source, flags }: TranslatedPattern,
  text: string,
  limit: number,
): readonly Match[] {
  if (!isContext) createContext(sandbox, { codeGeneration: { strings: false, wasm: false } });
  isContext = true;
  Object.assign(sandbox, { source, flags, text, limit });
  const start = performance.now();
  try {
    // At least 1 ms, the least that can be asked for.
    const timeout = Math.max(1, Math.ceil(rendering.regexMilliseconds));
    return JSON.parse(String(search.runInContext(sandbox, { timeout }))) as readonly Match[];
  } finally {
    rendering.regexMilliseconds -= performance.now() - start;
    sandbox.text = '';
  }
}

const substitutionPattern = /\\([\s\S])|\$(\d+)|\$\{(\w+)\}|[\\$]/g;

function expand(replacement: string, match: Match): string {
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
