import { compileXPath } from '../query/xpath.ts';
import type { CompileResult, WrittenExpression } from './criterion.ts';
import { compileMatching, matcherOf } from './matching.ts';

/** Compiles an `xpath` criterion: the effective boolean value of the expression on the XML of the context must be true. */
export function compileXPathCriterion(
  condition: string,
  context: WrittenExpression | undefined,
  version: string,
): CompileResult {
  const compile = (text: string) => matcherOf(compileXPath(text, version));
  return compileMatching({ name: 'xpath', compile }, condition, context);
}
