import { compareNumbers } from './arithmetic.ts';
import { getEntry, isNumber, keyOf, makeDouble, type Value } from './value.ts';

/** The condition of a filter such as `[?(@.price < 10 && @.kind == 'a')]`: alternatives of terms that must all hold. */
export type JsonFilter = readonly (readonly JsonTerm[])[];

interface JsonTerm {
  /** Whether the term is negated by a leading `!`. */
  readonly isNegated: boolean;
  /** Names and indexes from the item on. */
  readonly path: readonly string[];
  /** What the value is compared with; without it, that there is a value is enough. */
  readonly comparison: { readonly operator: string; readonly literal: Value } | undefined;
}

/** A filter is written by people; each of its terms is looked at for each item. */
const maxTerms = 16;

const termPattern =
  /^\s*(!?)\s*@((?:\.[^\s.[\]()*'",:?@=!<>&|]+|\[\d{1,9}\]|\['[^'\\]*'\])*)\s*(?:(==|!=|<=|>=|<|>)\s*('[^'\\]*'|"[^"\\]*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*)?$/;
const stepPattern = /\.([^.[]+)|\[(\d+)\]|\['([^']*)'\]/g;

/** Reads the condition between the parentheses; `undefined` when it is none that is available. */
export function parseJsonFilter(text: string): JsonFilter | undefined {
  const alternatives: JsonTerm[][] = [];
  for (const alternative of splitOutsideStrings(text, '||')) {
    const terms: JsonTerm[] = [];
    for (const term of splitOutsideStrings(alternative, '&&')) {
      const parsed = parseTerm(term);
      if (!parsed) return undefined;
      terms.push(parsed);
    }
    alternatives.push(terms);
  }
  return alternatives.flat().length > maxTerms ? undefined : alternatives;
}

function splitOutsideStrings(text: string, separator: '||' | '&&'): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const [token] of text.matchAll(/'[^']*'|"[^"]*"|\|\||&&|[\s\S]/g)) {
    if (token === separator) {
      parts.push(part);
      part = '';
    } else part += token;
  }
  return [...parts, part];
}

function parseTerm(text: string): JsonTerm | undefined {
  const [all, negation, path = '', operator, literal] = termPattern.exec(text) ?? [];
  if (all === undefined) return undefined;
  const steps = [...path.matchAll(stepPattern)].map(([, name, index, quoted]) => name ?? index ?? quoted ?? '');
  const comparison =
    operator === undefined || literal === undefined ? undefined : { operator, literal: readLiteral(literal) };
  return { isNegated: negation === '!', path: steps, comparison };
}

function readLiteral(text: string): Value {
  if (/^['"]/.test(text)) return text.slice(1, -1);
  if (text === 'null') return null;
  return text === 'true' || text === 'false' ? text === 'true' : makeDouble(Number(text));
}

/** Whether an item passes. Values of different kinds are never equal, and only numbers and texts have an order. */
export function passesJsonFilter(item: Value, filter: JsonFilter): boolean {
  return filter.some((terms) => terms.every((term) => holds(item, term)));
}

function holds(item: Value, { isNegated, path, comparison }: JsonTerm): boolean {
  let value: Value | undefined = item;
  for (const step of path) value = readStep(value, step);
  const result = comparison
    ? value !== undefined && compare(value, comparison.operator, comparison.literal)
    : value !== undefined;
  return result !== isNegated;
}

function readStep(value: Value | undefined, step: string): Value | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  if (value.kind === 'list') return value.items[Number(step)];
  return value.kind === 'map' && value.entries.has(keyOf(step)) ? getEntry(value, step) : undefined;
}

function compare(value: Value, operator: string, literal: Value): boolean {
  const order = orderOf(value, literal);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    default:
      return order !== undefined && order >= 0;
  }
}

/** Zero for equal values, `undefined` for those that have no order. */
function orderOf(left: Value, right: Value): number | undefined {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return left === right ? 0 : undefined;
}
