import { createHash, createHmac } from 'node:crypto';
import type { HttpExchangeRequest } from '../transports/transport.ts';
import type { Authorization, CreateAuthorizer, Credential } from './authorizer.ts';
import { isAwsHost, readAwsHost } from './aws-host.ts';
import { partOf } from './credential.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface SigningScope {
  readonly region: string;
  readonly service: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * AWS Signature Version 4 in the header `Authorization` (AWS Identity and Access Management User Guide, "Create a signed
 * AWS API request"). The credential is `accessKeyId:secretAccessKey`, with `:sessionToken` behind it when there is one, or
 * `{ accessKeyId, secretAccessKey, sessionToken, region, service }`. Region and service are read from the host that is
 * called when it is AWS's; otherwise from the credential, then from the server that the description names.
 */
export const createSigV4Authorizer: CreateAuthorizer = (authorization) => {
  const keys = readKeys(authorization.credential);
  const scope = readScope(authorization);
  if (keys === undefined || scope === undefined) return undefined;
  return { authorize: async (request, { now }) => sign(request, keys, scope, new Date(now())) };
};

function readKeys(credential: Credential): Keys | undefined {
  const parts = typeof credential === 'string' ? credential.split(':') : undefined;
  const accessKeyId = parts ? parts[0] : partOf(credential, 'accessKeyId');
  const secretAccessKey = parts ? parts[1] : partOf(credential, 'secretAccessKey');
  const sessionToken = parts ? parts[2] : partOf(credential, 'sessionToken');
  const isWhole = accessKeyId !== undefined && /^\w+$/.test(accessKeyId) && secretAccessKey && (parts?.length ?? 0) < 4;
  return isWhole ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined;
}

function readScope({ credential, baseUrl, describedUrl }: Authorization): SigningScope | undefined {
  const called = isAwsHost(baseUrl) ? readAwsHost(baseUrl) : undefined;
  const described = describedUrl === undefined ? undefined : readAwsHost(describedUrl);
  const region = called?.region ?? partOf(credential, 'region') ?? described?.region;
  const service = partOf(credential, 'service') ?? called?.service ?? described?.service;
  return region === undefined || service === undefined ? undefined : { region, service };
}

function sign(request: HttpExchangeRequest, keys: Keys, scope: SigningScope, time: Date): HttpExchangeRequest {
  const url = new URL(request.url);
  const date = time.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const payloadHash = sha256(request.body ?? '');
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    'x-amz-date': date,
    'x-amz-content-sha256': payloadHash,
    ...(keys.sessionToken !== undefined && { 'x-amz-security-token': keys.sessionToken }),
  };
  // What proxies may change is left out of the signature.
  const signed = Object.entries({ ...headers, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replaceAll(/[ \t]+/g, ' ')] as const)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    canonicalPath(url, scope.service),
    canonicalQuery(url),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    payloadHash,
  ].join('\n');
  const credentialScope = `${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = [ALGORITHM, date, credentialScope, sha256(canonical)].join('\n');
  const key = [scope.region, scope.service, 'aws4_request'].reduce(
    (parent: Buffer, part) => hmac(parent, part),
    hmac(`AWS4${keys.secretAccessKey}`, date.slice(0, 8)),
  );
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `${ALGORITHM} Credential=${keys.accessKeyId}/${credentialScope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

/** Every service but S3 normalises the path, which is encoded already, and encodes each segment once more. */
function canonicalPath(url: URL, service: string): string {
  if (service === 's3') return url.pathname;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const end = segments.length > 0 && url.pathname.endsWith('/') ? '/' : '';
  return `/${segments.map(encode).join('/')}${end}`;
}

function canonicalQuery(url: URL): string {
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [encode(decode(name)), encode(decode(value))] as const;
    });
  return pairs
    .sort(([a, b], [c, d]) => compare(a, c) || compare(b, d))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Everything but the unreserved characters of RFC 3986 §2.3. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
