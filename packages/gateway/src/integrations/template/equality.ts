import { compareNumbers } from './arithmetic.ts';
import { toText } from './java-text.ts';
import { descendInto, type Rendering, spend, spendOnTexts } from './rendering.ts';
import { getEntry, isNumber, type ListValue, type MapValue, type SetValue, type Value } from './value.ts';

/** `==`: numbers by value, values of one class by `equals`, all others by their texts. See `ASTEQNode` of Velocity. */
export function areEqual(rendering: Rendering, left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (kindOf(left) === kindOf(right)) return equalsInJava(rendering, left, right);
  return toText(rendering, left) === toText(rendering, right);
}

/** Java's `equals`: an Integer never equals a Long or a Double, collections are compared item by item. */
export function equalsInJava(rendering: Rendering, left: Value, right: Value): boolean {
  spend(rendering, 1);
  spendOnTexts(rendering, left);
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right;
  if (left === right) return true;
  if (left.kind === 'integer' && right.kind === 'integer')
    return left.size === right.size && left.value === right.value;
  if (left.kind === 'double' && right.kind === 'double') return Object.is(left.value, right.value);
  return descendInto(rendering, () => equalCollections(rendering, left, right));
}

function equalCollections(rendering: Rendering, left: Value & object, right: Value & object): boolean {
  if (left.kind === 'list' && right.kind === 'list') return equalLists(rendering, left, right);
  if (left.kind === 'set' && right.kind === 'set') return equalSets(rendering, left, right);
  if (left.kind === 'map' && right.kind === 'map') return equalMaps(rendering, left, right);
  if (left.kind !== 'entry' || right.kind !== 'entry') return false;
  return equalsInJava(rendering, left.key, right.key) && equalsInJava(rendering, left.value, right.value);
}

function equalLists(rendering: Rendering, left: ListValue, right: ListValue): boolean {
  if (left.isArray || right.isArray || left.items.length !== right.items.length) return false;
  return left.items.every((item, index) => equalsInJava(rendering, item, right.items[index] ?? null));
}

function equalSets(rendering: Rendering, left: SetValue, right: SetValue): boolean {
  if (left.items.length !== right.items.length) return false;
  return left.items.every((item) => right.items.some((other) => equalsInJava(rendering, item, other)));
}

function equalMaps(rendering: Rendering, left: MapValue, right: MapValue): boolean {
  if (left.entries.size !== right.entries.size) return false;
  for (const { key, value } of left.entries.values()) {
    if (!equalsInJava(rendering, value, getEntry(right, key))) return false;
  }
  return true;
}

function kindOf(value: Value & {}): string {
  return typeof value === 'object' ? value.kind : typeof value;
}
