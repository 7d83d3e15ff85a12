import { maxDefineDepth } from './bounds.ts';
import { BreakSignal, boundText, capture, descendInto, type Rendering, spend } from './rendering.ts';
import type { BlockValue, Value } from './value.ts';

/** The text of a value, as Java's `toString` makes it; `null` for null and for a block that is nested too deeply. */
export function toText(rendering: Rendering, value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  switch (value.kind) {
    case 'integer':
      return value.value.toString();
    case 'double':
      return formatDouble(value.value);
    case 'block':
      return blockText(rendering, value);
    case 'list':
      // An array has no text of its own in Java: its class and an address, which means nothing.
      return value.isArray ? '[Ljava.lang.String;@0' : listText(rendering, '[', value.items, ']');
    case 'set':
      return listText(rendering, '[', value.items, ']');
    case 'map':
      return listText(rendering, '{', [...value.entries.values()], '}');
    case 'entry':
      return descendInto(rendering, () => `${innerText(rendering, value.key)}=${innerText(rendering, value.value)}`);
    case 'scope':
      return '{}';
    case 'iterator':
    case 'host':
      return '';
  }
}

function listText(rendering: Rendering, open: string, items: readonly Value[], close: string): string {
  return descendInto(rendering, () => {
    let text = open;
    for (const [index, item] of items.entries()) {
      spend(rendering, 1);
      text += (index === 0 ? '' : ', ') + innerText(rendering, item);
      if ((index & 63) === 63) boundText(rendering, text);
    }
    return boundText(rendering, text + close);
  });
}

function innerText(rendering: Rendering, value: Value): string {
  return toText(rendering, value) ?? 'null';
}

function blockText(rendering: Rendering, block: BlockValue): string | null {
  let isRendered = false;
  const text = capture(rendering, () => {
    isRendered = renderBlockValue(rendering, block);
  });
  return isRendered ? text : null;
}

/** Writes what a block gives; false when it is being rendered already and must not go deeper. */
export function renderBlockValue(rendering: Rendering, block: BlockValue): boolean {
  if (block.depth >= maxDefineDepth) return false;
  block.depth += 1;
  try {
    descendInto(rendering, () => rendering.renderBlock(rendering, block.body));
  } catch (signal) {
    if (!(signal instanceof BreakSignal) || signal.scope) throw signal;
  } finally {
    block.depth -= 1;
  }
  return true;
}

/** Java's `Double.toString`: always with a fraction, in scientific notation from 10^7 on and below 10^-3. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
