import { maxMessageBytes } from '../model/message-size.ts';
import { maxFrameBytes } from './limits.ts';

/**
 * Watches the lengths that a client announces in its frame headers (RFC 6455 §5.2). It takes a chunk of the byte stream as
 * it was received, cut anywhere, and says whether a frame or message in it is longer than allowed. Nothing is copied,
 * and a frame is judged by its header, before its payload has come.
 */
export class FrameLengthWatch {
  /** Bytes of the current header that have come so far: 2, and up to 8 of extended length. */
  readonly #header: Uint8Array = new Uint8Array(10);
  #headerLength = 0;
  /** Bytes of masking key and payload that are still to come. */
  #toSkip = 0;
  #messageLength = 0;
  #messagesBefore = 0;

  /** How many messages come whole before the frame that is too long. */
  get messagesBefore(): number {
    return this.#messagesBefore;
  }

  /** Says whether a frame or message that begins or goes on in the chunk is too long; it is not asked again after that. */
  isTooLong(chunk: Uint8Array): boolean {
    let offset = 0;
    while (offset < chunk.length) {
      const skipped = Math.min(this.#toSkip, chunk.length - offset);
      this.#toSkip -= skipped;
      offset += skipped;
      if (offset === chunk.length) return false;
      if (this.#readHeaderByte(chunk[offset++] ?? 0)) return true;
    }
    return false;
  }

  #readHeaderByte(byte: number): boolean {
    this.#header[this.#headerLength++] = byte;
    if (this.#headerLength === 1 || this.#headerLength < headerSize(this.#header)) return false;

    this.#headerLength = 0;
    const frame = readHeader(this.#header);
    this.#toSkip = frame.length + (frame.isMasked ? 4 : 0);
    if (frame.isControl) return false;
    this.#messageLength += frame.length;
    if (frame.length > maxFrameBytes || this.#messageLength > maxMessageBytes) return true;
    if (frame.isFinal) {
      this.#messageLength = 0;
      this.#messagesBefore += 1;
    }
    return false;
  }
}

function headerSize(header: Uint8Array): number {
  const length = (header[1] ?? 0) & 0x7f;
  if (length < 126) return 2;
  return length === 126 ? 4 : 10;
}

interface FrameHeader {
  readonly isFinal: boolean;
  readonly isControl: boolean;
  readonly isMasked: boolean;
  readonly length: number;
}

function readHeader(header: Uint8Array): FrameHeader {
  const [first = 0, second = 0] = header;
  const size = headerSize(header);
  let length = second & 0x7f;
  if (size > 2) {
    length = 0;
    for (let index = 2; index < size; index++) length = length * 256 + (header[index] ?? 0);
  }
  return { isFinal: (first & 0x80) !== 0, isControl: (first & 0x08) !== 0, isMasked: (second & 0x80) !== 0, length };
}
