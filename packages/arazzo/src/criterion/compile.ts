import { quote } from '../document/json.ts';
import type { Criterion } from '../document/model.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { suggestExpression } from '../expression/suggest-expression.ts';
import type { CompileCriterion, CompileResult } from './criterion.ts';
import { compileJsonPointerCriterion } from './json-pointer.ts';
import { compileJsonPathCriterion } from './jsonpath.ts';
import { compileRegex } from './regex.ts';
import { compileSimple } from './simple.ts';
import { compileXPathCriterion } from './xpath.ts';

const types: ReadonlyMap<string, CompileCriterion> = new Map<string, CompileCriterion>([
  ['simple', compileSimple],
  ['regex', compileRegex],
  ['jsonpath', compileJsonPathCriterion],
  ['xpath', compileXPathCriterion],
  ['jsonpointer', compileJsonPointerCriterion],
]);

/** Compiles a criterion by its type (Arazzo 1.0.1 §Criterion Object, 1.1.0 §Expression Type Object). */
export function compileCriterion(criterion: Criterion): CompileResult {
  const { type, version, condition, context } = criterion;
  const compile = types.get(type);
  if (compile === undefined) return { kind: 'invalid', message: `${quote(type)} is no type of a criterion.` };
  if (context === undefined) return compile(condition, undefined, version ?? '');
  const expression = parseExpression(context, { propertyPaths: true });
  if (expression === undefined) {
    const message = `The context ${quote(context)} is no runtime expression.${suggestExpression(context)}`;
    return { kind: 'invalid', message, about: 'context' };
  }
  return compile(condition, { expression, text: context }, version ?? '');
}
