import { queryVersions } from '../document/expression-versions.ts';
import { isRecord, stringMember } from '../document/json.ts';
import type { ExpressionType } from '../document/model.ts';
import { compileQuery } from '../query/compile.ts';
import { QueryError, type QueryResult } from '../query/query.ts';
import type { Expression } from './expression.ts';
import { type ParseOptions, parseExpression } from './parse-expression.ts';

/** A Selector Object (Arazzo 1.1.0 §Selector Object), parsed. */
export interface Selector {
  readonly kind: 'selector';
  /** The context. */
  readonly expression: Expression;
  /** What it selects, as messages name it. */
  readonly text: string;
  readonly query: QueryResult;
}

/** Whether documents of a version have Selector Objects: in Arazzo 1.0 the same object is plain data. */
export function hasSelectors(version: string): boolean {
  return !version.startsWith('1.0.');
}

/**
 * Reads an object as a Selector Object. Where any value may stand, nothing tells one from plain data but its shape: it
 * has exactly `context`, `selector` and `type`, the context is a runtime expression and the type names a query language.
 */
export function parseSelector(value: unknown, options: ParseOptions): Selector | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 3) return undefined;
  const context = stringMember(value, 'context');
  const selector = stringMember(value, 'selector');
  const type = Object.hasOwn(value, 'type') ? readType(value.type) : undefined;
  if (context === undefined || selector === undefined || type === undefined) return undefined;
  const expression = parseExpression(context, options);
  if (expression === undefined) return undefined;
  return { kind: 'selector', expression, text: `${selector} in ${context}`, query: compileQuery(type, selector) };
}

function readType(value: unknown): ExpressionType | undefined {
  const type = typeof value === 'string' ? value : stringMember(value, 'type');
  const version = stringMember(value, 'version');
  if (type === undefined || !queryVersions.has(type)) return undefined;
  return { type, ...(version !== undefined && { version }) };
}

/** The value selected from a context; `undefined` when there is none, or the query cannot be applied to the context. */
export function select(selector: Selector, context: unknown): unknown {
  if (selector.query.kind !== 'compiled' || context === undefined) return undefined;
  try {
    return selector.query.query.select(context);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
