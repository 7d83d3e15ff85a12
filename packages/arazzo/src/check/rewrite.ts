import { compileCriterion } from '../criterion/compile.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import type { Criterion } from '../document/model.ts';
import { childPointer, parsePointer, resolvePointer } from '../document/pointer.ts';
import { splitName } from '../expression/known-name.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { parsePropertyPath } from '../expression/property-path.ts';
import type { Occurrence } from '../expression/template.ts';

/** The text at a pointer with braces around an expression that stands in it without; `undefined` when there is none. */
export function addBraces(document: ArazzoDocument, { text, pointer }: Occurrence): string | undefined {
  const value = valueAt(document, pointer);
  for (let at = value?.indexOf(text) ?? -1; value !== undefined && at !== -1; at = value.indexOf(text, at + 1)) {
    const after = value.charAt(at + text.length);
    if (value.charAt(at - 1) === '{' || /\w/.test(after)) continue;
    return `${value.slice(0, at)}{${text}}${value.slice(at + text.length)}`;
  }
  return undefined;
}

/**
 * The text at a pointer with a JSON Pointer in place of the property path of an expression. A path with `length`, which
 * may mean the size of a list, stays.
 */
export function usePointer(
  document: ArazzoDocument,
  { expression, text, pointer }: Occurrence,
  outputsOf: OutputsOf,
): string | undefined {
  const value = valueAt(document, pointer);
  const bare = withoutBraces(text);
  const path = pathOf(expression, bare, outputsOf);
  if (value === undefined || path === undefined || path.path.includes('length')) return undefined;
  const rewritten = `${path.head}#${path.path.reduce<string>((at, name) => childPointer(at, name), '')}`;
  if (parseExpression(rewritten) === undefined || !value.includes(text)) return undefined;
  // Within braces it ends where they do; without them it is the whole text.
  if (bare !== text) return value.replaceAll(text, () => `{${rewritten}}`);
  return value === text ? rewritten : undefined;
}

/** The names of the outputs of a step. */
export type OutputsOf = (stepId: string) => readonly string[];

function pathOf(
  expression: Occurrence['expression'],
  text: string,
  outputsOf: OutputsOf,
): { readonly head: string; readonly path: readonly string[] } | undefined {
  const head = headOf(expression, outputsOf);
  if (head === undefined || !text.startsWith(head)) return undefined;
  const path = parsePropertyPath(text.slice(head.length));
  return path && { head, path };
}

/** An expression without what may follow the content of a message or an output. */
function headOf(expression: Occurrence['expression'], outputsOf: OutputsOf): string | undefined {
  if (expression.kind === 'step-output') {
    const name = splitName(expression.name, outputsOf(expression.stepId))?.name;
    return name && `$steps.${expression.stepId}.outputs.${name}`;
  }
  if (expression.kind === 'channel-message' && expression.source.kind === 'payload') return '$message.payload';
  const readsBody = expression.kind === 'message' && expression.source.kind === 'body';
  return readsBody ? `$${expression.message}.body` : undefined;
}

/**
 * The text at a pointer with another beginning of an expression in it, such as a name that was misspelt. `undefined` where the
 * expression stands there more than once, or is not what the text has.
 */
export function renameIn(
  document: ArazzoDocument,
  { text, pointer }: Pick<Occurrence, 'text' | 'pointer'>,
  wrong: string,
  right: string,
): string | undefined {
  const value = valueAt(document, pointer);
  const bare = withoutBraces(text);
  if (value?.split(bare).length !== 2 || !bare.startsWith(wrong)) return undefined;
  return value.replace(bare, () => `${right}${bare.slice(wrong.length)}`);
}

function withoutBraces(text: string): string {
  return text.replace(/^\{(.*)\}$/s, '$1');
}

/**
 * The condition with `==` for each lone `=`, when it cannot be read as it is, or with single quotes for double ones, when
 * it can; `undefined` when that does not make it one without remark.
 */
export function correctCondition(criterion: Criterion, isReadable: boolean): string | undefined {
  const condition = isReadable
    ? criterion.condition.replaceAll(/"([^"'\\]*)"/g, "'$1'")
    : criterion.condition.replaceAll(/(?<![=!<>])=(?!=)/g, '==');
  if (condition === criterion.condition || criterion.type !== 'simple') return undefined;
  const result = compileCriterion({ ...criterion, condition });
  return result.kind === 'compiled' && result.criterion.notes.length === 0 ? condition : undefined;
}

function valueAt(document: ArazzoDocument, pointer: string): string | undefined {
  const value = resolvePointer(document.file.value, parsePointer(pointer) ?? []);
  return typeof value === 'string' ? value : undefined;
}
