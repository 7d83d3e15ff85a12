import { quote } from './json.ts';
import { Members } from './members.ts';
import type { Parameter, Reusable } from './model.ts';
import type { Finding } from './source-file.ts';

/** Where a parameter may be. */
const places = ['path', 'query', 'querystring', 'header', 'cookie'];
/** The places of Swagger 2.0 that are none here. */
const bodyPlaces = ['body', 'formData'];

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
  if (place !== undefined && !isPlace(place)) {
    const hint = bodyPlaces.includes(place) ? ' What is in the body stands in "requestBody".' : '';
    const message = `The parameter "${name}" is in ${quote(place)}; "path", "query", "querystring", "header" or "cookie" was expected.${hint}`;
    members.report('invalid-value', message, members.at('in'));
  }
  const parameterValue = members.value('value', 'required');
  return { kind: 'parameter', name, ...(place !== undefined && { in: place }), value: parameterValue, pointer };
}

/** Whether a parameter can be there; where it cannot is reported where it is read. */
export function isPlace(place: string): boolean {
  return places.includes(place);
}
