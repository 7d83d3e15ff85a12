import { randomFillSync } from 'node:crypto';

/** One call into the system's generator serves some hundred identifiers; the bytes handed out are never used twice. */
const pool: Buffer = Buffer.alloc(4096);
let used = pool.length;

/** Unpredictable bytes in base64url with padding, as the service writes its identifiers. At most 4096 bytes. */
export function randomBase64Url(byteCount: number): string {
  const start = take(byteCount);
  return padBase64Url(pool.toString('base64url', start, start + byteCount));
}

/** Unpredictable bytes in lowercase hexadecimal. At most 4096 bytes. */
export function randomHex(byteCount: number): string {
  const start = take(byteCount);
  return pool.toString('hex', start, start + byteCount);
}

/** An unpredictable number from 0 to 255. */
export function randomByte(): number {
  return pool.readUInt8(take(1));
}

/** Node leaves the padding of base64url out; the service's identifiers carry it. */
export function padBase64Url(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function take(byteCount: number): number {
  if (used + byteCount > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += byteCount;
  return used - byteCount;
}
