import { describe, expect, it } from 'vitest';
import { FrameLengthWatch } from './frame-lengths.ts';
import { maxFrameBytes } from './limits.ts';

const text = 0x1;
const continuation = 0x0;
const ping = 0x9;

/** A frame as a client sends it (RFC 6455 §5.2). */
function frame(length: number, { opcode = text, isFinal = true } = {}): Buffer {
  const header = [(isFinal ? 0x80 : 0) | opcode];
  if (length < 126) header.push(0x80 | length);
  else if (length < 65_536) header.push(0x80 | 126, length >> 8, length & 0xff);
  else
    header.push(
      0x80 | 127,
      0,
      0,
      0,
      0,
      (length >>> 24) & 0xff,
      (length >> 16) & 0xff,
      (length >> 8) & 0xff,
      length & 0xff,
    );
  return Buffer.concat([Buffer.from(header), Buffer.from([1, 2, 3, 4]), Buffer.alloc(length, 0xff)]);
}

function message(count: number, beforeTheLast: Buffer = Buffer.alloc(0)): Buffer {
  const frames = Array.from({ length: count }, (_, index) =>
    frame(maxFrameBytes, { opcode: index === 0 ? text : continuation, isFinal: index === count - 1 }),
  );
  return Buffer.concat([...frames.slice(0, -1), beforeTheLast, ...frames.slice(-1)]);
}

function isTooLong(bytes: Buffer, chunkLength: number): boolean {
  const watch = new FrameLengthWatch();
  for (let offset = 0; offset < bytes.length; offset += chunkLength) {
    if (watch.isTooLong(bytes.subarray(offset, offset + chunkLength))) return true;
  }
  return false;
}

describe('FrameLengthWatch', () => {
  const cases: readonly [string, Buffer, boolean][] = [
    ['an empty frame', frame(0), false],
    ['frames of every header form', Buffer.concat([frame(5), frame(125), frame(126), frame(300), frame(0)]), false],
    ['a frame of 32 KB', frame(maxFrameBytes), false],
    ['a frame of one byte more', frame(maxFrameBytes + 1), true],
    ['a frame that needs a long length', frame(70_000), true],
    ['a long frame after short ones', Buffer.concat([frame(10), frame(200), frame(maxFrameBytes + 1)]), true],
    ['a message of four full frames', message(4), false],
    ['a message of five full frames', message(5), true],
    ['several messages of four full frames', Buffer.concat([message(4), message(4), message(4)]), false],
    ['a ping in a message of four full frames', message(4, frame(125, { opcode: ping })), false],
    ['a ping in a message of five full frames', message(5, frame(125, { opcode: ping })), true],
  ];

  it.each(cases)('judges %s, however the bytes are cut', (_case, bytes, expected) => {
    for (const chunkLength of [1, 2, 3, 7, 1000, 65_536, bytes.length]) {
      expect(isTooLong(bytes, chunkLength)).toBe(expected);
    }
  });

  it('judges a frame by its header, before its payload has come', () => {
    expect(new FrameLengthWatch().isTooLong(frame(70_000).subarray(0, 10))).toBe(true);
  });
});
