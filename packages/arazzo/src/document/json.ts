/** An object of JSON; its members may bear any name, so they are read with `memberOf` or `Object.hasOwn`. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own member `name` of an object, or `undefined`: names such as `constructor` never reach a prototype. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The string member `name`, or `undefined` when it is absent or something else. */
export function stringMember(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : undefined;
}

/** The items of the list member `name`; none when it is absent or something else. */
export function listMember(value: unknown, name: string): readonly unknown[] {
  const member = memberOf(value, name);
  return Array.isArray(member) ? member : [];
}

/** The object member `name`; an empty one when it is absent or something else. */
export function recordMember(value: unknown, name: string): JsonRecord {
  const member = memberOf(value, name);
  return isRecord(member) ? member : {};
}

/** The name of a value's type as JSON Schema spells it. */
export function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** How deep values from outside may be nested, as deep as XML: whatever reads, shows or writes a value recurses. */
export const JSON_LEVELS = 512;

/** Whether objects and lists are within each other more than `levels` deep; it recurses no deeper than that itself. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const members = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => isDeeper(member, levels - 1));
}

const QUOTED_LENGTH = 200;

/** A value as messages show it: JSON in one line, strings in double quotes, cut after 200 characters. */
export function quote(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
}

const LISTED_NAMES = 50;

/** Names as messages list them: `"a", "b" and "c"`; of more than fifty only how many there are besides. */
export function quoteAll(names: Iterable<string>): string {
  const all = [...names];
  const quoted = all.slice(0, LISTED_NAMES).map((name) => quote(name));
  const last = all.length > LISTED_NAMES ? `${all.length - LISTED_NAMES} more` : quoted.pop();
  if (last === undefined) return 'none';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
