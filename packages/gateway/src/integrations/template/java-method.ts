import { type Rendering, RenderingError } from './rendering.ts';
import { itemsOf, type ListValue, type MapValue, type Value } from './value.ts';

/** A parameter's type: any object, a text, a 32-bit integer, a truth value, a collection, a map, a number. */
type ParameterType = 'object' | 'text' | 'int' | 'boolean' | 'collection' | 'map';

/** One method of a Java class: found by name, number and types of parameters. */
export interface JavaMethod<Target> {
  readonly name: string;
  readonly types: readonly ParameterType[];
  readonly call: (target: Target, parameters: Parameters, rendering: Rendering) => Value;
}

/** The parameters of a call whose types have been checked. */
interface Parameters {
  value(index: number): Value;
  text(index: number): string;
  int(index: number): number;
  boolean(index: number): boolean;
  items(index: number): readonly Value[];
  map(index: number): MapValue;
}

/** The methods of one class, for `callJavaMethod`. */
export type JavaMethods<Target> = ReadonlyMap<string, readonly JavaMethod<Target>[]>;

/** Writes a class as a table: a signature as `substring(int,int)`, and what it does. */
export function defineMethods<Target>(
  table: Readonly<Record<string, JavaMethod<Target>['call']>>,
): JavaMethods<Target> {
  const methods = new Map<string, JavaMethod<Target>[]>();
  for (const [signature, call] of Object.entries(table)) {
    const [name = '', types = ''] = signature.slice(0, -1).split('(');
    const method = { name, types: types === '' ? [] : (types.split(',') as ParameterType[]), call };
    methods.set(name, [...(methods.get(name) ?? []), method]);
  }
  return methods;
}

/** Calls the first method that fits; `undefined` when none does, which a template sees as null. */
export function callJavaMethod<Target>(
  methods: JavaMethods<Target>,
  name: string,
  target: Target,
  parameters: readonly Value[],
  rendering: Rendering,
): Value | undefined {
  const method = methods
    .get(name)
    ?.find(({ types }) => types.length === parameters.length && types.every((type, i) => fits(type, parameters[i])));
  return method?.call(target, readParameters(name, parameters), rendering);
}

/** Null fits every type of object, and none that is not: as in Java. */
function fits(type: ParameterType, value: Value = null): boolean {
  switch (type) {
    case 'object':
      return true;
    case 'text':
      return value === null || typeof value === 'string';
    case 'int':
      return isOfKind(value, 'integer') && value.size === 'Integer';
    case 'boolean':
      return typeof value === 'boolean';
    case 'collection':
      return value === null || (isOfKind(value, 'list') && !value.isArray) || isOfKind(value, 'set');
    case 'map':
      return value === null || isOfKind(value, 'map');
  }
}

export function isOfKind<Kind extends Extract<Value, object>['kind']>(
  value: Value,
  kind: Kind,
): value is Extract<Value, { kind: Kind }> {
  return value !== null && typeof value === 'object' && value.kind === kind;
}

function readParameters(name: string, parameters: readonly Value[]): Parameters {
  const required = (index: number): Value & {} => {
    const value = parameters[index] ?? null;
    if (value === null) throw new RenderingError(`The method "${name}" was called with null.`);
    return value;
  };
  return {
    value: (index) => parameters[index] ?? null,
    text: (index) => required(index) as string,
    int: (index) => Number((required(index) as { readonly value: bigint }).value),
    boolean: (index) => required(index) as boolean,
    items: (index) => itemsOf(required(index)) ?? [],
    map: (index) => required(index) as MapValue,
  };
}

/** The place of an item; fails as Java does when there is none. */
export function checkIndex(list: ListValue, index: number, limit: number = list.items.length): number {
  if (index >= 0 && index < limit) return index;
  throw new RenderingError(`The index ${index} is outside of a list of ${list.items.length} items.`);
}
