import { maxRenderDepth, maxSteps, maxTextLength } from './bounds.ts';
import type { Expression, Macro, TemplateBlock } from './syntax-tree.ts';
import type { ScopeValue, Value } from './value.ts';

/** One rendering of a template: its variables, what it has written, and what it may still spend. */
export interface Rendering {
  readonly variables: Map<string, Value>;
  /** Variables of loops whose item is null: they stay null for that round, whatever is assigned to them. */
  readonly nullVariables: Set<string>;
  readonly macros: ReadonlyMap<string, Macro>;
  /** The macro being called; `undefined` outside of macros. */
  frame: MacroFrame | undefined;
  output: string;
  /** Where the node begins that is being rendered: an offset into the template. */
  position: number;
  steps: number;
  depth: number;
  /** How long its regular expressions may still run. */
  regexMilliseconds: number;
  /** Passed along because values can be blocks, which are templates, which evaluate values. */
  readonly renderBlock: (rendering: Rendering, block: TemplateBlock) => void;
}

/** A macro's parameters are evaluated each time they are read, where the macro was called. */
export interface MacroFrame {
  readonly caller: MacroFrame | undefined;
  readonly locals: Map<string, Value>;
  readonly parameters: ReadonlyMap<string, Expression>;
  readonly depth: number;
}

/** Ends a rendering that cannot be finished; the message says why, as a sentence. */
export class RenderingError extends Error {}

/** Thrown by `#break`; `scope` is the loop to leave, `undefined` the innermost of loop, macro and block. */
export class BreakSignal extends Error {
  readonly scope: ScopeValue | undefined;

  constructor(scope: ScopeValue | undefined) {
    super();
    this.scope = scope;
  }
}

/** Thrown by `#stop`. */
export class StopSignal extends Error {}

/** Counts work. Every loop and every text that a template can make long must pay here. */
export function spend(rendering: Rendering, steps: number): void {
  rendering.steps += steps;
  if (rendering.steps > maxSteps) {
    throw new RenderingError(`The template takes too long: more than ${maxSteps} steps.`);
  }
}

/** Counts the work of looking through texts: their lengths, and what it takes to look for one in another. */
export function spendOnTexts(rendering: Rendering, target: Value, others: readonly Value[] = []): void {
  const length = typeof target === 'string' ? target.length : 0;
  let steps = length >> 4;
  for (const other of others)
    if (typeof other === 'string') steps += (other.length >> 4) + (other.length * length) / 1024;
  spend(rendering, Math.ceil(steps));
}

/** Fails when a text that is about to be made would be too long. */
export function checkLength(length: number): void {
  if (length > maxTextLength) {
    throw new RenderingError(`The template makes a text of more than ${maxTextLength} characters.`);
  }
}

/** Returns a text that a template has made, unless it is too long. */
export function boundText(rendering: Rendering, text: string): string {
  checkLength(text.length);
  spend(rendering, 1 + (text.length >> 6));
  return text;
}

export function write(rendering: Rendering, text: string): void {
  rendering.output += text;
  checkLength(rendering.output.length);
}

/** What `render` writes, as a text of its own. */
export function capture(rendering: Rendering, render: () => void): string {
  const before = rendering.output;
  rendering.output = '';
  try {
    render();
    return rendering.output;
  } finally {
    rendering.output = before;
  }
}

/** Goes one level deeper into blocks, strings or values. */
export function descendInto<T>(rendering: Rendering, work: () => T): T {
  if (rendering.depth >= maxRenderDepth) {
    throw new RenderingError(`The template is nested too deeply: more than ${maxRenderDepth} levels.`);
  }
  rendering.depth += 1;
  try {
    return work();
  } finally {
    rendering.depth -= 1;
  }
}
