import { listMember, memberOf } from '../../document/json.ts';
import type { Library } from '../../document/library.ts';
import { childPlace, follow, type Place } from '../../document/openapi/reference.ts';

/** The schemas, what they refer to, their `allOf` parts and the alternatives whose turn it is, each once. */
export async function collectParts(
  library: Library,
  starts: readonly Place[],
  turn: number,
): Promise<readonly Place[]> {
  const parts = new Map<unknown, Place>();
  const waiting: Place[] = [...starts];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const followed = await follow(library, part);
    if (followed.kind === 'unresolved' || parts.has(followed.place.value)) continue;
    const { place } = followed;
    parts.set(place.value, place);
    waiting.push(...listed(place, 'allOf'));
    for (const name of ['oneOf', 'anyOf']) {
      const alternatives = listed(place, name).filter(({ value }) => memberOf(value, 'type') !== 'null');
      const chosen = alternatives[turn % Math.max(1, alternatives.length)];
      if (chosen !== undefined) waiting.push(chosen);
    }
  }
  return [...parts.values()];
}

/** The items of a list of schemas. */
export function listed(place: Place, name: string): readonly Place[] {
  const list = childPlace(place, name);
  return listMember(place.value, name).flatMap((_, index) => (list && childPlace(list, index)) ?? []);
}

/** Reads a keyword of the first part that has it. */
export function keyword(values: readonly unknown[]): (name: string) => unknown {
  return (name) => values.map((value) => memberOf(value, name)).find((value) => value !== undefined);
}
