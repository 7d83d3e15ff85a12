import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { quote } from '../document/json.ts';
import type { Action, Parameter, Reusable } from '../document/model.ts';
import { findCertain, suggest } from '../document/suggest.ts';
import type { UnresolvedReusable } from './analysis.ts';

/**
 * Replaces Reusable Objects (Arazzo 1.0.1 §Reusable Object) by the parameters they reference. A value given beside the
 * reference replaces that of the component, falsy ones included.
 */
export function resolveParameters(
  document: ArazzoDocument,
  entries: readonly (Parameter | Reusable)[],
  unresolved: UnresolvedReusable[],
): readonly Parameter[] {
  // Most lists have none.
  if (entries.every((entry) => entry.kind === 'parameter')) return entries;
  return entries.flatMap((entry) => {
    if (entry.kind === 'parameter') return entry;
    const parameter = find(entry, 'parameters', document.components.parameters, unresolved);
    if (parameter === undefined) return [];
    return entry.hasValue ? { ...parameter, value: entry.value, pointer: entry.pointer } : parameter;
  });
}

/** Replaces Reusable Objects by the actions they reference. */
export function resolveActions(
  document: ArazzoDocument,
  section: 'successActions' | 'failureActions',
  entries: readonly (Action | Reusable)[],
  unresolved: UnresolvedReusable[],
): readonly Action[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'action') return entry;
    return find(entry, section, document.components[section], unresolved) ?? [];
  });
}

function find<Component>(
  reusable: Reusable,
  section: string,
  components: ReadonlyMap<string, Component>,
  unresolved: UnresolvedReusable[],
): Component | undefined {
  const prefix = `$components.${section}.`;
  const name = reusable.reference.startsWith(prefix) ? reusable.reference.slice(prefix.length) : undefined;
  const component = name === undefined ? undefined : components.get(name);
  if (component !== undefined) return component;
  const message =
    name === undefined
      ? `The reference ${quote(reusable.reference)} was expected to begin with "${prefix}".`
      : `The reference ${quote(reusable.reference)} names no component.${suggest(name, components.keys())}`;
  const certain = name === undefined ? undefined : findCertain(name, components.keys());
  unresolved.push({ reusable, message, ...(certain !== undefined && { correction: `${prefix}${certain}` }) });
  return undefined;
}
