/** A query of one of the languages that Arazzo 1.1.0 §Expression Type Object lists, compiled. Its methods throw `QueryError`. */
export interface Query {
  /** Whether the query passes as a condition on a value. */
  test(context: unknown): boolean;
  /** What the query selects from a value; `undefined` when it finds nothing. */
  select(context: unknown): unknown;
  /** A copy of the payload in which every place the query finds holds the value. */
  replace(payload: unknown, value: unknown): unknown;
  /** The tokens of the one place that it can find, where it names one; absent where it may find several, or counts. */
  readonly place?: readonly string[];
}

/** Why a query cannot be applied to a value, in one sentence. */
export class QueryError extends Error {}

export type QueryResult =
  | { readonly kind: 'compiled'; readonly query: Query }
  | { readonly kind: 'invalid'; readonly message: string }
  /** Known to the version of the language, but not carried out. */
  | { readonly kind: 'unsupported'; readonly message: string };
