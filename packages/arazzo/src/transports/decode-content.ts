import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { TransportError } from './transport.ts';

/** What requests say they accept. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** More encodings on top of each other are refused. */
const MAX_ENCODINGS = 3;

const decoders: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * The content of a response with its `Content-Encoding` undone (RFC 9110 §8.4). Its size is for the reader to bound: what is
 * not read is not decoded. Reading fails when the content is not what the header says.
 *
 * @throws TransportError when the encoding is unknown.
 */
export function decodeContent(method: string, url: string, response: IncomingMessage): Readable {
  const names = (response.headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length === 0 || isEmpty(method, response)) return response;
  const stages = names.slice(0, MAX_ENCODINGS).flatMap((name) => decoders.get(name)?.() ?? []);
  if (stages.length < names.length) {
    response.destroy();
    const message = `The response from "${url}" has the content encoding "${names.join(', ')}"; one of "${ACCEPTED_ENCODINGS}" was expected.`;
    throw new TransportError('response-unreadable', message);
  }
  let decoded: Readable = response;
  // Encodings are listed in the order they were applied. Errors reach the reader through the last stream.
  for (const stage of stages.reverse()) decoded = pipeline(decoded, stage, () => {});
  return decoded;
}

/** Answers to HEAD, and those without content, bear the header all the same. */
function isEmpty(method: string, { statusCode, headers }: IncomingMessage): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0';
}
