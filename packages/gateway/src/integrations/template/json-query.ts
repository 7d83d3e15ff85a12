import { maxJsonDepth } from './bounds.ts';
import { type JsonFilter, parseJsonFilter, passesJsonFilter } from './json-filter.ts';
import { getEntry, itemsOf, keyOf, makeInteger, makeList, type Value } from './value.ts';

/** One step of a JSONPath as `$input.path` and `$input.json` take it: the paths of Jayway's JsonPath. */
type JsonStep =
  | { readonly kind: 'members'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly start: number | undefined; readonly end: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: JsonFilter }
  | { readonly kind: 'descendants' }
  | { readonly kind: 'length' };

export type ParsedJsonQuery =
  | { readonly kind: 'query'; readonly steps: readonly JsonStep[] }
  | { readonly kind: 'invalid'; readonly message: string };

/** A path is written by people; longer ones are mistakes, and the bound keeps evaluation short. */
const maxJsonSteps = 64;

const name = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/.source;
const patterns: readonly (readonly [pattern: RegExp, read: (match: RegExpExecArray) => JsonStep | undefined])[] = [
  [/\.length\(\)$/y, () => ({ kind: 'length' })],
  [/\.\.(?=[\w$*[])/y, () => ({ kind: 'descendants' })],
  [/\.?\*|\.?\[\s*\*\s*\]/y, () => ({ kind: 'all' })],
  [/\.?([^\s.[\]()*'",:?@]+)/y, ([, member = '']) => ({ kind: 'members', names: [member] })],
  [
    new RegExp(`\\.?\\[\\s*(?:${name})(?:\\s*,\\s*(?:${name}))*\\s*\\]`, 'y'),
    ([text]) => ({ kind: 'members', names: readNames(text) }),
  ],
  [
    /\.?\[\s*(-?\d{1,9}(?:\s*,\s*-?\d{1,9})*)\s*\]/y,
    ([, indexes = '']) => ({ kind: 'indexes', indexes: indexes.split(',').map(Number) }),
  ],
  [
    /\.?\[\s*(-?\d{1,9})?\s*:\s*(-?\d{1,9})?\s*\]/y,
    ([, start, end]) => ({
      kind: 'slice',
      start: start === undefined ? undefined : Number(start),
      end: end === undefined ? undefined : Number(end),
    }),
  ],
  [/\.?\[\s*\?\s*\(((?:'[^']*'|"[^"]*"|[^'"()])*)\)\s*\]/y, ([, condition = '']) => readFilter(condition)],
];

function readFilter(text: string): JsonStep | undefined {
  const filter = parseJsonFilter(text);
  return filter && { kind: 'filter', filter };
}

function readNames(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(name, 'g'))].map(([, single, double]) =>
    (single ?? double ?? '').replace(/\\(.)/gu, '$1'),
  );
}

/** Does not quote the path: a template may have made it of what a client sent. */
const message =
  'A JSONPath of the template is not valid, or uses what is not available, as functions other than length().';

/** Parses a JSONPath; a path that does not begin with `$` is read as if it did, as Jayway's does. */
export function parseJsonQuery(text: string): ParsedJsonQuery {
  const steps: JsonStep[] = [];
  let position = text.startsWith('$') ? 1 : 0;
  while (position < text.length) {
    const step = readStep(text, position);
    if (!step || steps.length === maxJsonSteps) {
      return { kind: 'invalid', message };
    }
    steps.push(step.step);
    position += step.length;
  }
  return { kind: 'query', steps };
}

function readStep(text: string, position: number): { readonly step: JsonStep; readonly length: number } | undefined {
  for (const [pattern, read] of patterns) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    const step = match && read(match);
    if (step) return { step, length: match[0].length };
  }
  return undefined;
}

/**
 * The value that a path leads to, `undefined` when there is none. A path that can lead to several values, as one with `*` or
 * `..`, always gives a list. `visit` is called for every value that is looked at.
 */
export function queryJson(root: Value, steps: readonly JsonStep[], visit: () => void): Value | undefined {
  let values: Value[] = [root];
  let isDefinite = true;
  for (const step of steps) {
    isDefinite &&= isDefiniteStep(step);
    const next: Value[] = [];
    for (const value of values) {
      visit();
      selectChildren(value, step, next, visit);
    }
    values = next;
  }
  return isDefinite ? values[0] : makeList(values);
}

function isDefiniteStep(step: JsonStep): boolean {
  if (step.kind === 'members') return step.names.length === 1;
  if (step.kind === 'indexes') return step.indexes.length === 1;
  return step.kind === 'length';
}

function selectChildren(value: Value, step: JsonStep, found: Value[], visit: () => void): void {
  switch (step.kind) {
    case 'members':
      found.push(...membersOf(value, step.names));
      break;
    case 'indexes':
      for (const index of step.indexes) found.push(...sliceOf(value, index, index + 1 || undefined));
      break;
    case 'slice':
      found.push(...sliceOf(value, step.start, step.end));
      break;
    case 'all':
      found.push(...(itemsOf(value) ?? []));
      break;
    case 'filter':
      visitAll(value, visit);
      found.push(...filterItems(value, step.filter));
      break;
    case 'descendants':
      collectDescendants(value, found, visit, 0);
      break;
    case 'length':
      found.push(...lengthOf(value));
      break;
  }
}

function membersOf(value: Value, names: readonly string[]): readonly Value[] {
  if (value === null || typeof value !== 'object' || value.kind !== 'map') return [];
  return names.filter((member) => value.entries.has(keyOf(member))).map((member) => getEntry(value, member));
}

function sliceOf(value: Value, start: number | undefined, end: number | undefined): readonly Value[] {
  if (value === null || typeof value !== 'object' || value.kind !== 'list') return [];
  return value.items.slice(start, end);
}

function visitAll(value: Value, visit: () => void): void {
  for (const _item of itemsOf(value) ?? []) visit();
}

/** Of a list its items; of an object, as Jayway does, the object itself. */
function filterItems(value: Value, filter: JsonFilter): readonly Value[] {
  if (value === null || typeof value !== 'object') return [];
  const items = value.kind === 'map' ? [value] : (itemsOf(value) ?? []);
  return items.filter((item) => passesJsonFilter(item, filter));
}

function lengthOf(value: Value): readonly Value[] {
  const items = itemsOf(value);
  return items ? [makeInteger(items.length)] : [];
}

/** The value itself, then what is in it, from the outside to the inside; a template can have put a value into itself. */
function collectDescendants(value: Value, found: Value[], visit: () => void, depth: number): void {
  visit();
  found.push(value);
  if (depth === maxJsonDepth) return;
  for (const item of itemsOf(value) ?? []) collectDescendants(item, found, visit, depth + 1);
}
