import type { Database } from 'libsql';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that a query gives as bytes (`CAST(… AS BLOB)`). The driver ends the whole process at a text that is not UTF-8,
 * as a damaged file may have it.
 *
 * @throws TypeError for a text that is not UTF-8.
 */
export function readText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The one number that a query gives, under the name `number`. */
export function readNumber(database: Database, query: string): number {
  return (database.prepare(query).get() as { readonly number: number }).number;
}
