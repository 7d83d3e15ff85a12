import { quote } from '../document/json.ts';
import { parsePropertyPath } from '../expression/property-path.ts';
import { compileJsonPath } from '../query/jsonpath.ts';
import type { CompileResult, WrittenExpression } from './criterion.ts';
import { compileMatching, matcherOf } from './matching.ts';
import { compileCondition } from './simple.ts';

/**
 * Compiles a `jsonpath` criterion: the query must find something in the context. Published documents also write a
 * comparison, as in `$.Items.length == 0`, which no JSONPath is: it is read as a simple condition on the context.
 */
export function compileJsonPathCriterion(
  condition: string,
  context: WrittenExpression | undefined,
  version: string,
): CompileResult {
  const compile = (text: string) => matcherOf(compileJsonPath(text, version));
  const result = compileMatching({ name: 'jsonpath', compile, excuse }, condition, context);
  if (result.kind === 'compiled' || context === undefined) return result;
  return compileComparison(condition, context) ?? result;
}

/** XML, and JSON with another content type, are text. */
function excuse(context: unknown): string {
  return typeof context === 'string' ? ', text, in which a JSONPath finds nothing' : '';
}

function compileComparison(condition: string, context: WrittenExpression): CompileResult | undefined {
  const comparison = compileCondition(condition, (text) => {
    const path = text.startsWith('$') ? parsePropertyPath(text.slice(1)) : undefined;
    return path && { expression: context.expression, path };
  });
  if (comparison.kind !== 'compiled') return undefined;
  const message = `The condition ${quote(condition)} is a comparison, which no JSONPath is; it is read as one on ${quote(context.text)}.`;
  const notes = [{ message, section: 'JSONPath Conditions' }];
  return { kind: 'compiled', criterion: { ...comparison.criterion, expressions: [context], notes } };
}
