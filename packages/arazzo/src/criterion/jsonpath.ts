import { quote } from '../document/json.ts';
import { splitEmbedded } from '../expression/embedded.ts';
import { parsePropertyPath } from '../expression/property-path.ts';
import { compileJsonPath } from '../query/jsonpath.ts';
import type { CompileResult, WrittenExpression } from './criterion.ts';
import { compileMatching, type Matcher, matcherOf } from './matching.ts';
import { readExpression } from './parse-condition.ts';
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
  if (context === undefined || (result.kind === 'compiled' && canBeQuery(condition, compile))) return result;
  return compileComparison(condition, context) ?? result;
}

/** XML, and JSON with another content type, are text. */
function excuse(context: unknown): string {
  return typeof context === 'string' ? ', text, in which a JSONPath finds nothing' : '';
}

/** Values that are embedded stand where a number or a name can stand, if anywhere. */
function canBeQuery(condition: string, compile: (text: string) => Matcher): boolean {
  const parts = splitEmbedded(condition, { propertyPaths: true });
  return ['1', 'a'].some((probe) => {
    const text = parts.map((part) => (typeof part === 'string' ? part : probe)).join('');
    return compile(text).kind === 'compiled';
  });
}

function compileComparison(condition: string, context: WrittenExpression): CompileResult | undefined {
  let hasPath = false;
  const comparison = compileCondition(condition, (text) => {
    const path = text.startsWith('$') ? parsePropertyPath(text.slice(1)) : undefined;
    if (path === undefined) return readExpression(text);
    hasPath = true;
    return { expression: context.expression, path };
  });
  if (comparison.kind !== 'compiled' || !hasPath) return undefined;
  const message = `The condition ${quote(condition)} is a comparison, which no JSONPath is; it is read as one on ${quote(context.text)}.`;
  const notes = [{ message, section: 'JSONPath Conditions' }];
  const others = comparison.criterion.expressions.filter(({ expression }) => expression !== context.expression);
  return { kind: 'compiled', criterion: { ...comparison.criterion, expressions: [context, ...others], notes } };
}
