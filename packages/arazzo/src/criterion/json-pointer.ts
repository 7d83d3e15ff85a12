import { compileJsonPointer } from '../query/json-pointer.ts';
import type { CompileResult, WrittenExpression } from './criterion.ts';
import { compileMatching, matcherOf } from './matching.ts';

/** Compiles a `jsonpointer` criterion, which an Expression Type Object can ask for: there must be a value at the pointer. */
export function compileJsonPointerCriterion(condition: string, context: WrittenExpression | undefined): CompileResult {
  const compile = (text: string) => matcherOf(compileJsonPointer(text));
  return compileMatching({ name: 'jsonpointer', compile }, condition, context);
}
