import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { type AwsCredentials, createRequestSigner, type UnsignedRequest } from './sign-request.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const suiteTime = Date.UTC(2015, 7, 30, 12, 36, 0);

const request = (more: Partial<UnsignedRequest> = {}): UnsignedRequest => ({
  method: 'GET',
  host: 'example.amazonaws.com',
  target: '/',
  headers: [],
  body: undefined,
  ...more,
});

function headerOf(headers: readonly string[], name: string): string | undefined {
  const index = headers.findIndex((text, at) => at % 2 === 0 && text === name);
  return index === -1 ? undefined : headers[index + 1];
}

function signatureOf(unsigned: UnsignedRequest): string | undefined {
  const sign = createRequestSigner(credentials, { region: 'us-east-1', service: 'service' });
  return headerOf(sign(unsigned, suiteTime), 'Authorization')?.split('Signature=')[1];
}

describe('the test suite that AWS has published for Signature Version 4', () => {
  it.each<[string, UnsignedRequest, string]>([
    ['get-vanilla', request(), '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      request({ target: '/?Param2=value2&Param1=value1' }),
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-header-value-trim',
      request({ headers: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'] }),
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'get-header-key-duplicate',
      request({ headers: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'] }),
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
    ['get-utf8', request({ target: '/ሴ' }), '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    ['get-slash', request({ target: '//' }), '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-relative',
      request({ target: '/example/..' }),
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    ['post-vanilla', request({ method: 'POST' }), '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-header-key-sort',
      request({ method: 'POST', headers: ['My-Header1', 'value1'] }),
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-x-www-form-urlencoded',
      request({
        method: 'POST',
        headers: ['Content-Type', 'application/x-www-form-urlencoded'],
        body: 'Param1=value1',
      }),
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', (_name, unsigned, signature) => {
    expect(signatureOf(unsigned)).toBe(signature);
  });
});

/** What the AWS SDK wants of a hash. */
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

const now = Date.UTC(2026, 10, 22, 20, 15, 30, 123);

async function signBySdk(unsigned: UnsignedRequest, service: string, keys: AwsCredentials): Promise<string> {
  const url = new URL(`https://${unsigned.host}${unsigned.target}`);
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) query[name] = [...(query[name] ?? []), value];
  const headers: Record<string, string> = { host: unsigned.host };
  for (let index = 0; index < unsigned.headers.length; index += 2) {
    headers[unsigned.headers[index] ?? ''] = unsigned.headers[index + 1] ?? '';
  }
  const signer = new SignatureV4({
    credentials: keys,
    region: 'eu-west-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });
  const signed = await signer.sign(
    {
      method: unsigned.method,
      protocol: 'https:',
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers,
      ...(unsigned.body !== undefined && { body: unsigned.body }),
    },
    { signingDate: new Date(now) },
  );
  return signed.headers.authorization ?? '';
}

describe('a signature is the one that the AWS SDK makes', () => {
  it.each<[string, string, UnsignedRequest, AwsCredentials?]>([
    [
      'of an invocation',
      'lambda',
      request({
        method: 'POST',
        host: 'lambda.eu-west-1.amazonaws.com',
        target:
          '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Achat/invocations?Qualifier=%24LATEST',
        headers: ['Content-Type', 'application/json', 'User-Agent', 'a', 'X-Amzn-Trace-Id', 'Root=1-1-1'],
        body: '{"body":"Grüße"}',
      }),
    ],
    ['of bytes', 'kinesis', request({ method: 'POST', host: '127.0.0.1:4567', body: new Uint8Array([0, 255]) })],
    ['of a key of S3', 's3', request({ method: 'PUT', target: '/bucket/a%20b', body: 'x' })],
    ['of a query', 'sqs', request({ target: "/1/q?Action=SendMessage&MessageBody=a%20b&b=*'()!~&empty=&Action=x" })],
    ['with a session token', 'sns', request({ method: 'POST' }), { ...credentials, sessionToken: 'token==' }],
  ])('%s', async (_case, service, unsigned, keys = credentials) => {
    const signed = createRequestSigner(keys, { region: 'eu-west-1', service })(unsigned, now);
    expect(headerOf(signed, 'Authorization')).toBe(await signBySdk(unsigned, service, keys));
    expect(headerOf(signed, 'X-Amz-Date')).toBe('20261122T201530Z');
    expect(headerOf(signed, 'X-Amz-Security-Token')).toBe(keys.sessionToken);
  });
});

it('replaces what a caller has set of the signature, and keeps all else as it is', () => {
  const sign = createRequestSigner(credentials, { region: 'us-east-1', service: 'service' });
  const signed = sign(request({ headers: ['authorization', 'x', 'A', '1', 'X-AMZ-DATE', 'x', 'A', '2'] }), suiteTime);
  expect(signed).toEqual([
    ...['A', '1', 'A', '2', 'X-Amz-Date', '20150830T123600Z', 'Authorization'],
    expect.stringContaining('SignedHeaders=a;host;x-amz-date, '),
  ]);
});

it('signs the bytes of a header, one to a character', () => {
  const sign = createRequestSigner(credentials, { region: 'us-east-1', service: 'service' });
  const asBytes = Buffer.from('Gr\u00fc\u00dfe', 'utf8').toString('latin1');
  const text = `GET\n/\n\nhost:example.amazonaws.com\nname:Gr\u00fc\u00dfe\nx-amz-date:20150830T123600Z\n\nhost;name;x-amz-date\n${hash('')}`;
  const scope = '20150830/us-east-1/service/aws4_request';
  const key = ['us-east-1', 'service', 'aws4_request'].reduce(
    (parent: Buffer, part) => createHmac('sha256', parent).update(part).digest(),
    createHmac('sha256', `AWS4${credentials.secretAccessKey}`).update('20150830').digest(),
  );
  const toSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${hash(text)}`;
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const signed = sign(request({ headers: ['Name', asBytes] }), suiteTime);
  expect(headerOf(signed, 'Authorization')).toContain(`Signature=${signature}`);
});

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

it('derives the key anew when the day has changed', () => {
  const scope = { region: 'us-east-1', service: 'service' };
  const sign = createRequestSigner(credentials, scope);
  const nextDay = suiteTime + 86_400_000;
  sign(request(), suiteTime);
  expect(sign(request(), nextDay)).toEqual(createRequestSigner(credentials, scope)(request(), nextDay));
  expect(sign(request(), suiteTime)).toEqual(createRequestSigner(credentials, scope)(request(), suiteTime));
});
