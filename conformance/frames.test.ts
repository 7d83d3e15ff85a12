import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi } from './harness/api.ts';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { closePayload, type FrameDescription, frame, opcodes, openRaw } from './harness/raw-web-socket.ts';

let serving: ServingProcess;
let backEnd: BackEnd;
let endpoint: string;

beforeAll(async () => {
  serving = await startServing(['serve']);
  backEnd = await startBackEnd(({ body }) => ({ status: 200, body }));
  const integration = { integrationType: 'HTTP_PROXY', integrationUri: backEnd.url };
  ({ endpoint } = await deployApi(serving.gateway, { routes: [{ routeKey: '$default', integration }] }));
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

const { text, binary, continuation, close, ping, pong } = opcodes;
const maxFrame = 32_768;

const bytesOf = (frames: readonly FrameDescription[]): Buffer => Buffer.concat(frames.map(frame));
const sent = (opcode: number, payload: string | Uint8Array = ''): Buffer => frame({ opcode, payload, isMasked: false });
const fragments = (...payloads: readonly string[]): FrameDescription[] =>
  payloads.map((payload, index) => ({
    opcode: index === 0 ? text : continuation,
    payload,
    isFinal: index === payloads.length - 1,
  }));
const letters = (count: number): string => 'x'.repeat(count);

/** What follows shows that the connection is as usable as before. */
const alive: FrameDescription = { opcode: text, payload: 'alive' };

describe('frames that are answered', () => {
  it.each<[string, readonly FrameDescription[], Buffer]>([
    ['a text', [{ opcode: text, payload: 'grüße' }], sent(text, 'grüße')],
    ['a text of 126 bytes', [{ opcode: text, payload: letters(126) }], sent(text, letters(126))],
    ['a text in three fragments', fragments('a', '', 'b'), sent(text, 'ab')],
    ['a character that is cut by a fragment', splitCharacter(), sent(text, 'ü')],
    ['a frame of 32 KB', [{ opcode: text, payload: letters(maxFrame) }], sent(text, letters(maxFrame))],
    [
      'a message of 128 KB',
      fragments(letters(maxFrame), letters(maxFrame), letters(maxFrame), letters(maxFrame)),
      sent(text, letters(4 * maxFrame)),
    ],
    ['a ping', [{ opcode: ping, payload: 'a' }, alive], Buffer.concat([sent(pong, 'a'), sent(text, 'alive')])],
    ['an empty ping', [{ opcode: ping }, alive], Buffer.concat([sent(pong), sent(text, 'alive')])],
    [
      'a ping of 125 bytes',
      [{ opcode: ping, payload: letters(125) }, alive],
      Buffer.concat([sent(pong, letters(125)), sent(text, 'alive')]),
    ],
    ['a message of 16,384 fragments', fragments(...letters(16_384)), sent(text, letters(16_384))],
    [
      'a ping between fragments',
      [...fragments('a', 'b').slice(0, 1), { opcode: ping, payload: 'p' }, ...fragments('a', 'b').slice(1)],
      Buffer.concat([sent(pong, 'p'), sent(text, 'ab')]),
    ],
    ['a pong that nobody asked for', [{ opcode: pong, payload: 'p' }, alive], sent(text, 'alive')],
  ])('%s', async (_case, frames, expected) => {
    for (const cut of [Number.POSITIVE_INFINITY, 7]) {
      const connection = await openRaw(endpoint);
      writeInPieces(connection.write, bytesOf(frames), cut);
      expect((await connection.read(expected.length)).equals(expected)).toBe(true);
      connection.socket.destroy();
    }
  });
});

describe('frames that end the connection', () => {
  const tooBig = closePayload(1009, 'Message too big');
  const unsupported = closePayload(1003, 'Binary is not supported');
  const broken = closePayload(1002);
  const notUtf8 = closePayload(1007);

  it.each<[string, readonly FrameDescription[], Uint8Array]>([
    ['a close frame', [{ opcode: close, payload: closePayload(1000, 'bye') }], closePayload(1000, 'bye')],
    ['a close frame without a code', [{ opcode: close }], new Uint8Array()],
    ['a close frame with code 3000', [{ opcode: close, payload: closePayload(3000) }], closePayload(3000)],
    ['a close frame with code 4999', [{ opcode: close, payload: closePayload(4999, 'ü') }], closePayload(4999, 'ü')],
    ['a close frame of one byte', [{ opcode: close, payload: 'a' }], broken],
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map(
      (code): [string, readonly FrameDescription[], Uint8Array] => [
        `a close frame with code ${code}`,
        [{ opcode: close, payload: closePayload(code) }],
        broken,
      ],
    ),
    [
      'a close frame with a reason that is not UTF-8',
      [{ opcode: close, payload: closePayload(1000, Buffer.from([0xff])) }],
      notUtf8,
    ],
    ['a close frame of 126 bytes', [{ opcode: close, payload: closePayload(1000, letters(124)) }], broken],
    ['a binary frame', [{ opcode: binary, payload: 'a' }], unsupported],
    ['an empty binary frame', [{ opcode: binary }], unsupported],
    [
      'a binary message in fragments',
      [
        { opcode: binary, payload: 'a', isFinal: false },
        { opcode: continuation, payload: 'b' },
      ],
      unsupported,
    ],
    ['a frame without mask', [{ opcode: text, payload: 'a', isMasked: false }], broken],
    ...[1, 2, 4, 7].map((reserved): [string, readonly FrameDescription[], Uint8Array] => [
      `reserved bits ${reserved}`,
      [{ opcode: text, payload: 'a', reserved }],
      broken,
    ]),
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, readonly FrameDescription[], Uint8Array] => [
      `opcode ${opcode}`,
      [{ opcode, payload: 'a' }],
      broken,
    ]),
    ['a ping of 126 bytes', [{ opcode: ping, payload: letters(126) }], broken],
    ['a fragmented ping', [{ opcode: ping, isFinal: false }], broken],
    ['a continuation of nothing', [{ opcode: continuation, payload: 'a' }], broken],
    [
      'a text within a message',
      [
        { opcode: text, payload: 'a', isFinal: false },
        { opcode: text, payload: 'b' },
      ],
      broken,
    ],
    ['a text that is not UTF-8', [{ opcode: text, payload: Buffer.from([0x61, 0xff]) }], notUtf8],
    ['a text that ends within a character', [{ opcode: text, payload: Buffer.from([0xc3]) }], notUtf8],
    ['a text with a surrogate', [{ opcode: text, payload: Buffer.from([0xed, 0xa0, 0x80]) }], notUtf8],
    ['a frame of 32 KB and one byte', [{ opcode: text, payload: letters(maxFrame + 1) }], tooBig],
    [
      'a message of 128 KB and one byte',
      fragments(letters(maxFrame), letters(maxFrame), letters(maxFrame), letters(maxFrame), 'x'),
      tooBig,
    ],
    ['a message of 16,385 fragments', fragments(...letters(16_385)), closePayload(1008)],
    ['the announcement of a frame of 1 GB', [{ opcode: text, announcedLength: 1n << 30n }], tooBig],
    ['the announcement of a frame of 2^63 bytes', [{ opcode: text, announcedLength: 1n << 63n }], tooBig],
  ])('%s', async (_case, frames, expected) => {
    const connection = await openRaw(endpoint);
    connection.write(bytesOf(frames));
    const { first, payload } = await connection.readFrame();
    expect([first, payload.toString('latin1')]).toEqual([0x88, Buffer.from(expected).toString('latin1')]);
    connection.write(frame({ opcode: close, payload: Buffer.from(expected) }));
    connection.socket.end();
    expect(await connection.rest()).toHaveLength(0);
  });

  it('leave what came whole before them', async () => {
    const connection = await openRaw(endpoint);
    connection.write(bytesOf([alive, { opcode: ping, payload: 'p' }, { opcode: text, payload: letters(40_000) }]));
    expect((await connection.readFrame()).first).toBe(0x8a);
    connection.socket.destroy();
    await expect.poll(() => backEnd.received.at(-1)?.body).toBe('alive');
  });
});

function writeInPieces(write: (bytes: Uint8Array) => void, bytes: Buffer, size: number): void {
  // The long ones would be thousands of pieces; their ends are as good.
  const step = bytes.length > 1000 ? bytes.length : Math.min(size, bytes.length);
  for (let offset = 0; offset < bytes.length; offset += step) write(bytes.subarray(offset, offset + step));
}

function splitCharacter(): FrameDescription[] {
  const [first = 0, second = 0] = Buffer.from('ü');
  return [
    { opcode: text, payload: Buffer.of(first), isFinal: false },
    { opcode: continuation, payload: Buffer.of(second) },
  ];
}
