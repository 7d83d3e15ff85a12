import { type Dialect, nameOf } from './dialect.ts';
import { matchOperation } from './match-operation.ts';
import { membersOf, type Operation } from './operations.ts';

/**
 * The operation that an OpenAPI description means by a method, a path with its labels in braces, whatever their names, and
 * an operationId, whose first letter may be small. `undefined` unless all of them are of one operation.
 */
export function recogniseOperation(method: string, path: string, operationId: string): Operation | undefined {
  const match = matchOperation(method.toUpperCase(), path);
  if (match.kind !== 'operation') return undefined;
  const name = operationId.charAt(0).toUpperCase() + operationId.slice(1);
  return match.operation.name === name ? match.operation : undefined;
}

/** The dialect in which names are members of what an operation takes or gives; `undefined` when none is of one alone. */
export function dialectOf(operation: Operation, names: ReadonlySet<string>): Dialect | undefined {
  const structures = [operation.input, ...(operation.output === undefined ? [] : [operation.output])];
  const members = structures.flatMap(membersOf).filter(({ name, wireName }) => name !== wireName);
  return (['member-names', 'wire-names'] as const).find((dialect) =>
    members.some((member) => names.has(nameOf(member, dialect))),
  );
}
