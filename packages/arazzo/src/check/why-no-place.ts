import { childOf, isIndex, parsePointer } from '../document/pointer.ts';
import type { Template } from '../expression/template.ts';

/** Stands for a value that is not known ahead, anywhere in a sketch. */
const unknown: unique symbol = Symbol('unknown');

/** The shape of a payload as far as it is known ahead: values, objects and lists of them, and what stands for the rest. */
export type Sketch = { readonly value: unknown };

/** Sketches a payload. Text in the document is JSON. */
export function sketchPayload(payload: Template): Sketch {
  if (payload.kind === 'text') return { value: unknown };
  if (payload.kind !== 'literal' || typeof payload.value !== 'string') return { value: sketch(payload) };
  try {
    return { value: JSON.parse(payload.value) };
  } catch {
    return { value: unknown };
  }
}

function sketch(template: Template): unknown {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'text':
      return template.text;
    case 'object':
      return Object.fromEntries(template.members.map(([name, member]) => [name, sketch(member)]));
    case 'list': {
      // Items without a value are left out, so that others move up.
      const isSure = template.items.every(({ kind }) => kind === 'literal' || kind === 'object' || kind === 'list');
      return isSure ? template.items.map(sketch) : unknown;
    }
    default:
      return unknown;
  }
}

/**
 * Why a JSON Pointer surely finds no place for a replacement, whatever the expressions of the payload give; `undefined`
 * where it may find one. `earlier` are the targets of the replacements that are made before.
 */
export function whyNoPlace(
  payload: Sketch,
  target: readonly string[],
  earlier: readonly (readonly string[])[],
): string | undefined {
  const parents = target.slice(0, -1);
  const name = target.at(-1);
  if (name === undefined || earlier.some((other) => changes(other, parents))) return undefined;
  let { value } = payload;
  for (const token of parents) {
    if (value === unknown) return undefined;
    value = childOf(value, token);
  }
  if (value === unknown) return undefined;
  if (Array.isArray(value)) {
    return fits(name, value.length) ? undefined : 'it leads past the end of a list in the payload';
  }
  return typeof value === 'object' && value !== null ? undefined : 'it leads nowhere in the payload';
}

/** Whether what a replacement sets decides what is at a place, or how long a list above it is. */
function changes(other: readonly string[], place: readonly string[]): boolean {
  const isAbove = (tokens: readonly string[]) => tokens.every((token, index) => place[index] === token);
  return isAbove(other) || (/^(?:-|\d+)$/.test(other.at(-1) ?? '') && isAbove(other.slice(0, -1)));
}

function fits(name: string, length: number): boolean {
  return name === '-' || (isIndex(name) && Number(name) <= length);
}

/** The places that targets in the language of JSON Pointer name; `undefined` when one is in another. */
export function placesOf(
  replacements: readonly { readonly target: string; readonly language: string }[],
): readonly (readonly string[])[] | undefined {
  const places = replacements.map(({ target, language }) =>
    language === 'jsonpointer' ? parsePointer(target) : undefined,
  );
  const known = places.filter((place) => place !== undefined);
  return known.length === places.length ? known : undefined;
}
