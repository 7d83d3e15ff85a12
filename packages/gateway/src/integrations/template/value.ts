import type { Rendering } from './rendering.ts';
import type { TemplateBlock } from './syntax-tree.ts';

/** What a reference can lead to: the values of Java that a template meets, and what the gateway puts beside them. */
export type Value =
  | null
  | string
  | boolean
  | IntegerValue
  | DoubleValue
  | ListValue
  | MapValue
  | EntryValue
  | SetValue
  | IteratorValue
  | ScopeValue
  | BlockValue
  | HostValue;

/** An `Integer`, `Long` or `BigInteger`: whichever its arithmetic has grown to. */
export interface IntegerValue {
  readonly kind: 'integer';
  readonly size: IntegerSize;
  readonly value: bigint;
}

export type IntegerSize = 'Integer' | 'Long' | 'BigInteger';

export interface DoubleValue {
  readonly kind: 'double';
  readonly value: number;
}

/** A list, or the array that `split` makes; templates change lists in place. */
export interface ListValue {
  readonly kind: 'list';
  readonly items: Value[];
  readonly isArray: boolean;
}

/** A map in the order of insertion. The keys of `entries` are made by `keyOf`. */
export interface MapValue {
  readonly kind: 'map';
  readonly entries: Map<string, EntryValue>;
}

export interface EntryValue {
  readonly kind: 'entry';
  readonly key: Value;
  value: Value;
}

/** The keys, values or entries of a map. */
export interface SetValue {
  readonly kind: 'set';
  readonly items: readonly Value[];
  readonly source: MapValue;
}

export interface IteratorValue {
  readonly kind: 'iterator';
  readonly items: readonly Value[];
  position: number;
}

/** `$foreach` within a loop. */
export interface ScopeValue {
  readonly kind: 'scope';
  /** From 0. */
  index: number;
  hasNext: boolean;
  /** What `$foreach` was outside the loop. */
  readonly parent: Value;
}

/** What `#define` makes: rendered anew each time it is asked for. */
export interface BlockValue {
  readonly kind: 'block';
  readonly body: TemplateBlock;
  /** How often it is being rendered now. */
  depth: number;
}

/** An object of the gateway's own, such as `$input`: only what is listed can be reached. */
export interface HostValue {
  readonly kind: 'host';
  /** The value of a property, `undefined` where there is none. */
  readonly property: (name: string) => Value | undefined;
  readonly methods: ReadonlyMap<string, HostMethod>;
  /** What `#set($value.name = …)` does; absent where it is ignored. */
  readonly assign?: (name: string, value: Value & {}) => void;
}

/** `undefined` stands for a call that does not fit the method, as one with too few parameters. */
export type HostMethod = (parameters: readonly Value[], rendering: Rendering) => Value | undefined;

const maxInteger = 2n ** 31n - 1n;
const maxLong = 2n ** 63n - 1n;

/** An integer of at least the given size; it grows to the next one where its value does not fit, as in Velocity. */
export function makeInteger(value: bigint | number, size: IntegerSize = 'Integer'): IntegerValue {
  const wide = BigInt(value);
  const magnitude = wide < 0n ? -wide - 1n : wide;
  if (size === 'BigInteger' || magnitude > maxLong) return { kind: 'integer', size: 'BigInteger', value: wide };
  return { kind: 'integer', size: size === 'Long' || magnitude > maxInteger ? 'Long' : 'Integer', value: wide };
}

export function makeDouble(value: number): DoubleValue {
  return { kind: 'double', value };
}

export function makeList(items: Value[]): ListValue {
  return { kind: 'list', items, isArray: false };
}

export function makeMap(entries: Iterable<readonly [key: Value, value: Value]> = []): MapValue {
  const map: MapValue = { kind: 'map', entries: new Map() };
  for (const [key, value] of entries) putEntry(map, key, value);
  return map;
}

/** Puts a value under a key and returns what was there, as Java's `put`. */
export function putEntry(map: MapValue, key: Value, value: Value): Value {
  const name = keyOf(key);
  const entry = map.entries.get(name);
  const previous = entry?.value ?? null;
  if (entry) entry.value = value;
  else map.entries.set(name, { kind: 'entry', key, value });
  return previous;
}

export function getEntry(map: MapValue, key: Value): Value {
  return map.entries.get(keyOf(key))?.value ?? null;
}

/** Texts and numbers are never confused: `1` and `"1"` are two keys. Keys that are no scalars are told by their kind alone. */
export function keyOf(key: Value): string {
  if (key === null) return 'null';
  if (typeof key === 'string') return `"${key}`;
  if (typeof key === 'boolean') return String(key);
  if (key.kind === 'integer') return `${key.size} ${key.value}`;
  if (key.kind === 'double') return `Double ${key.value}`;
  return key.kind;
}

export function isNumber(value: Value): value is IntegerValue | DoubleValue {
  return value !== null && typeof value === 'object' && (value.kind === 'integer' || value.kind === 'double');
}

/** How many items a collection has now: a loop must not go on when it has changed. */
export function sizeOf(value: Value): number {
  if (value === null || typeof value !== 'object') return 0;
  if (value.kind === 'map') return value.entries.size;
  if (value.kind === 'set') return value.source.entries.size;
  return value.kind === 'list' ? value.items.length : 0;
}

/** What a loop over the value visits: the values of a map, the items of a collection; `undefined` for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  switch (value.kind) {
    case 'list':
    case 'set':
      return value.items;
    case 'map':
      return [...value.entries.values()].map((entry) => entry.value);
    case 'iterator':
      return value.items.slice(value.position);
    default:
      return undefined;
  }
}
