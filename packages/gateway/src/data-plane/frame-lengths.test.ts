import fc from 'fast-check';
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

describe('random fragmentations', () => {
  const length = fc.oneof(
    fc.constantFrom(0, 1, 125, 126, 127, maxFrameBytes - 1, maxFrameBytes, maxFrameBytes + 1, 65_535, 65_536),
    fc.integer({ min: 0, max: maxFrameBytes }),
  );
  const mostlyLegal = fc.oneof(
    { arbitrary: fc.constant(maxFrameBytes), weight: 4 },
    { arbitrary: fc.integer({ min: 0, max: maxFrameBytes }), weight: 4 },
    { arbitrary: length, weight: 1 },
  );
  /** Messages as the lengths of their fragments, each with whether a ping comes before it. */
  const messages = fc.array(fc.array(fc.tuple(mostlyLegal, fc.boolean()), { minLength: 1, maxLength: 6 }), {
    maxLength: 4,
  });
  const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 70_000 })), {
    minLength: 1,
    maxLength: 10,
  });

  /** The rules in their plainest form: how many messages come whole, and whether what follows them is too long. */
  function judge(lengths: readonly (readonly number[])[]): {
    readonly messagesBefore: number;
    readonly isBroken: boolean;
  } {
    const isLegal = (fragments: readonly number[]): boolean =>
      fragments.every((bytes) => bytes <= 32_768) && fragments.reduce((sum, bytes) => sum + bytes, 0) <= 131_072;
    const broken = lengths.findIndex((fragments) => !isLegal(fragments));
    return { messagesBefore: broken < 0 ? lengths.length : broken, isBroken: broken >= 0 };
  }

  it('are judged as the rules of 32 KB and 128 KB say, however the bytes are cut', () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(messages, cuts, (fragmented, sizes) => {
        const bytes = Buffer.concat(
          fragmented.flatMap((fragments) =>
            fragments.flatMap(([count, hasPing], index) => [
              ...(hasPing ? [frame(5, { opcode: ping })] : []),
              frame(count, {
                opcode: index === 0 ? text : continuation,
                isFinal: index === fragments.length - 1,
              }),
            ]),
          ),
        );
        const watch = new FrameLengthWatch();
        let isBroken = false;
        for (let offset = 0, turn = 0; offset < bytes.length && !isBroken; turn += 1) {
          const end = offset + (sizes[turn % sizes.length] ?? 1);
          isBroken = watch.isTooLong(bytes.subarray(offset, end));
          offset = end;
        }
        const { messagesBefore } = watch;
        expect({ messagesBefore, isBroken }).toEqual(
          judge(fragmented.map((fragments) => fragments.map(([count]) => count))),
        );
        verdicts.add(isBroken);
      }),
      { numRuns: 300 },
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });
});
