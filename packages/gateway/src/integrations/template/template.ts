import { maxTemplateBytes, regexMilliseconds } from './bounds.ts';
import { parseTemplate } from './parse-template.ts';
import { renderBlock } from './render.ts';
import { BreakSignal, type Rendering, RenderingError, StopSignal } from './rendering.ts';
import type { TemplateTree } from './syntax-tree.ts';
import type { Value } from './value.ts';

/** A template in the Velocity Template Language 1.7, parsed once. */
export interface Template {
  readonly text: string;
  readonly tree: TemplateTree;
}

/** `line` and `column` count from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

export type CompiledTemplate =
  | { readonly kind: 'compiled'; readonly template: Template }
  | ({ readonly kind: 'invalid'; readonly message: string } & Place);

export type RenderedTemplate =
  | { readonly kind: 'rendered'; readonly text: string }
  /** `reason` is a sentence that says why there is no text; the place is that of the last node that was begun. */
  | ({ readonly kind: 'failed'; readonly reason: string } & Place);

/** Parses a template. What Velocity would refuse is refused here, with the place. */
export function compileTemplate(text: string): CompiledTemplate {
  if (Buffer.byteLength(text) > maxTemplateBytes) {
    const message = `The template is longer than ${maxTemplateBytes} bytes.`;
    return { kind: 'invalid', message, line: 1, column: 1 };
  }
  const parsed = parseTemplate(text);
  if (parsed.kind === 'template') return { kind: 'compiled', template: { text, tree: parsed.tree } };
  return { kind: 'invalid', message: parsed.message, ...findPlace(text, parsed.position) };
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
    position: 0,
    steps: 0,
    depth: 0,
    regexMilliseconds,
    renderBlock,
  };
  try {
    renderBlock(rendering, template.tree.body);
  } catch (signal) {
    const failed = (reason: string): RenderedTemplate => ({
      kind: 'failed',
      reason,
      ...findPlace(template.text, rendering.position),
    });
    // Blocks, macros and expressions within each other can use up the stack before one of them reaches its own bound.
    if (signal instanceof RangeError) return failed('The template is nested too deeply.');
    if (signal instanceof RenderingError) return failed(signal.message);
    if (!(signal instanceof StopSignal || signal instanceof BreakSignal)) throw signal;
  }
  return { kind: 'rendered', text: rendering.output };
}

function findPlace(text: string, position: number): Place {
  const lines = text.slice(0, position).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
