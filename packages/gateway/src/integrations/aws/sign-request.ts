import { createHmac, hash } from 'node:crypto';
import { rememberLast } from './remember-last.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** What a signature covers besides the request. */
export interface SigningScope {
  readonly region: string;
  /** As `lambda`. */
  readonly service: string;
}

export interface UnsignedRequest {
  readonly method: string;
  /** What the `Host` header says; ignored where `headers` have one. */
  readonly host: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** Names and values in turn, a character a byte; a repeated header stands here more than once. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | undefined;
}

/** Returns the headers of a request with those of its signature. `now` is in milliseconds since the Unix epoch. */
export type RequestSigner = (request: UnsignedRequest, now: number) => readonly string[];

const algorithm = 'AWS4-HMAC-SHA256';

/** What those who pass requests on may change or add to. */
const unsignedHeaders: ReadonlySet<string> = new Set(['authorization', 'user-agent', 'x-amzn-trace-id']);

/** Replaced by the signature's own. */
const signatureHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]);

/**
 * Makes signatures of AWS Signature Version 4 in the header `Authorization`. The key of a day is derived once. See the AWS
 * Identity and Access Management User Guide, "Create a signed AWS API request".
 */
export function createRequestSigner(credentials: AwsCredentials, scope: SigningScope): RequestSigner {
  const readKey = rememberLast((date: string) => deriveKey(credentials.secretAccessKey, scope, date));
  const formatTime = rememberLast(writeTime);
  const canonicaliseTarget = rememberLast((target: string) => canonicalTarget(target, scope.service));
  return (request, now) => {
    const time = formatTime(Math.floor(now / 1000));
    const date = time.slice(0, 8);
    const payloadHash = sha256(request.body ?? '');
    const headers = withSignatureHeaders(request, { credentials, scope, time, payloadHash });
    const { canonicalHeaders, names } = canonicalise(headers, request.host);
    const canonical = `${request.method}\n${canonicaliseTarget(request.target)}\n${canonicalHeaders}\n${names}\n${payloadHash}`;
    const credentialScope = `${date}/${scope.region}/${scope.service}/aws4_request`;
    const toSign = `${algorithm}\n${time}\n${credentialScope}\n${sha256(canonical)}`;
    const signature = createHmac('sha256', readKey(date)).update(toSign).digest('hex');
    const credential = `${credentials.accessKeyId}/${credentialScope}`;
    headers.push(
      'Authorization',
      `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
    );
    return headers;
  };
}

/** `20150830T123600Z`. */
function writeTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** The signing key of a day. */
function deriveKey(secretAccessKey: string, { region, service }: SigningScope, date: string): Buffer {
  return [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, date));
}

interface SignatureParts {
  readonly credentials: AwsCredentials;
  readonly scope: SigningScope;
  readonly time: string;
  readonly payloadHash: string;
}

function withSignatureHeaders(
  { headers }: UnsignedRequest,
  { credentials, scope, time, payloadHash }: SignatureParts,
): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!signatureHeaders.has(name.toLowerCase())) kept.push(name, headers[index + 1] ?? '');
  }
  kept.push('X-Amz-Date', time);
  if (scope.service === 's3') kept.push('X-Amz-Content-Sha256', payloadHash);
  if (credentials.sessionToken) kept.push('X-Amz-Security-Token', credentials.sessionToken);
  return kept;
}

/** Names in lower case and in order, each with its values, joined by commas where there are several. */
function canonicalise(
  headers: readonly string[],
  host: string,
): { readonly canonicalHeaders: string; readonly names: string } {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = (headers[index] ?? '').toLowerCase();
    if (unsignedHeaders.has(name)) continue;
    const value = decodeBytes(headers[index + 1] ?? '')
      .trim()
      .replace(/[ \t]+/g, ' ');
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  if (!values.has('host')) values.set('host', host);
  const names = [...values.keys()].sort();
  const canonicalHeaders = names.map((name) => `${name}:${values.get(name)}\n`).join('');
  return { canonicalHeaders, names: names.join(';') };
}

/** Signatures are of bytes, and a canonical request is hashed as UTF-8. */
function decodeBytes(value: string): string {
  return /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value;
}

/** Path and query, on a line each. */
function canonicalTarget(target: string, service: string): string {
  const [path = '', ...rest] = target.split('?');
  return `${canonicalPath(path, service)}\n${canonicalQuery(rest.join('?'))}`;
}

/** Every service but S3 normalises the path, which is encoded already, and encodes each segment once more. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').filter((pair) => pair !== '');
  const encoded = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [encode(decode(name)), encode(decode(value.join('=')))] as const;
  });
  return encoded
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
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
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
