import { listMember, memberOf, recordMember } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import type { Place } from '../../document/openapi/reference.ts';
import { inventNames } from './invent-names.ts';
import { type ReadKeyword, sampleNumber, sampleText } from './sample-scalar.ts';
import { collectParts, keyword, listed } from './schema-parts.ts';
import { allowsMember, schemasOfItem, schemasOfMember } from './schemas-of-member.ts';

export interface SampleOptions {
  /**
   * Where there is a choice (listed values, alternatives, true or false), the turn decides: the first on turn 0, the next on
   * turn 1, and so on round.
   */
  readonly turn: number;
  /** What a text without a format says; members are called by their own names. `text` by default. */
  readonly name?: string;
  /** Where in an answer the sample stands. */
  readonly path?: readonly string[];
  readonly onUnmet?: (unmet: UnmetPattern) => void;
}

/** A pattern for which no text was found, or no name. */
export interface UnmetPattern {
  readonly pattern: string;
  /** Of the text that stands in its place, or of the object that lacks the member. */
  readonly path: readonly string[];
  /** Absent for a name. */
  readonly text?: string;
  /** The end of a sentence. */
  readonly reason: string;
}

/** Members deeper than this are left out where they may be, so that samples of recursive schemas end. */
const MAX_DEPTH = 12;
/** No sample has more values than these. */
const MAX_VALUES = 5_000;
const MAX_ITEMS = 5;
/** No more members are made up to be as many as an object wants. */
const MAX_INVENTED = 100;
/** After so many patterns for which no text is found, which may take long, no more are followed. */
const MAX_UNMET = 5;

/**
 * A value as a schema describes it (JSON Schema 2020-12, or OpenAPI 3.0 and Swagger 2.0 §Schema Object): what the schema
 * gives as constant, example or default, else something of its type, with every member that it names or requires but those
 * that are only written, and with as many as it wants and allows. A schema inside itself is left out, or is an empty list.
 * Where several schemas are given, the value is as all of them describe it. Always the same for the same turn.
 */
export async function sampleSchema(
  library: Library,
  schemas: Place | readonly Place[],
  options: SampleOptions,
): Promise<unknown> {
  const sampling: Sampling = { ...options, library, left: { values: MAX_VALUES, unmet: MAX_UNMET } };
  return sample(sampling, [schemas].flat(), { name: options.name ?? 'text', path: options.path ?? [], above: [] });
}

interface Sampling extends SampleOptions {
  readonly library: Library;
  readonly left: { values: number; unmet: number };
}

interface Position {
  /** Of the member that the value is for: what a text without a format says. */
  readonly name: string;
  readonly path: readonly string[];
  /** The schemas that this one is inside of. */
  readonly above: readonly unknown[];
}

/** `undefined` when the value is to be left out. */
async function sample(sampling: Sampling, schemas: readonly Place[], position: Position): Promise<unknown> {
  sampling.left.values -= 1;
  const parts = await collectParts(sampling.library, schemas, sampling.turn);
  const values = parts.map(({ value }) => value);
  const given = readGiven(sampling.turn, values);
  if (given !== undefined) return structuredClone(given);
  const [top] = values;
  if (sampling.left.values < 0 || position.above.length > MAX_DEPTH || position.above.includes(top)) return undefined;
  const inside = { ...position, above: [...position.above, top] };
  switch (typeOf(sampling.turn, values)) {
    case 'object':
      return sampleObject(sampling, parts, inside);
    case 'array':
      return sampleList(sampling, parts, inside);
    case 'integer':
      return sampleNumber(keyword(values), true);
    case 'number':
      return sampleNumber(keyword(values), false);
    case 'boolean':
      return sampling.turn % 2 === 0;
    case 'null':
      return null;
    default:
      return sampleString(sampling, keyword(values), position);
  }
}

function sampleString({ left, turn, onUnmet }: Sampling, read: ReadKeyword, { name, path }: Position): string {
  const readWithout: ReadKeyword = (word) => (word === 'pattern' ? undefined : read(word));
  const { text, unmet } = sampleText(left.unmet > 0 ? read : readWithout, name, turn);
  if (unmet === undefined) return text;
  left.unmet -= 1;
  const reason = left.unmet > 0 ? unmet : `${unmet}; no more patterns are followed`;
  onUnmet?.({ pattern: String(read('pattern')), path, text, reason });
  return text;
}

/** What the schema says the value is. Listed values come before examples once it is their turn. */
function readGiven(turn: number, values: readonly unknown[]): unknown {
  const read = keyword(values);
  const allowed = read('enum');
  const listed = Array.isArray(allowed) && allowed.length > 0 ? allowed[turn % allowed.length] : undefined;
  if (turn > 0 && listed !== undefined) return listed;
  const examples = read('examples');
  const example = Array.isArray(examples) && examples.length > 0 ? examples[turn % examples.length] : read('example');
  return read('const') ?? example ?? read('default') ?? listed;
}

const objectKeywords: readonly string[] = [
  ...['properties', 'additionalProperties', 'patternProperties', 'propertyNames', 'required'],
  ...['minProperties', 'maxProperties'],
];

function typeOf(turn: number, values: readonly unknown[]): unknown {
  const read = keyword(values);
  const stated = [read('type') ?? []].flat().filter((type) => type !== 'null');
  if (stated.length > 0) return stated[turn % stated.length];
  if (read('type') !== undefined) return 'null';
  if (objectKeywords.some((name) => read(name) !== undefined)) return 'object';
  if (read('items') !== undefined || read('prefixItems') !== undefined) return 'array';
  return ['minimum', 'maximum', 'multipleOf'].some((name) => read(name) !== undefined) ? 'number' : 'string';
}

async function sampleObject(
  sampling: Sampling,
  parts: readonly Place[],
  position: Position,
): Promise<Record<string, unknown>> {
  const members = new Map<string, unknown>();
  const add = async (name: string): Promise<void> => {
    const inside = { ...position, name, path: [...position.path, name] };
    const value = await sample(sampling, schemasOfMember(parts, name), inside);
    if (value !== undefined) members.set(name, value);
  };
  const most = Math.min(...numbersOf(parts, 'maxProperties'));
  for (const name of chooseNames(namesOf(parts), requiredOf(parts), most, sampling.turn)) await add(name);
  const least = Math.min(Math.max(0, ...numbersOf(parts, 'minProperties')), most, MAX_INVENTED);
  if (members.size < least) for (const name of await invent(sampling, parts, position, members, least)) await add(name);
  return Object.fromEntries(members);
}

function numbersOf(parts: readonly Place[], name: string): readonly number[] {
  return parts.map(({ value }) => memberOf(value, name)).filter((value) => typeof value === 'number');
}

function requiredOf(parts: readonly Place[]): readonly string[] {
  return parts.flatMap(({ value }) => listMember(value, 'required').filter((name) => typeof name === 'string'));
}

/** As many names as there may be: those that are required, and of the others the turn decides which comes first. */
function chooseNames(
  names: ReadonlySet<string>,
  required: readonly string[],
  most: number,
  turn: number,
): readonly string[] {
  if (names.size <= most) return [...names];
  const needed = [...names].filter((name) => required.includes(name));
  const others = [...names].filter((name) => !required.includes(name));
  const first = turn % Math.max(1, others.length);
  const chosen = [...others.slice(first), ...others.slice(0, first)].slice(0, Math.max(0, most - needed.length));
  return [...names].filter((name) => needed.includes(name) || chosen.includes(name));
}

/**
 * The members that the parts name, though a part that is closed may not know those of another, then those that they only
 * require, without those that are only written.
 */
function namesOf(parts: readonly Place[]): ReadonlySet<string> {
  const named = parts.flatMap(({ value }) => {
    const properties = Object.entries(recordMember(value, 'properties'));
    return properties.filter(([, schema]) => schema !== false).map(([name]) => name);
  });
  const required = requiredOf(parts).filter((name) => allowsMember(parts, name));
  const isWritten = (name: string): boolean =>
    schemasOfMember(parts, name).some(({ value }) => memberOf(value, 'writeOnly') === true);
  return new Set([...named, ...required].filter((name) => !isWritten(name)));
}

async function invent(
  { library, turn, left, onUnmet }: Sampling,
  parts: readonly Place[],
  { path }: Position,
  members: ReadonlyMap<string, unknown>,
  least: number,
): Promise<readonly string[]> {
  const wanted = { turn, count: least - members.size, taken: new Set(members.keys()), followsPatterns: left.unmet > 0 };
  const { names, unmet } = await inventNames(library, parts, wanted);
  left.unmet -= unmet.length;
  if (names.length < wanted.count) for (const { pattern, reason } of unmet) onUnmet?.({ pattern, path, reason });
  return names;
}

async function sampleList(
  sampling: Sampling,
  parts: readonly Place[],
  position: Position,
): Promise<readonly unknown[]> {
  const read = keyword(parts.map(({ value }) => value));
  const first = Math.max(...parts.map((part) => listed(part, 'prefixItems').length));
  const most = bound(read('maxItems'), MAX_ITEMS);
  const count = Math.min(Math.max(bound(read('minItems'), 1), first, 1), most);
  const list: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const schemas = schemasOfItem(parts, index);
    const inside = { ...position, path: [...position.path, String(index)] };
    const value = schemas.length === 0 ? undefined : await sample(sampling, schemas, inside);
    if (value === undefined) break;
    list.push(value);
  }
  return list;
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(value, MAX_ITEMS) : otherwise;
}
