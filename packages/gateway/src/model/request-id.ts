import { randomBase64Url, randomHex } from './random-bytes.ts';

/** A `requestId` (also `extendedRequestId` and `x-amz-apigw-id`): 11 bytes, so 16 characters that end in one `=`. */
export function newRequestId(): string {
  return randomBase64Url(11);
}

/** A value for `X-Amzn-Trace-Id`: `Root=1-{seconds in 8 hex digits}-{24 hex digits}`, the form AWS X-Ray documents. */
export function newTraceId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${seconds}-${randomHex(12)}`;
}
