import { equalsInJava } from './equality.ts';
import { checkIndex, defineMethods, isOfKind, type JavaMethods } from './java-method.ts';
import { toText } from './java-text.ts';
import { type Rendering, RenderingError, spend } from './rendering.ts';
import {
  type EntryValue,
  getEntry,
  type IteratorValue,
  itemsOf,
  keyOf,
  type ListValue,
  type MapValue,
  makeInteger,
  makeList,
  putEntry,
  type ScopeValue,
  type SetValue,
  type Value,
} from './value.ts';

/** What Velocity shows for a method that returns nothing. */
const nothing = '';

function indexIn(rendering: Rendering, items: readonly Value[], wanted: Value): number {
  return items.findIndex((item) => equalsInJava(rendering, item, wanted));
}

/** A set or the values of a map. */
export const setMethods: JavaMethods<SetValue> = defineMethods<SetValue>({
  'contains(object)': (set, parameters, rendering) => indexIn(rendering, set.items, parameters.value(0)) !== -1,
  'containsAll(collection)': (set, parameters, rendering) =>
    parameters.items(0).every((item) => indexIn(rendering, set.items, item) !== -1),
  'equals(object)': (set, parameters, rendering) => equalsInJava(rendering, set, parameters.value(0)),
  'isEmpty()': (set) => set.items.length === 0,
  'iterator()': (set) => ({ kind: 'iterator', items: set.items, position: 0 }),
  'size()': (set) => makeInteger(set.items.length),
  'toArray()': (set, _parameters, rendering) => {
    spend(rendering, set.items.length >> 2);
    return { kind: 'list', items: [...set.items], isArray: true };
  },
  'toString()': (set, _parameters, rendering) => toText(rendering, set),
});

/** `java.util.ArrayList`, and what Velocity lets arrays do. */
export const listMethods: JavaMethods<ListValue> = defineMethods<ListValue>({
  'add(object)': (list, parameters, rendering) => {
    insert(rendering, list, list.items.length, [parameters.value(0)]);
    return true;
  },
  'add(int,object)': (list, parameters, rendering) => {
    insert(rendering, list, parameters.int(0), [parameters.value(1)]);
    return nothing;
  },
  'addAll(collection)': (list, parameters, rendering) =>
    insert(rendering, list, list.items.length, parameters.items(0)),
  'addAll(int,collection)': (list, parameters, rendering) =>
    insert(rendering, list, parameters.int(0), parameters.items(1)),
  'clear()': (list) => {
    list.items.length = 0;
    return nothing;
  },
  'contains(object)': (list, parameters, rendering) => indexIn(rendering, list.items, parameters.value(0)) !== -1,
  'containsAll(collection)': (list, parameters, rendering) =>
    parameters.items(0).every((item) => indexIn(rendering, list.items, item) !== -1),
  'equals(object)': (list, parameters, rendering) => equalsInJava(rendering, list, parameters.value(0)),
  'get(int)': (list, parameters) => list.items[checkIndex(list, parameters.int(0))] ?? null,
  'indexOf(object)': (list, parameters, rendering) => makeInteger(indexIn(rendering, list.items, parameters.value(0))),
  'isEmpty()': (list) => list.items.length === 0,
  'iterator()': (list) => ({ kind: 'iterator', items: list.items, position: 0 }),
  'lastIndexOf(object)': (list, parameters, rendering) => {
    const fromEnd = indexIn(rendering, list.items.toReversed(), parameters.value(0));
    return makeInteger(fromEnd === -1 ? -1 : list.items.length - 1 - fromEnd);
  },
  'remove(int)': (list, parameters, rendering) => {
    spend(rendering, list.items.length >> 6);
    return list.items.splice(checkIndex(list, parameters.int(0)), 1)[0] ?? null;
  },
  'remove(object)': (list, parameters, rendering) => {
    const index = indexIn(rendering, list.items, parameters.value(0));
    if (index !== -1) list.items.splice(index, 1);
    return index !== -1;
  },
  'set(int,object)': (list, parameters) => setItem(list, parameters.int(0), parameters.value(1)),
  'size()': (list) => makeInteger(list.items.length),
  'subList(int,int)': (list, parameters, rendering) => {
    spend(rendering, list.items.length >> 2);
    const start = checkIndex(list, parameters.int(0), parameters.int(1) + 1);
    return makeList(list.items.slice(start, checkIndex(list, parameters.int(1), list.items.length + 1)));
  },
  'toArray()': (list, _parameters, rendering) => {
    spend(rendering, list.items.length >> 2);
    return { kind: 'list', items: [...list.items], isArray: true };
  },
  'toString()': (list, _parameters, rendering) => toText(rendering, list),
});

/** Replaces an item and returns what was there. */
export function setItem(list: ListValue, index: number, value: Value): Value {
  const place = checkIndex(list, index);
  const previous = list.items[place] ?? null;
  list.items[place] = value;
  return previous;
}

function insert(rendering: Rendering, list: ListValue, index: number, items: readonly Value[]): boolean {
  if (list.isArray) throw new RenderingError('An array cannot be given further items.');
  spend(rendering, 1 + items.length + (list.items.length >> 6));
  list.items.splice(checkIndex(list, index, list.items.length + 1), 0, ...items.slice());
  return items.length > 0;
}

/** `java.util.LinkedHashMap`. */
export const mapMethods: JavaMethods<MapValue> = defineMethods<MapValue>({
  'clear()': (map) => {
    map.entries.clear();
    return nothing;
  },
  'containsKey(object)': (map, parameters) => map.entries.has(keyOf(parameters.value(0))),
  'containsValue(object)': (map, parameters, rendering) =>
    indexIn(rendering, itemsOf(map) ?? [], parameters.value(0)) !== -1,
  'entrySet()': (map, _parameters, rendering) => view(rendering, map, [...map.entries.values()]),
  'equals(object)': (map, parameters, rendering) => equalsInJava(rendering, map, parameters.value(0)),
  'get(object)': (map, parameters) => getEntry(map, parameters.value(0)),
  'getOrDefault(object,object)': (map, parameters) =>
    map.entries.has(keyOf(parameters.value(0))) ? getEntry(map, parameters.value(0)) : parameters.value(1),
  'isEmpty()': (map) => map.entries.size === 0,
  'keySet()': (map, _parameters, rendering) =>
    view(
      rendering,
      map,
      [...map.entries.values()].map((entry) => entry.key),
    ),
  'put(object,object)': (map, parameters) => putEntry(map, parameters.value(0), parameters.value(1)),
  'putAll(map)': (map, parameters, rendering) => {
    spend(rendering, parameters.map(0).entries.size);
    for (const { key, value } of [...parameters.map(0).entries.values()]) putEntry(map, key, value);
    return nothing;
  },
  'putIfAbsent(object,object)': (map, parameters) => {
    const present = getEntry(map, parameters.value(0));
    if (present === null) putEntry(map, parameters.value(0), parameters.value(1));
    return present;
  },
  'remove(object)': (map, parameters) => {
    const removed = getEntry(map, parameters.value(0));
    map.entries.delete(keyOf(parameters.value(0)));
    return removed;
  },
  'size()': (map) => makeInteger(map.entries.size),
  'toString()': (map, _parameters, rendering) => toText(rendering, map),
  'values()': (map, _parameters, rendering) => view(rendering, map, itemsOf(map) ?? []),
});

function view(rendering: Rendering, source: MapValue, items: readonly Value[]): Value {
  spend(rendering, items.length);
  return { kind: 'set', items, source };
}

export const entryMethods: JavaMethods<EntryValue> = defineMethods<EntryValue>({
  'equals(object)': (entry, parameters, rendering) => equalsInJava(rendering, entry, parameters.value(0)),
  'getKey()': (entry) => entry.key,
  'getValue()': (entry) => entry.value,
  'setValue(object)': (entry, parameters) => {
    const previous = entry.value;
    entry.value = parameters.value(0);
    return previous;
  },
  'toString()': (entry, _parameters, rendering) => toText(rendering, entry),
});

export const iteratorMethods: JavaMethods<IteratorValue> = defineMethods<IteratorValue>({
  'hasNext()': (iterator) => iterator.position < iterator.items.length,
  'next()': (iterator) => {
    const item = iterator.items[iterator.position];
    if (item === undefined) throw new RenderingError('The iterator has no further item.');
    iterator.position += 1;
    return item;
  },
});

/** `$foreach`, whose members can be read as properties too. */
export const scopeMethods: JavaMethods<ScopeValue> = defineMethods<ScopeValue>({
  'getCount()': (scope) => makeInteger(scope.index + 1),
  'getIndex()': (scope) => makeInteger(scope.index),
  'getParent()': (scope) => (isOfKind(scope.parent, 'scope') ? scope.parent : null),
  'getTopmost()': (scope) => {
    let topmost = scope;
    while (isOfKind(topmost.parent, 'scope')) topmost = topmost.parent;
    return topmost;
  },
  'hasNext()': (scope) => scope.hasNext,
  'isFirst()': (scope) => scope.index === 0,
  'isLast()': (scope) => !scope.hasNext,
});
