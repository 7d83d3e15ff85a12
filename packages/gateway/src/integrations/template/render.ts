import { assign, restoreVariable, setVariable } from './assign.ts';
import { maxLoopIterations, maxMacroDepth } from './bounds.ts';
import { evaluate, isTrue, readVariable } from './evaluate.ts';
import { isOfKind } from './java-method.ts';
import { renderBlockValue, toText } from './java-text.ts';
import { parseTemplate } from './parse-template.ts';
import { BreakSignal, descendInto, type Rendering, RenderingError, StopSignal, spend, write } from './rendering.ts';
import type { Expression, MacroCall, Reference, TemplateBlock, TemplateNode } from './syntax-tree.ts';
import { itemsOf, makeInteger, type ScopeValue, sizeOf, type Value } from './value.ts';

/** Writes what a block gives to the output of the rendering. */
export function renderBlock(rendering: Rendering, block: TemplateBlock): void {
  for (const node of block) renderNode(rendering, node);
}

function renderNode(rendering: Rendering, node: TemplateNode): void {
  if (node.position !== undefined) rendering.position = node.position;
  spend(rendering, 1);
  switch (node.kind) {
    case 'text':
      write(rendering, node.text);
      break;
    case 'reference':
      renderReference(rendering, node);
      break;
    case 'set':
      assign(rendering, node.target, evaluate(rendering, node.value));
      break;
    case 'if': {
      const branch = node.branches.find(({ condition }) => isTrue(rendering, condition));
      renderBlock(rendering, branch ? branch.body : node.otherwise);
      break;
    }
    case 'foreach':
      renderLoop(rendering, node);
      break;
    case 'define':
      setVariable(rendering, node.name, { kind: 'block', body: node.body, depth: 0 });
      break;
    case 'evaluate':
      renderEvaluated(rendering, node.source);
      break;
    case 'call':
      callMacro(rendering, node.call);
      break;
    case 'break':
      throw new BreakSignal(node.scope && readScope(rendering, node.scope));
    case 'stop':
      throw new StopSignal();
  }
}

/** Null is written as the source text; backslashes before it are then text as well. */
function renderReference(
  rendering: Rendering,
  { reference, escape: { isEscaped, prefix } }: Extract<TemplateNode, { kind: 'reference' }>,
): void {
  const value = evaluate(rendering, reference);
  // A block writes for itself: what it has written before a #stop stays.
  if (!isEscaped && isOfKind(value, 'block') && renderBlockValue(rendering, value)) return;
  const text = isOfKind(value, 'block') && !isEscaped ? null : toText(rendering, value);
  const source = sourceInCall(rendering, reference);
  if (isEscaped) write(rendering, prefix + (text === null ? '\\' : '') + source);
  else if (text !== null) write(rendering, prefix + text);
  else write(rendering, prefix + prefix + (reference.isQuiet ? '' : source));
}

/** Within a macro a parameter that is null shows what the macro was called with. */
function sourceInCall(rendering: Rendering, reference: Reference): string {
  for (let frame = rendering.frame; frame; frame = frame.caller) {
    const parameter = frame.parameters.get(reference.name);
    if (parameter && reference.source === `$${reference.name}`) return parameter.source;
  }
  return reference.source;
}

const loopVariables = ['velocityCount', 'velocityHasNext', 'foreach'] as const;

/** What is no collection has no items. The loop's own variables are given back their values after it. */
function renderLoop(rendering: Rendering, loop: Extract<TemplateNode, { kind: 'foreach' }>): void {
  const list = evaluate(rendering, loop.list);
  const items = itemsOf(list)?.slice(0, maxLoopIterations);
  if (!items) return;
  spend(rendering, sizeOf(list) >> 3);
  if (isOfKind(list, 'iterator')) list.position += items.length;
  const before = [loop.variable, ...loopVariables].map((name) => [name, readVariable(rendering, name)] as const);
  const scope: ScopeValue = { kind: 'scope', index: 0, hasNext: true, parent: readVariable(rendering, 'foreach') };
  setVariable(rendering, 'foreach', scope);
  try {
    renderItems(rendering, loop, items, list, scope);
  } catch (signal) {
    if (!endsAt(signal, scope)) throw signal;
  }
  for (const [name, value] of before) restoreVariable(rendering, name, value);
}

function renderItems(
  rendering: Rendering,
  loop: Extract<TemplateNode, { kind: 'foreach' }>,
  items: readonly Value[],
  list: Value,
  scope: ScopeValue,
): void {
  const size = sizeOf(list);
  for (const [index, item] of items.entries()) {
    if (sizeOf(list) !== size) {
      // Java's list ends a loop when it has shrunk to just what was visited; anything else is refused.
      if (isOfKind(list, 'list') && index === list.items.length) return;
      throw new RenderingError(`"${loop.list.source}" was changed within the loop over it.`);
    }
    scope.index = index;
    scope.hasNext = index < items.length - 1;
    setVariable(rendering, 'velocityCount', makeInteger(index + 1));
    setVariable(rendering, 'velocityHasNext', scope.hasNext);
    setVariable(rendering, loop.variable, item);
    renderRound(rendering, loop, item);
  }
  // A list that has grown during its last item has a next one.
  if (isOfKind(list, 'list') && sizeOf(list) > size && size < maxLoopIterations) {
    throw new RenderingError(`"${loop.list.source}" was changed within the loop over it.`);
  }
}

function renderRound(rendering: Rendering, loop: Extract<TemplateNode, { kind: 'foreach' }>, item: Value): void {
  const { nullVariables } = rendering;
  if (item !== null || nullVariables.has(loop.variable)) {
    renderBlock(rendering, loop.body);
    return;
  }
  nullVariables.add(loop.variable);
  try {
    renderBlock(rendering, loop.body);
  } finally {
    nullVariables.delete(loop.variable);
  }
}

function endsAt(signal: unknown, scope: ScopeValue | undefined): boolean {
  return signal instanceof BreakSignal && (signal.scope === undefined || signal.scope === scope);
}

function readScope(rendering: Rendering, expression: Expression): ScopeValue {
  const scope = evaluate(rendering, expression);
  if (isOfKind(scope, 'scope')) return scope;
  throw new RenderingError(`"${expression.source}" is no loop that "#break" could leave.`);
}

/** Parses the text of the source and renders it, with the variables of the template. */
function renderEvaluated(rendering: Rendering, source: Expression): void {
  const text = toText(rendering, evaluate(rendering, source));
  if (text === null) return;
  spend(rendering, text.length);
  const parsed = parseTemplate(text, true);
  if (parsed.kind === 'invalid') throw new RenderingError('The text for "#evaluate" is no template.');
  descendInto(rendering, () => renderBlock(rendering, parsed.tree.body));
}

/** A macro's parameters stand for the expressions it was called with; `$bodyContent` for what a block call encloses. */
function callMacro(rendering: Rendering, { name, parameters, body, source }: MacroCall): void {
  const macro = rendering.macros.get(name);
  if (!macro) {
    write(rendering, source);
    return;
  }
  const caller = rendering.frame;
  const depth = (caller?.depth ?? 0) + 1;
  if (depth > maxMacroDepth)
    throw new RenderingError(`The macro "${name}" calls itself more than ${maxMacroDepth} times.`);
  const given = macro.parameters.flatMap((parameter, index) => {
    const expression = parameters[index];
    return expression ? [[parameter, expression] as const] : [];
  });
  rendering.frame = { caller, locals: new Map(), parameters: new Map(given), depth };
  if (body) rendering.frame.locals.set('bodyContent', { kind: 'block', body, depth: 0 });
  try {
    renderBlock(rendering, macro.body);
  } catch (signal) {
    if (!endsAt(signal, undefined)) throw signal;
  } finally {
    rendering.frame = caller;
  }
}
