import { isRecord, memberOf, recordMember } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { type ReadKeyword, sampleNumber, sampleText } from './sample-scalar.ts';
import { collectParts, keyword, listed } from './schema-parts.ts';

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

/** A pattern for which no text was found. */
export interface UnmetPattern {
  readonly pattern: string;
  /** Of the text that stands in its place. */
  readonly path: readonly string[];
  readonly text: string;
  /** The end of a sentence. */
  readonly reason: string;
}

/** Members deeper than this are left out where they may be, so that samples of recursive schemas end. */
const MAX_DEPTH = 12;
/** No sample has more values than these. */
const MAX_VALUES = 5_000;
const MAX_ITEMS = 5;
/** After so many patterns for which no text is found, which may take long, no more are followed. */
const MAX_UNMET = 5;

/**
 * A value as a schema describes it (JSON Schema 2020-12, or OpenAPI 3.0 and Swagger 2.0 §Schema Object): what the schema
 * gives as constant, example or default, else something of its type, with every member that it names but those that are
 * only written. A schema inside itself is left out, or is an empty list. Always the same for the same turn.
 */
export async function sampleSchema(library: Library, place: Place, options: SampleOptions): Promise<unknown> {
  const sampling: Sampling = { ...options, library, left: { values: MAX_VALUES, unmet: MAX_UNMET } };
  return sample(sampling, place, { name: options.name ?? 'text', path: options.path ?? [], above: [] });
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
async function sample(sampling: Sampling, start: Place, position: Position): Promise<unknown> {
  sampling.left.values -= 1;
  const parts = await collectParts(sampling.library, start, sampling.turn);
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

function typeOf(turn: number, values: readonly unknown[]): unknown {
  const read = keyword(values);
  const stated = [read('type') ?? []].flat().filter((type) => type !== 'null');
  if (stated.length > 0) return stated[turn % stated.length];
  if (read('type') !== undefined) return 'null';
  if (read('properties') !== undefined || read('additionalProperties') !== undefined) return 'object';
  if (read('items') !== undefined || read('prefixItems') !== undefined) return 'array';
  return ['minimum', 'maximum', 'multipleOf'].some((name) => read(name) !== undefined) ? 'number' : 'string';
}

async function sampleObject(
  sampling: Sampling,
  parts: readonly Place[],
  position: Position,
): Promise<Record<string, unknown>> {
  const members = new Map<string, unknown>();
  for (const part of parts) {
    const properties = childPlace(part, 'properties');
    for (const name of Object.keys(recordMember(part.value, 'properties'))) {
      const place = properties && childPlace(properties, name);
      if (place === undefined || members.has(name) || memberOf(place.value, 'writeOnly') === true) continue;
      members.set(name, await sample(sampling, place, { ...position, name, path: [...position.path, name] }));
    }
  }
  const least = keyword(parts.map(({ value }) => value))('minProperties');
  const others = parts.flatMap((part) => childPlace(part, 'additionalProperties') ?? [])[0];
  if (members.size === 0 && typeof least === 'number' && least > 0 && isRecord(others?.value)) {
    members.set(
      'name',
      await sample(sampling, others, { ...position, name: 'name', path: [...position.path, 'name'] }),
    );
  }
  return Object.fromEntries([...members].filter(([, value]) => value !== undefined));
}

async function sampleList(
  sampling: Sampling,
  parts: readonly Place[],
  position: Position,
): Promise<readonly unknown[]> {
  const read = keyword(parts.map(({ value }) => value));
  const first = parts.flatMap((part) => listed(part, 'prefixItems'));
  const rest = parts.flatMap((part) => childPlace(part, 'items') ?? [])[0];
  const most = bound(read('maxItems'), MAX_ITEMS);
  const count = Math.min(Math.max(bound(read('minItems'), 1), first.length, 1), most);
  const list: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const place = first[index] ?? rest;
    const inside = { ...position, path: [...position.path, String(index)] };
    const value = place && (await sample(sampling, place, inside));
    if (value === undefined) break;
    list.push(value);
  }
  return list;
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(value, MAX_ITEMS) : otherwise;
}
