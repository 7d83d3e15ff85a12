import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection of bytes alone: what it sends need not be right, and it costs little enough to have thousands of it. */
export interface RawConnection {
  readonly socket: Socket;
  /** The answer to the upgrade request, up to its empty line. */
  readonly answer: string;
  write(bytes: Uint8Array): void;
  /** The next bytes, as soon as that many have come. Rejects when the connection ends before. */
  read(length: number): Promise<Buffer>;
  /** The next frame, which must not be masked; without its header. */
  readFrame(): Promise<ReceivedFrame>;
  /** What comes until the other side has ended the connection. */
  rest(): Promise<Buffer>;
}

interface ReceivedFrame {
  /** FIN, reserved bits and opcode. */
  readonly first: number;
  readonly payload: Buffer;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameDescription {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  /** Default true. */
  readonly isFinal?: boolean;
  /** Default true, as a client must. */
  readonly isMasked?: boolean;
  /** RSV1 to RSV3 as a number; default 0. */
  readonly reserved?: number;
  /** What the header says instead of the payload's length, in its longest form. */
  readonly announcedLength?: bigint;
}

const maskingKey = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** The bytes of a frame (RFC 6455 §5.2). */
export function frame(description: FrameDescription): Buffer {
  const { opcode, isFinal = true, isMasked = true, reserved = 0, announcedLength } = description;
  const payload = Buffer.from(description.payload ?? '');
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = encodeLength(payload.length, announcedLength);
  length[0] = (length[0] ?? 0) | (isMasked ? 0x80 : 0);
  const masked = isMasked ? payload.map((byte, index) => byte ^ (maskingKey[index & 3] ?? 0)) : payload;
  return Buffer.concat([Buffer.of(first), length, isMasked ? maskingKey : Buffer.alloc(0), masked]);
}

function encodeLength(length: number, announced?: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  if (announced === undefined && length < 126) return Buffer.of(length);
  if (announced === undefined && length < 65_536) {
    bytes[0] = 126;
    bytes.writeUInt16BE(length, 1);
    return bytes.subarray(0, 3);
  }
  bytes[0] = 127;
  bytes.writeBigUInt64BE(announced ?? BigInt(length), 1);
  return bytes;
}

/** The payload of a close frame. */
export function closePayload(code: number, reason: string | Uint8Array = ''): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return Buffer.concat([bytes, Buffer.from(reason)]);
}

/** The text of an upgrade request; `headers` replace or add to those of a proper one, `undefined` leaves one out. */
function upgradeRequest(
  url: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  method = 'GET',
): string {
  const { host, pathname, search } = new URL(url);
  const sent: Readonly<Record<string, string | undefined>> = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends a request and reads the answer's status line and headers, whatever they are. */
export async function connectRaw(
  url: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  method = 'GET',
): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  // What becomes of the connection is seen by who reads.
  socket.on('error', () => {});
  const incoming = gather(socket);
  await once(socket, 'connect');
  socket.write(upgradeRequest(url, headers, method));
  const answer = (await incoming.readUntil('\r\n\r\n')).toString('latin1');
  return {
    socket,
    answer,
    write: (bytes) => void socket.write(bytes),
    read: incoming.read,
    async readFrame() {
      const [first = 0, second = 0] = await incoming.read(2);
      let length = second;
      if (second === 126) length = (await incoming.read(2)).readUInt16BE();
      else if (second === 127) length = Number((await incoming.read(8)).readBigUInt64BE());
      return { first, payload: await incoming.read(length) };
    },
    rest: incoming.rest,
  };
}

/** As `connectRaw`, for a handshake that must be accepted. */
export async function openRaw(
  url: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<RawConnection> {
  const connection = await connectRaw(url, headers);
  if (connection.answer.startsWith('HTTP/1.1 101 ')) return connection;
  connection.socket.destroy();
  throw new Error(`The upgrade of ${url} was refused: ${connection.answer}`);
}

interface Incoming {
  read(length: number): Promise<Buffer>;
  readUntil(mark: string): Promise<Buffer>;
  rest(): Promise<Buffer>;
}

/** Keeps what a socket receives until it is asked for; one reader at a time. */
function gather(socket: Socket): Incoming {
  let received: Buffer = Buffer.alloc(0);
  let hasEnded = false;
  let wake = (): void => {};
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('close', () => {
    hasEnded = true;
    wake();
  });

  const take = async (findLength: () => number | undefined): Promise<Buffer> => {
    for (;;) {
      const length = findLength();
      if (length !== undefined) {
        const taken = received.subarray(0, length);
        received = received.subarray(length);
        return taken;
      }
      if (hasEnded) throw new Error(`The connection ended after ${JSON.stringify(received.toString('latin1'))}.`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    read: (length) => take(() => (received.length < length ? undefined : length)),
    readUntil: (mark) =>
      take(() => {
        const index = received.indexOf(mark);
        return index < 0 ? undefined : index + mark.length;
      }),
    rest: () => take(() => (hasEnded ? received.length : undefined)),
  };
}
