import { type Dialect, nameOf, toWireNames } from './dialect.ts';
import { ServiceError } from './errors.ts';
import { type Member, membersOf, type Operation } from './operations.ts';
import { parseJson } from './parse-json.ts';
import { validateStructure } from './validate.ts';

/** The parts of a request that hold members. */
export interface RequestParts {
  /** Member name → value, from the path. */
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON text; empty when there is no body. */
  readonly body: string;
}

/**
 * Puts an operation's input together from path, query and body, in wire names, and checks it against the table.
 *
 * @throws ServiceError `BadRequestException`
 */
export function readRequest(
  operation: Operation,
  parts: RequestParts,
  dialect: Dialect,
): Readonly<Record<string, unknown>> {
  const members = membersOf(operation.input);
  const hasBody = members.some((member) => member.location === 'body');
  const body = hasBody ? readBody(operation, parts.body, dialect) : {};
  const input = Object.fromEntries(
    members.flatMap((member) => {
      const value = member.location === 'body' ? body[member.wireName] : readText(member, parts, dialect);
      return value === undefined ? [] : [[member.wireName, value]];
    }),
  );
  validateStructure(operation.input, input, dialect);
  return input;
}

function readBody(operation: Operation, text: string, dialect: Dialect): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  if (parsed.kind === 'refused') throw new ServiceError('BadRequestException', `The request body ${parsed.reason}`);
  const body = toWireNames(operation.input, parsed.value, dialect);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ServiceError('BadRequestException', 'The request body is not a JSON object.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/**
 * A member from path or query, where everything is text. In the query a wire name counts in every dialect: documents that
 * spell bodies in member names declare the parameters of queries as they are sent.
 */
function readText(member: Member, { labels, query }: RequestParts, dialect: Dialect): unknown {
  if (member.location === 'uri') return labels[member.name];
  const name = nameOf(member, dialect);
  const [text, ...others] = query.getAll(query.has(name) ? name : member.wireName);
  if (text === undefined) return undefined;
  if (member.type.kind === 'list') return [text, ...others];
  if (member.type.kind === 'number') return Number(text);
  if (member.type.kind === 'boolean') return text === 'true';
  return text;
}
