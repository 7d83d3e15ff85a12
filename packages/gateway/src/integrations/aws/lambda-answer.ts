import { isToken, toHeaderValue } from '../../model/header.ts';
import { isRecord, readJson } from '../../model/json.ts';
import { maxMessageBytes } from '../../model/message-size.ts';
import type { IntegrationResult } from '../integration.ts';
import { convertToBinary } from '../mapping/content-handling.ts';

type Json = Readonly<Record<string, unknown>>;

/** What does not fit becomes this error, whose message says what was expected. */
class MalformedAnswer extends Error {}

/**
 * Reads what a function has returned to a proxy integration: `statusCode`, `headers`, `multiValueHeaders`, `body` and
 * `isBase64Encoded`. Numbers and booleans may be written as texts. See the developer guide, "Set up a WebSocket API Lambda
 * proxy integration".
 */
export function readFunctionAnswer(functionName: string, payload: Uint8Array): IntegrationResult {
  try {
    const answer = parseAnswer(payload);
    return {
      kind: 'answered',
      status: readStatusCode(answer.statusCode),
      headers: readHeaders(answer),
      body: readBody(answer),
    };
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    const reason = `Function "${functionName}" returned what a proxy integration cannot use: ${error.message}.`;
    return { kind: 'failed', cause: 'bad-answer', reason };
  }
}

function parseAnswer(payload: Uint8Array): Json {
  const value = readJson(Buffer.from(payload).toString('utf8'));
  if (value === undefined) throw new MalformedAnswer('JSON is expected');
  if (!isRecord(value)) throw new MalformedAnswer('an object with a "statusCode" is expected');
  return value;
}

function readStatusCode(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  // An interim status would end no handshake.
  if (Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599) return Number(status);
  throw new MalformedAnswer('a "statusCode" from 200 to 599 is expected');
}

function readBody({ body, isBase64Encoded }: Json): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body !== 'string') throw new MalformedAnswer('a "body" that is a string is expected');
  const bytes = readFlag(isBase64Encoded) ? convertToBinary(body) : Buffer.from(body, 'utf8');
  if (!bytes) throw new MalformedAnswer('a "body" in Base64 is expected');
  if (bytes.length <= maxMessageBytes) return bytes;
  throw new MalformedAnswer(`a "body" of at most ${maxMessageBytes} bytes is expected, as long as a message can be`);
}

function readFlag(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw new MalformedAnswer('an "isBase64Encoded" that is a boolean is expected');
}

/** Names in lower case; those of `multiValueHeaders` win. */
function readHeaders(answer: Json): Readonly<Record<string, string | readonly string[]>> {
  const headers: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, value] of readEntries(answer, 'headers')) {
    if (value !== null) headers[name] = readHeaderValue(value);
  }
  for (const [name, value] of readEntries(answer, 'multiValueHeaders')) {
    if (!Array.isArray(value)) throw new MalformedAnswer('lists as values of "multiValueHeaders" are expected');
    headers[name] = value.map(readHeaderValue);
  }
  return headers;
}

function readEntries(answer: Json, member: string): readonly (readonly [name: string, value: unknown])[] {
  const value = answer[member] ?? {};
  if (!isRecord(value)) throw new MalformedAnswer(`"${member}" that are an object are expected`);
  const entries = Object.entries(value);
  if (!entries.every(([name]) => isToken(name))) {
    throw new MalformedAnswer(`names of headers in "${member}" are expected`);
  }
  return entries.map(([name, entry]) => [name.toLowerCase(), entry]);
}

function readHeaderValue(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return toHeaderValue(String(value));
  }
  throw new MalformedAnswer('texts, numbers or booleans as values of headers are expected');
}
