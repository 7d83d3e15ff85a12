import { quote } from '../document/json.ts';
import type { Criterion } from '../document/model.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import type { CompileCriterion, CompileResult } from './criterion.ts';
import { compileRegex } from './regex.ts';
import { compileSimple } from './simple.ts';

const types: ReadonlyMap<string, CompileCriterion> = new Map([
  ['simple', compileSimple],
  ['regex', compileRegex],
]);

/** Compiles a criterion by its type (Arazzo 1.0.1 §Criterion Object). */
export function compileCriterion(criterion: Criterion): CompileResult {
  const compile = types.get(criterion.type);
  if (compile === undefined) {
    return { kind: 'unsupported', message: `Criteria of the type "${criterion.type}" are not supported yet.` };
  }
  if (criterion.context === undefined) return compile(criterion.condition, undefined);
  const expression = parseExpression(criterion.context, { propertyPaths: true });
  if (expression === undefined) {
    return { kind: 'invalid', message: `The context ${quote(criterion.context)} is no runtime expression.` };
  }
  return compile(criterion.condition, { expression, text: criterion.context });
}
