import { maxTemplateBytes, regexMilliseconds } from './bounds.ts';
import { parseTemplate } from './parse-template.ts';
import { renderBlock } from './render.ts';
import { BreakSignal, type Rendering, RenderingError, StopSignal } from './rendering.ts';
import type { TemplateTree } from './syntax-tree.ts';
import type { Value } from './value.ts';

/** A template in the Velocity Template Language 1.7, parsed once. */
export interface Template {
  readonly tree: TemplateTree;
}

export type CompiledTemplate =
  | { readonly kind: 'compiled'; readonly template: Template }
  /** `line` and `column` count from 1. */
  | { readonly kind: 'invalid'; readonly message: string; readonly line: number; readonly column: number };

export type RenderedTemplate =
  | { readonly kind: 'rendered'; readonly text: string }
  /** A sentence that says why there is no text. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Parses a template. What Velocity would refuse is refused here, with the place. */
export function compileTemplate(text: string): CompiledTemplate {
  if (Buffer.byteLength(text) > maxTemplateBytes) {
    const message = `The template is longer than ${maxTemplateBytes} bytes.`;
    return { kind: 'invalid', message, line: 1, column: 1 };
  }
  const parsed = parseTemplate(text);
  if (parsed.kind === 'template') return { kind: 'compiled', template: { tree: parsed.tree } };
  const lines = text.slice(0, parsed.position).split(/\r\n|\n|\r/);
  return { kind: 'invalid', message: parsed.message, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/**
 * Renders a template with the given variables. It never throws, is bounded in steps, depth and length, and its values may
 * be changed by the template: lists and maps belong to one rendering.
 */
export function renderTemplate(template: Template, variables: ReadonlyMap<string, Value>): RenderedTemplate {
  const rendering: Rendering = {
    variables: new Map(variables),
    nullVariables: new Set(),
    macros: template.tree.macros,
    frame: undefined,
    output: '',
    steps: 0,
    depth: 0,
    regexMilliseconds,
    renderBlock,
  };
  try {
    renderBlock(rendering, template.tree.body);
  } catch (signal) {
    // Blocks, macros and expressions within each other can use up the stack before one of them reaches its own bound.
    if (signal instanceof RangeError) return { kind: 'failed', reason: 'The template is nested too deeply.' };
    if (signal instanceof RenderingError) return { kind: 'failed', reason: signal.message };
    if (!(signal instanceof StopSignal || signal instanceof BreakSignal)) throw signal;
  }
  return { kind: 'rendered', text: rendering.output };
}
