import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import type { HttpExchangeRequest } from '../transports/transport.ts';
import type { Authorization } from './authorizer.ts';
import { createSigV4Authorizer } from './sigv4.ts';

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

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const time = Date.UTC(2026, 10, 22, 20, 15, 30, 123);

const request = (url: string, more: Partial<HttpExchangeRequest> = {}): HttpExchangeRequest => ({
  method: 'GET',
  url,
  headers: {},
  sourceName: 's',
  workflowId: 'w',
  stepId: 'a',
  ...more,
});

const authorization = (baseUrl: string, more: Partial<Authorization> = {}): Authorization => ({
  sourceName: 's',
  schemeName: 'sigv4',
  scheme: { kind: 'sigv4' },
  scopes: [],
  credential: keys,
  baseUrl,
  ...more,
});

async function sign(unsigned: HttpExchangeRequest, given: Authorization) {
  const authorizer = createSigV4Authorizer(given);
  if (authorizer === undefined) throw new Error('no authorizer');
  return authorizer.authorize(unsigned, { now: () => time, send: () => Promise.reject(new Error('sent')) });
}

/** The same request signed by the AWS SDK. */
async function signBySdk(unsigned: HttpExchangeRequest, service: string, sessionToken?: string) {
  const url = new URL(unsigned.url);
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) query[name] = [...(query[name] ?? []), value];
  const signer = new SignatureV4({
    credentials: { ...keys, ...(sessionToken && { sessionToken }) },
    region: 'eu-west-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const signed = await signer.sign(
    {
      method: unsigned.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: { ...unsigned.headers, host: url.host },
      ...(unsigned.body !== undefined && { body: unsigned.body }),
    },
    { signingDate: new Date(time), unsignableHeaders: new Set(['accept']) },
  );
  return signed.headers.authorization;
}

const control = 'https://apigateway.eu-west-1.amazonaws.com';
const connections = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com';

describe('a signature is the one that the AWS SDK makes', () => {
  it.each<[string, string, HttpExchangeRequest]>([
    ['of a GET', 'apigateway', request(`${control}/v2/apis`)],
    ['of the root', 'apigateway', request(control)],
    [
      'of a POST',
      'apigateway',
      request(`${control}/v2/apis`, {
        method: 'POST',
        headers: { accept: '*/*', 'content-type': 'application/json' },
        body: '{"name":"Grüße"}',
      }),
    ],
    ['of bytes', 'apigateway', request(`${control}/v2/apis`, { method: 'POST', body: new Uint8Array([0, 255]) })],
    ['of an encoded path, which is encoded again', 'execute-api', request(`${connections}/dev/@connections/a%3Db%2F=`)],
    ['of a path with a slash at its end', 'apigateway', request(`${control}/v2//apis/`)],
    ['of a key that S3 does not encode again', 's3', request('https://s3.eu-west-1.amazonaws.com/b/a%20b')],
    ['of a query in any order', 'apigateway', request(`${control}/v2/apis?b=2&a=x%20y&a=1&empty=&c=*'()!~`)],
    ['of headers with spaces', 'apigateway', request(control, { headers: { 'x-amz-meta': '  a   b ' } })],
  ])('%s', async (_case, service, unsigned) => {
    const signed = await sign(unsigned, authorization(new URL(unsigned.url).origin));
    expect(signed.headers.authorization).toBe(await signBySdk(unsigned, service));
    expect(signed.headers['x-amz-date']).toBe('20261122T201530Z');
    expect(signed.headers.authorization).toContain(`/20261122/eu-west-1/${service}/aws4_request, `);
  });

  it('with a session token', async () => {
    const unsigned = request(`${control}/v2/apis`);
    const signed = await sign(unsigned, authorization(control, { credential: { ...keys, sessionToken: 'token==' } }));
    expect(signed.headers['x-amz-security-token']).toBe('token==');
    expect(signed.headers.authorization).toBe(await signBySdk(unsigned, 'apigateway', 'token=='));
    const text = `${keys.accessKeyId}:${keys.secretAccessKey}:token==`;
    expect(await sign(unsigned, authorization(control, { credential: text }))).toEqual(signed);
  });
});

describe('region and service', () => {
  const local = 'http://127.0.0.1:4610';
  const scopeOf = async (given: Authorization) =>
    /Credential=[^/]+\/\d+\/([^,]+)\/aws4_request/.exec(
      (await sign(request(given.baseUrl), given)).headers.authorization ?? '',
    )?.[1];

  it.each<[string, Authorization, string]>([
    ['from the host', authorization(connections), 'eu-west-1/execute-api'],
    ['from a global host', authorization('https://iam.amazonaws.com'), 'us-east-1/iam'],
    [
      'from the host, whatever the credential says of the region',
      authorization(control, { credential: { ...keys, region: 'us-west-2' } }),
      'eu-west-1/apigateway',
    ],
    ['from the described server', authorization(local, { describedUrl: control }), 'eu-west-1/apigateway'],
    [
      'from the credential before the described server',
      authorization(local, { describedUrl: control, credential: { ...keys, region: 'us-west-2' } }),
      'us-west-2/apigateway',
    ],
    [
      'from the credential alone',
      authorization(local, { credential: { ...keys, region: 'us-west-2', service: 'execute-api' } }),
      'us-west-2/execute-api',
    ],
  ])('are taken %s', async (_case, given, expected) => {
    expect(await scopeOf(given)).toBe(expected);
  });

  it.each<[string, Authorization]>([
    ['a host that says neither', authorization(local)],
    ['half a key', authorization(control, { credential: 'AKIDEXAMPLE' })],
    ['an empty secret', authorization(control, { credential: 'AKIDEXAMPLE:' })],
    ['too many parts', authorization(control, { credential: 'a:b:c:d' })],
  ])('are refused together with %s', (_case, given) => {
    expect(createSigV4Authorizer(given)).toBeUndefined();
  });
});
