import { randomUUID } from 'node:crypto';
import { encodeText } from '../encode-text.ts';
import { bareMediaType } from '../media-type.ts';
import { readMediaTypeParameters, writeMediaType } from '../media-type-parameters.ts';
import { Refusal } from '../refusal.ts';
import { findHeader, headOf, type Part } from './part.ts';

/** Larger multipart bodies are not sent. */
const MAX_BYTES = 50 * 1024 * 1024;

/** A body as it is sent, and its content type with the boundary that is in it. */
export interface FramedParts {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * Puts parts between boundaries (RFC 2046 §5.1.1). A boundary in the content type is taken when it is one and the parts do
 * not hold it, else another is made up; other parameters stay. `multipart/related` says of what type its root is
 * (RFC 2387 §3.1): the part that `start` names, else the first.
 *
 * @throws Refusal when the body is too long, or has no part, which only a form can do without.
 */
export function frameParts(parts: Iterable<Part>, contentType: string): FramedParts {
  const type = bareMediaType(contentType);
  const written = encodeParts(parts);
  if (written.length === 0 && type !== 'multipart/form-data') {
    throw new Refusal('request-invalid', `The payload gives no part, and a body of "${type}" has one at least.`);
  }
  const parameters = new Map(readMediaTypeParameters(contentType));
  const wished = parameters.get('boundary');
  const boundary = wished !== undefined && isFree(wished, written) ? wished : `gatewright-${randomUUID()}`;
  const root = type === 'multipart/related' ? typeOfRoot(written, parameters.get('start')) : undefined;
  if (root !== undefined && !parameters.has('type')) parameters.set('type', root);
  parameters.set('boundary', boundary);
  return { bytes: join(written, boundary), contentType: writeMediaType(type, parameters) };
}

/** Whether a text can be a boundary (RFC 2046 §5.1.1). */
export function isBoundary(text: string): boolean {
  return /^[\w'()+,\-./:=? ]{0,69}[\w'()+,\-./:=?]$/.test(text);
}

interface EncodedPart {
  readonly part: Part;
  readonly head: Buffer;
  readonly bytes: Buffer;
}

function encodeParts(parts: Iterable<Part>): readonly EncodedPart[] {
  const encoded: EncodedPart[] = [];
  let size = 0;
  for (const part of parts) {
    const head = Buffer.from(headOf(part));
    const bytes = toBuffer(
      typeof part.bytes === 'string'
        ? encodeText(part.bytes, findHeader(part.headers, 'Content-Type') ?? '')
        : part.bytes,
    );
    size += head.byteLength + bytes.byteLength;
    if (size > MAX_BYTES) {
      throw new Refusal('request-invalid', `The multipart body is longer than ${MAX_BYTES} bytes; it is not sent.`);
    }
    encoded.push({ part, head, bytes });
  }
  return encoded;
}

function toBuffer(content: string | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

function isFree(boundary: string, parts: readonly EncodedPart[]): boolean {
  if (!isBoundary(boundary)) return false;
  return parts.every(({ head, bytes }) => [head, bytes].every((piece) => !piece.includes(`--${boundary}`)));
}

function typeOfRoot(parts: readonly EncodedPart[], start: string | undefined): string | undefined {
  const started = parts.find(({ part }) => start !== undefined && findHeader(part.headers, 'Content-ID') === start);
  const type = findHeader((started ?? parts[0])?.part.headers ?? [], 'Content-Type');
  return type && bareMediaType(type);
}

function join(parts: readonly EncodedPart[], boundary: string): Uint8Array {
  const pieces = parts.flatMap(({ head, bytes }) => [
    Buffer.from(`--${boundary}\r\n`),
    head,
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}
