import type { Expression } from '../expression/expression.ts';
import type { Scope } from '../expression/scope.ts';

/** A criterion ready to be tested. */
export interface CompiledCriterion {
  /** The condition as written. */
  readonly text: string;
  readonly expressions: readonly WrittenExpression[];
  /** Lenient readings that the specification does not allow, one sentence each. */
  readonly notes: readonly string[];
  /** Tests the criterion. Never throws: a value that does not fit makes it unsatisfied, with the reason. */
  test(scope: Scope): CriterionResult;
}

export interface WrittenExpression {
  readonly expression: Expression;
  readonly text: string;
}

export type CriterionResult =
  | { readonly kind: 'satisfied' }
  | { readonly kind: 'unsatisfied'; readonly message: string; readonly expected?: unknown; readonly actual?: unknown };

/** What a criterion type makes of a criterion. */
export type CompileResult =
  | { readonly kind: 'compiled'; readonly criterion: CompiledCriterion }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly message: string };

/** The same export of each criterion type's file. */
export type CompileCriterion = (
  condition: string,
  context: WrittenExpression | undefined,
  /** Of the language; empty for types that have none. */
  version: string,
) => CompileResult;
