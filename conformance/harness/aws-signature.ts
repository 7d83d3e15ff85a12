import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ReceivedRequest } from './back-end.ts';

/** What the requests of this suite are signed with. */
export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/**
 * Whether the official signer gives a request the signature that it has: for a service, with `credentials`, in the region, at
 * the time and over the headers that the request names.
 */
export async function isSigned(service: string, request: ReceivedRequest): Promise<boolean> {
  const { method, url, headers, body } = request;
  const target = new URL(url, `http://${headers.host}`);
  const signer = new SignatureV4({
    ...{ credentials, service, region: regionOf(request) },
    ...{ sha256: Sha256, applyChecksum: false },
  });
  const signed = await signer.sign(
    {
      ...{ method, protocol: target.protocol, hostname: target.hostname, path: target.pathname, body },
      query: Object.fromEntries(target.searchParams),
      headers: Object.fromEntries(signedHeaders(request).map((name) => [name, String(headers[name])])),
    },
    { signingDate: timeOf(request) },
  );
  return headers.authorization === signed.headers.authorization;
}

/** The names of the headers that a request says are signed, in lower case. */
export function signedHeaders({ headers }: ReceivedRequest): readonly string[] {
  return /SignedHeaders=([^,]+),/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
}

export function regionOf({ headers }: ReceivedRequest): string {
  return /\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

function timeOf({ headers }: ReceivedRequest): Date {
  const time = String(headers['x-amz-date']);
  return new Date(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** What the official signer wants of a hash. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}
