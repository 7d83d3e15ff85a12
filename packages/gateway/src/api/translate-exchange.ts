import { isRecord } from '../model/json.ts';
import { type Dialect, fromWireNames, nameOf, toWireNames } from './dialect.ts';
import { matchOperation } from './match-operation.ts';
import { membersOf, type Operation } from './operations.ts';
import { parseJson } from './parse-json.ts';

/** The operation that a request line means, and the request as the service has it. */
export interface TranslatedRequest {
  readonly operation: Operation;
  /** Path and query, with the parameters of the query under their wire names. */
  readonly target: string;
  /** JSON under wire names; a body that is no JSON object is left as it is. */
  readonly body: string;
}

/**
 * Translates a request of a dialect into wire names, as the service speaks them. `target` is the path with its query, from
 * `/v2/` on. `undefined` when the service has no such operation. Members that it does not have are dropped.
 */
export function translateRequest(
  dialect: Dialect,
  request: { readonly method: string; readonly target: string; readonly body: string },
): TranslatedRequest | undefined {
  const [path = '', ...rest] = request.target.split('?');
  const match = matchOperation(request.method, path);
  if (match.kind !== 'operation') return undefined;
  const { operation } = match;
  const query = translateQuery(operation, rest.join('?'), dialect);
  const parsed = request.body === '' ? undefined : parseJson(request.body);
  const isTranslatable = parsed?.kind === 'parsed' && isRecord(parsed.value);
  return {
    operation,
    target: query === '' ? path : `${path}?${query}`,
    body: isTranslatable ? JSON.stringify(toWireNames(operation.input, parsed.value, dialect)) : request.body,
  };
}

/**
 * Translates the JSON of an answer from wire names into a dialect: what an operation answers, or an error. Text that is no
 * JSON object stays as it is. Members that the table does not have are kept, since the service may have more by now.
 */
export function translateResponse(dialect: Dialect, operation: Operation, status: number, body: string): string {
  const parsed = parseJson(body);
  if (parsed.kind !== 'parsed' || !isRecord(parsed.value)) return body;
  const { value } = parsed;
  if (status >= 400) return JSON.stringify(renameMembers(value, dialect, []));
  const translated = operation.output === undefined ? {} : fromWireNames(operation.output, value, dialect);
  const known = operation.output === undefined ? [] : membersOf(operation.output).map(({ wireName }) => wireName);
  return JSON.stringify({ ...(isRecord(translated) ? translated : {}), ...renameMembers(value, dialect, known) });
}

function translateQuery(operation: Operation, query: string, dialect: Dialect): string {
  const names = new Map(
    membersOf(operation.input)
      .filter(({ location }) => location === 'query')
      .map((member) => [nameOf(member, dialect), member.wireName]),
  );
  const renamed = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [names.get(name) ?? name, ...value].join('=');
  });
  return renamed.join('&');
}

/** The members that are not among `known`, spelled as the dialect does. */
function renameMembers(
  value: Readonly<Record<string, unknown>>,
  dialect: Dialect,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const members = Object.entries(value).filter(([name]) => !known.includes(name));
  return Object.fromEntries(
    members.map(([name, member]) => [
      dialect === 'member-names' ? name.charAt(0).toUpperCase() + name.slice(1) : name,
      member,
    ]),
  );
}
