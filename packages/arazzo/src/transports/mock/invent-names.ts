import { isRecord, recordMember } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { matchesPattern } from './pattern/matches-pattern.ts';
import { type PatternSample, samplePattern } from './pattern/sample-pattern.ts';
import { collectParts, keyword } from './schema-parts.ts';
import { allowsMember } from './schemas-of-member.ts';

export interface NameOptions {
  readonly turn: number;
  /** How many names are wanted. */
  readonly count: number;
  /** The names that the object has. */
  readonly taken: ReadonlySet<string>;
  /** Whether patterns are followed, for which it may take long to find a text. */
  readonly followsPatterns: boolean;
}

export interface InventedNames {
  /** As many as were found. */
  readonly names: readonly string[];
  /** Patterns for which no name was found; `reason` is the end of a sentence. */
  readonly unmet: readonly { readonly pattern: string; readonly reason: string }[];
}

/** The longest name that is made up. */
const MAX_LENGTH = 100;
/** So many more names than are wanted are tried of each kind, since some are there already, or the same as others. */
const MORE_TRIES = 10;

/**
 * Names for further members of an object that all the parts describe: such as `patternProperties` describe, else such as
 * `propertyNames` asks for, else `name`, `name2` and so on.
 */
export async function inventNames(
  library: Library,
  parts: readonly Place[],
  options: NameOptions,
): Promise<InventedNames> {
  const rules = await readRules(library, parts, options.turn);
  const unmet: InventedNames['unmet'][number][] = [];
  const names = new Set<string>();
  for (const name of candidatesOf(parts, rules, options, (pattern, reason) => unmet.push({ pattern, reason }))) {
    if (names.size >= options.count) break;
    if (!options.taken.has(name) && meets(rules, name) && allowsMember(parts, name)) names.add(name);
  }
  return { names: [...names], unmet };
}

/** What `propertyNames` says of names. */
interface NameRules {
  readonly allowed?: readonly unknown[];
  readonly pattern?: string;
  readonly least: number;
  readonly most: number;
}

async function readRules(library: Library, parts: readonly Place[], turn: number): Promise<NameRules> {
  const places = parts.flatMap((part) => childPlace(part, 'propertyNames') ?? []);
  const read = keyword((await collectParts(library, places, turn)).map(({ value }) => value));
  const [constant, listed, pattern] = ['const', 'enum', 'pattern'].map(read);
  const [least, most] = [read('minLength'), read('maxLength')];
  const allowed = constant === undefined ? listed : [constant];
  return {
    ...(Array.isArray(allowed) && { allowed }),
    ...(typeof pattern === 'string' && { pattern }),
    least: typeof least === 'number' ? Math.min(least, MAX_LENGTH) : 0,
    most: typeof most === 'number' ? Math.min(most, MAX_LENGTH) : MAX_LENGTH,
  };
}

function meets({ allowed, pattern, least, most }: NameRules, name: string): boolean {
  const { length } = [...name];
  if (length < least || length > most || (allowed !== undefined && !allowed.includes(name))) return false;
  return pattern === undefined || matchesPattern(pattern, name) !== false;
}

type OnUnmet = (pattern: string, reason: string) => void;

function* candidatesOf(
  parts: readonly Place[],
  rules: NameRules,
  options: NameOptions,
  onUnmet: OnUnmet,
): Iterable<string> {
  for (const name of rules.allowed ?? []) if (typeof name === 'string') yield name;
  if (rules.allowed !== undefined) return;
  const described = parts.flatMap(({ value }) => Object.entries(recordMember(value, 'patternProperties')));
  const patterns = described.filter(([, schema]) => isRecord(schema) || schema === true).map(([pattern]) => pattern);
  for (const pattern of options.followsPatterns
    ? [...patterns, ...(rules.pattern === undefined ? [] : [rules.pattern])]
    : []) {
    yield* textsOf(pattern, rules, options, onUnmet);
  }
  for (const name of usualNames(options)) yield name.padEnd(rules.least, 'x').slice(0, rules.most);
}

/** Texts in which a pattern is found: with other alternatives and characters each time, and longer ones while there are any. */
function* textsOf(
  pattern: string,
  { least, most }: NameRules,
  options: NameOptions,
  onUnmet: OnUnmet,
): Iterable<string> {
  let growing = true;
  for (const [index, usual] of usualNames(options).entries()) {
    const wanted = { usual, most, turn: options.turn + index, skipped: index };
    const sample = samplePattern(pattern, { ...wanted, least });
    if (sample.kind === 'unmet') {
      if (index === 0) onUnmet(pattern, sample.reason);
      return;
    }
    yield sample.text;
    const longer: PatternSample | undefined = growing
      ? samplePattern(pattern, { ...wanted, least: Math.max(least, index + 2) })
      : undefined;
    growing = longer?.kind === 'sampled';
    if (longer?.kind === 'sampled') yield longer.text;
  }
}

function usualNames({ count }: NameOptions): readonly string[] {
  return Array.from({ length: count + MORE_TRIES }, (_, index) => (index === 0 ? 'name' : `name${index + 1}`));
}
