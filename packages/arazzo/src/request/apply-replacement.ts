import { quote } from '../document/json.ts';
import { QueryError, type QueryResult } from '../query/query.ts';
import { Refusal } from './refusal.ts';

/** A replacement whose value is known. */
export interface Replacement {
  readonly target: string;
  readonly language: string;
  readonly query: QueryResult;
  readonly value: unknown;
}

/**
 * Sets the value at every place that the target finds, in a copy of the payload.
 *
 * @throws Refusal when there is no such place.
 */
export function applyReplacement({ target, query, value }: Replacement, payload: unknown): unknown {
  const refuse = (reason: string) =>
    new Refusal('request-invalid', `The replacement of ${quote(target)} fails: ${reason}.`, query);
  if (query.kind !== 'compiled') throw refuse(query.message.replace(/\.$/, ''));
  try {
    return query.query.replace(payload, value);
  } catch (error) {
    throw error instanceof QueryError ? refuse(error.message) : error;
  }
}
