import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Answer, type BackEnd, type ReceivedRequest, startBackEnd } from './back-end.ts';

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/** A service of AWS: it answers requests that are signed with `credentials`, and refuses all others with 403. */
export function startAwsService(
  service: string,
  answer: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<BackEnd> {
  return startBackEnd(async (request) => {
    if (request.headers.authorization === (await sign(service, request))) return answer(request);
    return { status: 403, headers: { 'x-amzn-ErrorType': 'InvalidSignatureException' } };
  });
}

/** What the official signer makes of the headers that the request says are signed. */
async function sign(service: string, { method, url, headers, body }: ReceivedRequest): Promise<string> {
  const [, region = '', names = ''] =
    /\/\d{8}\/([^/]+)\/.*SignedHeaders=([^,]+),/.exec(headers.authorization ?? '') ?? [];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const target = new URL(url, `http://${headers.host}`);
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const signed = await signer.sign(
    {
      method,
      protocol: target.protocol,
      hostname: target.hostname,
      path: target.pathname,
      query: Object.fromEntries(target.searchParams),
      headers: Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) },
  );
  return signed.headers.authorization ?? '';
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
