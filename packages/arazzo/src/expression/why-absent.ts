import { QueryError } from '../query/query.ts';
import { evaluateExpression } from './evaluate.ts';
import type { Scope } from './scope.ts';
import type { Template } from './template.ts';

/** What keeps a selector from being applied, as the end of a sentence; `undefined` where a value is just not there. */
export function whyAbsent(template: Template, scope: Scope): string | undefined {
  if (template.kind !== 'selector' || template.query.kind !== 'compiled') return undefined;
  const context = evaluateExpression(template.expression, scope);
  if (context === undefined) return undefined;
  try {
    template.query.query.select(context);
    return undefined;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
}

/** Whether the value is there in which a selector or a pointer looks for another. */
export function hasContext(template: Template, scope: Scope): boolean {
  if (template.kind === 'selector') return evaluateExpression(template.expression, scope) !== undefined;
  if (template.kind !== 'expression' || !('pointer' in template.expression)) return false;
  const { pointer: _, ...context } = template.expression;
  return evaluateExpression(context, scope) !== undefined;
}
