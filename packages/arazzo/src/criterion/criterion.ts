import type { Expression } from '../expression/expression.ts';
import type { Scope } from '../expression/scope.ts';
import type { Condition } from './parse-condition.ts';

/** A criterion ready to be tested. */
export interface CompiledCriterion {
  /** The condition as written. */
  readonly text: string;
  readonly expressions: readonly WrittenExpression[];
  /** Parsed, of a simple condition and of a comparison that is read as one; absent for the rest. */
  readonly condition?: Condition;
  /** The tokens of the one place in the context that it looks at, where it names one. */
  readonly place?: readonly string[];
  /** Lenient readings that the specification does not allow. */
  readonly notes: readonly CriterionNote[];
  /** Tests the criterion. Never throws: a value that does not fit makes it unsatisfied, with the reason. */
  test(scope: Scope): CriterionResult;
}

export interface CriterionNote {
  /** One sentence. */
  readonly message: string;
  /** The section of Arazzo 1.1.0 that does not allow it. */
  readonly section?: string;
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
  /** `about` is the field that is at fault, the condition when absent. */
  | { readonly kind: 'invalid'; readonly message: string; readonly about?: 'context' }
  | { readonly kind: 'unsupported'; readonly message: string };

/** The same export of each criterion type's file. */
export type CompileCriterion = (
  condition: string,
  context: WrittenExpression | undefined,
  /** Of the language; empty for types that have none. */
  version: string,
) => CompileResult;
