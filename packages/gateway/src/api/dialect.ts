import { isRecord } from '../model/json.ts';
import { type Member, membersOf } from './operations.ts';
import type { TypeModel } from './service-model.ts';

/**
 * How the members of a request and its answer are spelled: as AWS does on the wire (`routeKey`), or as the SDKs and
 * published OpenAPI documents do (`RouteKey`). Keys of maps are the user's and the same in both.
 */
export type Dialect = 'wire-names' | 'member-names';

/** The name of a member in a dialect. */
export function nameOf(member: Member, dialect: Dialect): string {
  return dialect === 'wire-names' ? member.wireName : member.name;
}

/**
 * Translates a structure of a dialect into wire names, as everything behind this seam uses them. Unknown members are
 * dropped, as the service does, and so are those that are `null`. A value of a wrong type is left as it is: whether it
 * may stand is for validation to say.
 */
export function toWireNames(structure: string, value: unknown, dialect: Dialect): unknown {
  return translateStructure(structure, value, { from: dialect, to: 'wire-names' });
}

/** The reverse of {@link toWireNames}. */
export function fromWireNames(structure: string, value: unknown, dialect: Dialect): unknown {
  return translateStructure(structure, value, { from: 'wire-names', to: dialect });
}

interface Translation {
  readonly from: Dialect;
  readonly to: Dialect;
}

function translateStructure(structure: string, value: unknown, translation: Translation): unknown {
  if (!isRecord(value)) return value;
  const translated: [string, unknown][] = [];
  for (const member of membersOf(structure)) {
    const name = nameOf(member, translation.from);
    if (!Object.hasOwn(value, name)) continue;
    const memberValue = value[name];
    if (memberValue === null || memberValue === undefined) continue;
    translated.push([nameOf(member, translation.to), translate(member.type, memberValue, translation)]);
  }
  return Object.fromEntries(translated);
}

function translate(type: TypeModel, value: unknown, translation: Translation): unknown {
  switch (type.kind) {
    case 'structure':
      return translateStructure(type.name, value, translation);
    case 'list':
      return Array.isArray(value) ? value.map((item) => translate(type.of, item, translation)) : value;
    case 'map':
      // `Object.fromEntries` defines members, so that a user's key "__proto__" is a key like any other.
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, translate(type.of, item, translation)]))
        : value;
    default:
      return value;
  }
}
