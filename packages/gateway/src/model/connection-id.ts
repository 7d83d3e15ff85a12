import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { padBase64Url } from './random-bytes.ts';

/** What a connection id says about itself, without any look-up. */
type DecodedConnectionId =
  | { readonly kind: 'issued'; readonly node: number; readonly apiTag: number }
  /** Not a connection id of a gateway that has this secret. */
  | { readonly kind: 'never-issued' };

/** Issues and recognises the connection ids of one node. */
export interface ConnectionIds {
  issueConnectionId(apiId: string): string;
  /** An id for a message of the connection: it shares the last 6 bytes of the connection's and grows with time. */
  issueMessageId(connectionId: string): string;
  decode(connectionId: string): DecodedConnectionId;
}

export interface ConnectionIdOptions {
  /** Ids stay valid for as long as the secret is the same; without it none can be forged. */
  readonly secret: string;
  /** 0 to 255. */
  readonly node: number;
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** Distinguishes the ids of 65536 APIs; ids of another API on the wrong address are recognised by it. */
export function apiTagOf(apiId: string): number {
  return createHash('sha256').update(apiId).digest().readUInt16BE(0);
}

/*
 * Layout of the 13 bytes, 20 characters like the service's own:
 *   0–6   milliseconds since the Unix epoch (42 bits) and a counter within the millisecond (14 bits)
 *   7     node
 *   8–9   tag of the API
 *   10–12 check: HMAC-SHA-256 over bytes 0–9, truncated
 */
const leadLength = 7;
const checkStart = 10;
const idLength = 13;
const idPattern = /^[A-Za-z0-9_-]{18}==$/;
const countersPerMillisecond = 2 ** 14;

export function createConnectionIds({ secret, node, now }: ConnectionIdOptions): ConnectionIds {
  const writeLead = createLeadWriter(now);
  const check = (bytes: Buffer): Buffer =>
    createHmac('sha256', secret)
      .update(bytes.subarray(0, checkStart))
      .digest()
      .subarray(0, idLength - checkStart);

  return {
    issueConnectionId(apiId) {
      const bytes = Buffer.allocUnsafe(idLength);
      writeLead(bytes);
      bytes.writeUInt8(node, leadLength);
      bytes.writeUInt16BE(apiTagOf(apiId), leadLength + 1);
      check(bytes).copy(bytes, checkStart);
      return padBase64Url(bytes.toString('base64url'));
    },

    issueMessageId(connectionId) {
      const bytes = Buffer.from(connectionId, 'base64url');
      writeLead(bytes);
      return padBase64Url(bytes.toString('base64url'));
    },

    decode(connectionId) {
      if (!idPattern.test(connectionId)) return { kind: 'never-issued' };
      const bytes = Buffer.from(connectionId, 'base64url');
      if (!timingSafeEqual(check(bytes), bytes.subarray(checkStart))) return { kind: 'never-issued' };
      return { kind: 'issued', node: bytes.readUInt8(leadLength), apiTag: bytes.readUInt16BE(leadLength + 1) };
    },
  };
}

/** Time that only grows, also when the clock is set back, with a counter for what happens within a millisecond. */
function createLeadWriter(now: () => number): (bytes: Buffer) => void {
  let millisecond = 0;
  let counter = 0;
  return (bytes) => {
    const current = now();
    if (current > millisecond) {
      millisecond = current;
      counter = 0;
    } else if (++counter === countersPerMillisecond) {
      millisecond += 1;
      counter = 0;
    }
    bytes.writeUInt32BE(Math.floor(millisecond / 2 ** 10), 0);
    bytes.writeUIntBE((millisecond % 2 ** 10) * countersPerMillisecond + counter, 4, 3);
  };
}
