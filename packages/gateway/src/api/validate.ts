import { isRecord } from '../model/json.ts';
import { type Constraint, mapKeys, maximumEntries, maximumMapEntries } from './corrections.ts';
import { type Dialect, nameOf } from './dialect.ts';
import { ServiceError } from './errors.ts';
import { type Member, membersOf, valuesOf } from './operations.ts';
import type { TypeModel } from './service-model.ts';

/**
 * Checks a structure in wire names against the operations table: required members, types, enumerations, lengths and
 * ranges, at every depth. Members are named in the caller's dialect.
 *
 * @throws ServiceError `BadRequestException` for the first member that does not fit.
 */
export function validateStructure(structure: string, value: unknown, dialect: Dialect): void {
  const problem = checkStructure(structure, value, '', dialect);
  if (problem !== undefined) throw new ServiceError('BadRequestException', problem);
}

type Problem = string | undefined;

function checkStructure(structure: string, value: unknown, path: string, dialect: Dialect): Problem {
  if (!isRecord(value)) return mismatch(path, value, 'an object');
  for (const member of membersOf(structure)) {
    const name = path === '' ? nameOf(member, dialect) : `${path}.${nameOf(member, dialect)}`;
    const memberValue = Object.hasOwn(value, member.wireName) ? value[member.wireName] : undefined;
    const problem =
      memberValue === undefined ? checkAbsence(member, name) : checkMember(member, memberValue, name, dialect);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkAbsence(member: Member, name: string): Problem {
  return member.required ? `"${name}" is required.` : undefined;
}

function checkMember(member: Member, value: unknown, name: string, dialect: Dialect): Problem {
  // An empty string stands for no value, in optional members of every kind of string.
  if (value === '' && member.type.kind === 'enumeration' && !member.required) return undefined;
  const limit = maximumMapEntries[member.name] ?? maximumEntries;
  return checkType(member.type, value, { path: name, dialect, constraint: member.constraint ?? {}, limit });
}

interface Place {
  readonly path: string;
  readonly dialect: Dialect;
  readonly constraint: Constraint;
  /** How many entries a list or a map may have. */
  readonly limit: number;
}

function checkType(type: TypeModel, value: unknown, place: Place): Problem {
  switch (type.kind) {
    case 'structure':
      return checkStructure(type.name, value, place.path, place.dialect);
    case 'list':
      return checkList(type.of, value, place);
    case 'map':
      return checkMap(type.of, value, place);
    case 'enumeration':
      return checkEnumeration(valuesOf(type.name), value, place.path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : mismatch(place.path, value, 'true or false');
    case 'number':
      return checkNumber(value, place);
    default:
      return checkString(value, place);
  }
}

function checkList(of: TypeModel, value: unknown, place: Place): Problem {
  if (!Array.isArray(value)) return mismatch(place.path, value, 'a list');
  return (
    checkCount(value.length, place) ??
    firstProblem(value.entries(), (item, index) => checkType(of, item, { ...place, path: `${place.path}[${index}]` }))
  );
}

function checkMap(of: TypeModel, value: unknown, place: Place): Problem {
  if (!isRecord(value)) return mismatch(place.path, value, 'an object');
  const { keys = mapKeys, ...constraint } = place.constraint;
  const entries = Object.entries(value);
  return (
    checkCount(entries.length, place) ??
    firstProblem(
      entries,
      (item, key) =>
        checkString(key, { ...place, path: `${place.path} key`, constraint: keys }) ??
        checkType(of, item, { ...place, path: `${place.path}[${quote(key)}]`, constraint }),
    )
  );
}

function checkCount(count: number, { path, limit }: Place): Problem {
  return count > limit ? `"${path}" has ${count} entries; expected at most ${limit}.` : undefined;
}

function firstProblem<Key>(entries: Iterable<[Key, unknown]>, check: (item: unknown, key: Key) => Problem): Problem {
  for (const [key, item] of entries) {
    const problem = check(item, key);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkEnumeration(values: readonly string[], value: unknown, path: string): Problem {
  return typeof value === 'string' && values.includes(value)
    ? undefined
    : mismatch(path, value, `one of ${values.join(', ')}`);
}

function checkNumber(value: unknown, { path, constraint }: Place): Problem {
  const { minimum = -(2 ** 31), maximum = 2 ** 31 - 1, fractional = false } = constraint;
  const isNumber = fractional ? Number.isFinite(value) : Number.isInteger(value);
  return typeof value === 'number' && isNumber && value >= minimum && value <= maximum
    ? undefined
    : mismatch(path, value, `${fractional ? 'a number' : 'a whole number'} from ${minimum} to ${maximum}`);
}

function checkString(value: unknown, { path, constraint }: Place): Problem {
  if (typeof value !== 'string') return mismatch(path, value, 'a string');
  const { minimumLength = 0, maximumLength = Number.POSITIVE_INFINITY, pattern } = constraint;
  if (value.length < minimumLength) return `"${path}" is empty; expected at least ${minimumLength} character.`;
  if (value.length > maximumLength) {
    return `"${path}" has ${value.length} characters; expected at most ${maximumLength}.`;
  }
  return pattern && !pattern.test(value) ? mismatch(path, value, `a match of ${pattern.source}`) : undefined;
}

function mismatch(path: string, value: unknown, expectation: string): string {
  return path === ''
    ? `The request is ${quote(value)}; expected ${expectation}.`
    : `"${path}" is ${quote(value)}; expected ${expectation}.`;
}

const quotedLength = 100;

/** The value as JSON, cut where it would no longer help. A number beyond all numbers has none. */
function quote(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text;
}
