import { isRecord, memberOf, recordMember } from '../../document/json.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { patternsFoundIn } from './pattern/matches-pattern.ts';
import { listed } from './schema-parts.ts';

/**
 * The schemas that apply to a member of an object by its name (JSON Schema 2020-12 §Keywords for Applying Subschemas to
 * Objects), in an object that all the parts describe; those that name it come first. What only forbids or allows is left out.
 */
export function schemasOfMember(parts: readonly Place[], name: string): readonly Place[] {
  const byPart = parts.map((part) => ({ part, schemas: describing(part, name) }));
  const described = byPart.flatMap(({ schemas }) => schemas);
  const others = byPart.flatMap(({ part, schemas }) => {
    return schemas.length > 0 ? [] : (childPlace(part, 'additionalProperties') ?? []);
  });
  const left = described.length + others.length > 0 ? [] : parts.flatMap((part) => unevaluated(part));
  return [...described, ...others, ...left].filter(({ value }) => isRecord(value));
}

/** The schemas that apply to an item of a list. */
export function schemasOfItem(parts: readonly Place[], index: number): readonly Place[] {
  return parts.flatMap((part) => listed(part, 'prefixItems')[index] ?? childPlace(part, 'items') ?? []);
}

/** Whether an object that all the parts describe may have a member of the name. */
export function allowsMember(parts: readonly Place[], name: string): boolean {
  let isKnown = false;
  for (const part of parts) {
    const described = describing(part, name);
    const others = memberOf(part.value, 'additionalProperties');
    if (described.some(({ value }) => value === false) || (described.length === 0 && others === false)) return false;
    isKnown ||= described.length > 0 || others !== undefined;
  }
  return isKnown || !parts.some((part) => unevaluated(part).some(({ value }) => value === false));
}

function describing(part: Place, name: string): readonly Place[] {
  const properties = childPlace(part, 'properties');
  const named = properties && childPlace(properties, name);
  const patterns = childPlace(part, 'patternProperties');
  const sources = Object.keys(recordMember(part.value, 'patternProperties'));
  const matching = patternsFoundIn(name, sources).flatMap(
    (pattern) => (patterns && childPlace(patterns, pattern)) ?? [],
  );
  return named === undefined ? matching : [named, ...matching];
}

function unevaluated(part: Place): readonly Place[] {
  const place = childPlace(part, 'unevaluatedProperties');
  return place === undefined ? [] : [place];
}
