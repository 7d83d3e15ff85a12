import { setItem } from './collection-methods.ts';
import { evaluate } from './evaluate.ts';
import { isOfKind } from './java-method.ts';
import { type Rendering, spendOnTexts } from './rendering.ts';
import type { Reference } from './syntax-tree.ts';
import { putEntry, type Value } from './value.ts';

/**
 * `#set`: null changes nothing, as in Velocity with its default settings. Maps and lists are changed in place; what cannot
 * be assigned to is ignored.
 */
export function assign(rendering: Rendering, target: Reference, value: Value): void {
  if (value === null) return;
  const last = target.steps.at(-1);
  if (!last) {
    // Velocity takes the "{" and "!" of such a reference for a part of the name: nobody can read it.
    if (target.source === `$${target.name}`) setVariable(rendering, target.name, value);
    return;
  }
  const holder = evaluate(rendering, { ...target, steps: target.steps.slice(0, -1) });
  if (last.kind === 'property') assignProperty(holder, last.name, value);
  if (last.kind === 'index') assignItem(rendering, holder, evaluate(rendering, last.index), value);
}

function assignProperty(holder: Value, name: string, value: Value & {}): void {
  if (isOfKind(holder, 'map')) putEntry(holder, name, value);
  if (isOfKind(holder, 'host')) holder.assign?.(name, value);
}

function assignItem(rendering: Rendering, holder: Value, index: Value, value: Value): void {
  spendOnTexts(rendering, index);
  if (isOfKind(holder, 'map')) putEntry(holder, index, value);
  if (isOfKind(holder, 'list') && isOfKind(index, 'integer')) {
    const place = Number(index.value);
    setItem(holder, place < 0 ? place + holder.items.length : place, value);
  }
}

/** Sets a variable for the template, and for all macros that are being called. */
export function setVariable(rendering: Rendering, name: string, value: Value): void {
  for (let frame = rendering.frame; frame; frame = frame.caller) frame.locals.set(name, value);
  rendering.variables.set(name, value);
}

/** Gives a variable back the value it had before a loop. */
export function restoreVariable(rendering: Rendering, name: string, value: Value): void {
  if (value !== null) {
    setVariable(rendering, name, value);
    return;
  }
  for (let frame = rendering.frame; frame; frame = frame.caller) frame.locals.delete(name);
  rendering.variables.delete(name);
}
