import { type Constraint, constraints, openEnumerations, optionalMembers, statusCorrections } from './corrections.ts';
import { serviceModel } from './generated/service-model.ts';
import type { OperationModel, StructureModel, TypeModel } from './service-model.ts';

/** An operation of API Gateway V2, as it is served: the service model with its corrections. */
export interface Operation extends OperationModel {
  readonly name: string;
}

/** A member of a structure, as it is served. */
export interface Member {
  /** As the SDKs spell it. */
  readonly name: string;
  readonly wireName: string;
  readonly location: 'uri' | 'query' | 'payload' | 'body';
  readonly required?: true;
  readonly type: TypeModel;
  readonly constraint?: Constraint;
}

/** All operations of the service, those that have no handler included. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(serviceModel.operations).map(([name, operation]) => [
    name,
    { ...operation, name, status: statusCorrections[name] ?? operation.status },
  ]),
);

const members = new Map<string, readonly Member[]>();

/**
 * The members of a structure, those that are required first.
 *
 * @throws Error when the model has no structure of this name.
 */
export function membersOf(structure: string): readonly Member[] {
  const known = members.get(structure);
  if (known) return known;
  const model = Object.hasOwn(serviceModel.structures, structure) ? serviceModel.structures[structure] : undefined;
  if (!model) throw new Error(`The service model has no structure "${structure}".`);
  const described = describeMembers(structure, model);
  members.set(structure, described);
  return described;
}

/** The values of an enumeration. */
export function valuesOf(enumeration: string): readonly string[] {
  return serviceModel.enumerations[enumeration] ?? [];
}

function describeMembers(structure: string, model: StructureModel): readonly Member[] {
  return Object.entries(model).map(([name, { location, required, type }]): Member => {
    const constraint = constraints[structure]?.[name];
    return {
      name,
      wireName: name.charAt(0).toLowerCase() + name.slice(1),
      location: location ?? 'body',
      type: openType(type),
      ...(required && !optionalMembers.has(`${structure}.${name}`) ? { required } : {}),
      ...(constraint ? { constraint } : {}),
    };
  });
}

function openType(type: TypeModel): TypeModel {
  return type.kind === 'enumeration' && openEnumerations.has(type.name) ? { kind: 'string' } : type;
}
