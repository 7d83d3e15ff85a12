import {
  entryMethods,
  iteratorMethods,
  listMethods,
  mapMethods,
  scopeMethods,
  setMethods,
} from './collection-methods.ts';
import { callJavaMethod, checkIndex, isOfKind, type JavaMethods } from './java-method.ts';
import { type Rendering, spendOnTexts } from './rendering.ts';
import { booleanMethods, doubleMethods, integerMethods } from './scalar-methods.ts';
import { stringMethods } from './string-methods.ts';
import { getEntry, type Value } from './value.ts';

/** `$value.name(parameters)`; null for a method that there is not, or not with such parameters. */
export function callMethod(
  rendering: Rendering,
  target: Value & {},
  name: string,
  parameters: readonly Value[],
): Value {
  const call = <Target>(methods: JavaMethods<Target>, self: Target): Value =>
    callJavaMethod(methods, name, self, parameters, rendering) ?? null;
  spendOnTexts(rendering, target, parameters);
  if (typeof target === 'string') return call(stringMethods, target);
  if (typeof target === 'boolean') return call(booleanMethods, target);
  switch (target.kind) {
    case 'integer':
      return call(integerMethods, target);
    case 'double':
      return call(doubleMethods, target);
    case 'list':
      return call(listMethods, target);
    case 'map':
      return call(mapMethods, target);
    case 'set':
      return call(setMethods, target);
    case 'entry':
      return call(entryMethods, target);
    case 'iterator':
      return call(iteratorMethods, target);
    case 'scope':
      return call(scopeMethods, target);
    case 'host':
      return target.methods.get(name)?.(parameters, rendering) ?? null;
    case 'block':
      return null;
  }
}

/** `$value.name`: the member of a map, or what a getter such as `getName()` or `isName()` returns. */
export function readProperty(rendering: Rendering, target: Value & {}, name: string): Value {
  if (isOfKind(target, 'map')) return getEntry(target, name);
  if (isOfKind(target, 'host')) return target.property(name) ?? null;
  // An array has methods of a list, but no properties.
  if (isOfKind(target, 'list') && target.isArray) return null;
  if (isOfKind(target, 'scope') && name === 'hasNext') return target.hasNext;
  const suffix = name.charAt(0).toUpperCase() + name.slice(1);
  return callMethod(rendering, target, `get${suffix}`, []) ?? callMethod(rendering, target, `is${suffix}`, []);
}

/** `$value[index]`, which is `get(index)`; in lists a negative index counts from the end. */
export function readIndex(rendering: Rendering, target: Value & {}, index: Value): Value {
  if (isOfKind(target, 'host')) return typeof index === 'string' ? readProperty(rendering, target, index) : null;
  if (isOfKind(target, 'list') && isOfKind(index, 'integer') && index.size === 'Integer') {
    const place = Number(index.value);
    return target.items[checkIndex(target, place < 0 ? place + target.items.length : place)] ?? null;
  }
  return callMethod(rendering, target, 'get', [index]);
}
