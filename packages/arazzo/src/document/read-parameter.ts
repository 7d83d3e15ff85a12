import { quote } from './json.ts';
import { Members } from './members.ts';
import type { Parameter, Reusable } from './model.ts';
import type { Finding } from './source-file.ts';

/** Reads a Reusable Object when the value is one: it has a `reference`, and everything but `value` is ignored. */
export function readReusable(value: unknown, pointer: string): Reusable | undefined {
  if (typeof value !== 'object' || value === null || !('reference' in value)) return undefined;
  if (typeof value.reference !== 'string') return undefined;
  const hasValue = Object.hasOwn(value, 'value');
  return {
    kind: 'reusable',
    reference: value.reference,
    value: 'value' in value ? value.value : undefined,
    hasValue,
    pointer,
  };
}

/** Reads a Parameter Object, or a Reusable Object in its place. */
export function readParameter(value: unknown, pointer: string, findings: Finding[]): Parameter | Reusable | undefined {
  return readReusable(value, pointer) ?? readParameterObject(value, pointer, findings);
}

/** Reads a Parameter Object (Arazzo 1.0.1 §Parameter Object). */
export function readParameterObject(value: unknown, pointer: string, findings: Finding[]): Parameter | undefined {
  const members = Members.read(value, pointer, { subject: 'parameter', known: ['name', 'in', 'value'] }, findings);
  const name = members?.identifier('name');
  if (members === undefined || name === undefined) return undefined;
  const place = members.string('in');
  if (place !== undefined && !['path', 'query', 'querystring', 'header', 'cookie'].includes(place)) {
    const message = `The parameter "${name}" is in ${quote(place)}; "path", "query", "querystring", "header" or "cookie" was expected.`;
    members.report('invalid-value', message, members.at('in'));
  }
  const parameterValue = members.value('value', 'required');
  return { kind: 'parameter', name, ...(place !== undefined && { in: place }), value: parameterValue, pointer };
}
