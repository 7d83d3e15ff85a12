import { findChangedNumber, isChanged } from '../document/changed-number.ts';
import { isDeeper, JSON_LEVELS, type JsonRecord, jsonTypeOf, listMember, memberOf } from '../document/json.ts';
import type { SchemaParts } from '../document/schema-parts.ts';

export type TextReading =
  /** What the text stands for, the likeliest first; with more than one, only the whole of the inputs can tell. */
  | { readonly kind: 'read'; readonly values: readonly unknown[] }
  /** `expectation` goes before "was expected". */
  | { readonly kind: 'refused'; readonly expectation: string };

/**
 * Reads a text as what the schemas of a value say: text unless their type is another, JSON for objects and lists. Of
 * several types the first that the text fits counts, text last. Where only alternatives tell of a type, the text stands for
 * whatever they make of it, and for itself when it fits none: whether one of them holds is not judged here.
 */
export function readText(text: string, { sure, possible }: SchemaParts): TextReading {
  const schemas = sure.map(({ value }) => value);
  const types = schemas.map(typesOf).find((stated) => stated.length > 0);
  if (types !== undefined) return readAsStated(text, types);
  const listed = schemas.map(valuesOf).find((values) => values.length > 0);
  if (listed !== undefined) return { kind: 'read', values: [readAmong(text, listed)] };
  const read = possible.flatMap(({ value }) => readAlternative(text, value));
  // Whatever it is taken for, a text spells one value at most.
  const other = read.find((value) => value !== text);
  if (other === undefined) return { kind: 'read', values: [text] };
  return { kind: 'read', values: read.includes(text) ? [other, text] : [other] };
}

function readAsStated(text: string, types: readonly string[]): TextReading {
  const [value] = readAsTypes(text, types);
  if (value !== undefined) return { kind: 'read', values: [value] };
  return { kind: 'refused', expectation: types.map((type) => describeType(type, text.trim())).join(' or ') };
}

/** A schema that is only made of others leaves it to them. */
function readAlternative(text: string, schema: JsonRecord): readonly unknown[] {
  const types = typesOf(schema);
  if (types.length > 0) return readAsTypes(text, types);
  const listed = valuesOf(schema);
  if (listed.length > 0) return [readAmong(text, listed)];
  const isMadeOfOthers = ['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => memberOf(schema, keyword) !== undefined);
  return isMadeOfOthers ? [] : [text];
}

function typesOf(schema: JsonRecord): readonly string[] {
  return [memberOf(schema, 'type')].flat().filter((type) => typeof type === 'string');
}

function valuesOf(schema: JsonRecord): readonly unknown[] {
  const constant = memberOf(schema, 'const');
  return constant === undefined ? listMember(schema, 'enum') : [constant];
}

/** What the text is as any of the types, text last. */
function readAsTypes(text: string, types: readonly string[]): readonly unknown[] {
  const others = types.filter((type) => type !== 'string');
  const values = others.map((type) => readAs(text, type)).filter((value) => value !== undefined);
  return others.length < types.length ? [...values, text] : values;
}

/** Of a schema without a type, the value among those listed that the text spells; else the text. */
function readAmong(text: string, listed: readonly unknown[]): unknown {
  if (listed.includes(text)) return text;
  const spelt = listed
    .filter((value) => value === null || typeof value !== 'object')
    .find((value) => String(value) === text);
  return spelt === undefined ? text : spelt;
}

function describeType(type: string, text: string): string {
  const isNumber = type === 'integer' || type === 'number';
  if (isNumber && isWhole(text)) return 'a number that can be held exactly, as all up to 9007199254740991 can,';
  const changed = isNumber ? undefined : findChangedNumber(parseJson(text), () => text);
  if (changed !== undefined) return `another number than ${changed.written}, which cannot be held exactly,`;
  return expectations.get(type) ?? `the type ${type}`;
}

const expectations: ReadonlyMap<string, string> = new Map([
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
  ['object', 'a JSON object'],
  ['array', 'a JSON list'],
]);

function readAs(text: string, type: string): unknown {
  const value = parseJson(text.trim());
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && !isChanged(text.trim()) ? value : undefined;
    case 'number':
      return typeof value === 'number' && !isChanged(text.trim()) ? value : undefined;
    default:
      return value !== undefined && jsonTypeOf(value) === type && !holdsChanged(value, text) ? value : undefined;
  }
}

/** Whether a number in an object or list is not the one that was typed: ids must not change on their way. */
function holdsChanged(value: unknown, text: string): boolean {
  return findChangedNumber(value, () => text) !== undefined;
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, JSON_LEVELS) ? undefined : value;
  } catch {
    return undefined;
  }
}
