import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { documentPath, temporaryFolder } from './harness/paths.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const environment = {
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: 'session-token==',
  AWS_REGION: 'eu-west-1',
};
const published = documentPath('published-idioms.arazzo.yml');
const inputs = Object.entries({
  name: 'chat',
  routeSelectionExpression: '$request.body.action',
  integrationType: 'MOCK',
  integrationUri: 'http://example.com/',
  routeKey: '$connect',
}).flatMap(([name, value]) => ['-i', `${name}=${value}`]);

interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const encode = (data: string) =>
  encodeURIComponent(data).replaceAll(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);

/** Says what is wrong with the signature of a request, as AWS documents its verification; nothing when it is right. */
function judgeSignature({ method, target, headers, body }: Seen): string | undefined {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, id, day = '', region = '', service = '', names = '', signature] =
    pattern.exec(headers.authorization ?? '') ?? [];
  if (id !== keys.accessKeyId || service !== 'apigateway' || region !== 'eu-west-1')
    return `wrong scope: ${headers.authorization}`;
  for (const name of ['host', 'x-amz-date', 'x-amz-security-token']) {
    if (!names.split(';').includes(name)) return `"${name}" is not signed`;
  }
  const [path = '', query = ''] = target.split('?');
  const canonical = [
    method,
    path.split('/').map(encode).join('/'),
    query.split('&').sort().join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const date = String(headers['x-amz-date']);
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(
    (parent, part) => hmac(parent, part),
    hmac(`AWS4${keys.secretAccessKey}`, day),
  );
  return hmac(key, toSign).toString('hex') === signature ? undefined : 'the signature does not match';
}

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

/** The header with which the AWS SDK would have signed the same request at the same time. */
async function signBySdk({ method, target, headers, body }: Seen): Promise<string | undefined> {
  const url = new URL(target, `http://${headers.host}`);
  const stamp = String(headers['x-amz-date']);
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const signer = new SignatureV4({
    ...{ region: 'eu-west-1', service: 'apigateway', sha256: Sha256 },
    credentials: { ...keys, sessionToken: environment.AWS_SESSION_TOKEN },
  });
  const request = await signer.sign(
    {
      ...{ method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, body },
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
    },
    { signingDate: new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return request.headers.authorization;
}

let serving: ServingProcess;
let seen: Seen[] = [];
let aws: http.Server;
let url: string;

/** Stands for AWS: verifies each signature, refuses members that are not in wire names, and has a gateway answer the rest. */
beforeAll(async () => {
  serving = await startServing(['serve']);
  aws = http.createServer(async (request, response) => {
    const { method = '', url: target = '', headers } = request;
    const entry = { method, target, headers, body: await text(request) };
    seen.push(entry);
    const members = entry.body === '' ? [] : Object.keys(JSON.parse(entry.body) as object);
    const problem =
      judgeSignature(entry) ??
      members.concat([...new URL(target, url).searchParams.keys()]).find((name) => /^[A-Z]/.test(name));
    if (problem !== undefined) {
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message: problem }));
      return;
    }
    const answer = await fetch(`${serving.gateway}${target}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(entry.body !== '' && { body: entry.body }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
});

beforeEach(() => {
  seen = [];
});

afterAll(async () => {
  aws.close();
  await serving.kill();
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = environment) =>
  gatewright(['run', published, ...inputs, '--aws', '--server', `apiGatewayV2=${url}`, ...args], { env });

describe('gatewright run --aws', () => {
  it('signs each request, speaks wire names and reads the answers in member names', async () => {
    const { exitCode, stdout, stderr } = await run(['--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(
      seen.map(({ method, target, body }) => [
        method,
        target.replace(/\/[a-z0-9]{10}\//, '/{id}/'),
        Object.keys(JSON.parse(body)),
      ]),
    ).toEqual([
      ['POST', '/v2/apis', ['name', 'protocolType', 'routeSelectionExpression']],
      ['POST', '/v2/apis/{id}/integrations', ['integrationType', 'integrationUri']],
      ['POST', '/v2/apis/{id}/routes', ['routeKey', 'target']],
    ]);
    for (const request of seen) {
      expect(judgeSignature(request)).toBeUndefined();
      expect(await signBySdk(request)).toBe(request.headers.authorization);
    }
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { kind: string; outputs: object };
    expect(last).toMatchObject({
      kind: 'run-succeeded',
      outputs: { 'build-websocket-api': { apiId: expect.stringMatching(/^[a-z0-9]{10}$/) as unknown } },
    });
  });

  it('shows with --dry-run the names that are sent', async () => {
    const { exitCode, stdout } = await run(['--dry-run', '--json']);
    const requests = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; url: string; body: object })
      .filter(({ kind }) => kind === 'planned-request');
    expect([exitCode, seen]).toEqual([0, []]);
    expect(requests.map(({ url: target, body }) => [target.slice(url.length), body])).toEqual([
      ['/v2/apis', expect.objectContaining({ name: expect.any(String) as unknown, protocolType: 'WEBSOCKET' })],
      [
        '/v2/apis/{$steps.createApi.outputs.apiId}/integrations',
        { integrationType: 'MOCK', integrationUri: 'http://example.com/' },
      ],
      [
        '/v2/apis/{$steps.createApi.outputs.apiId}/routes',
        expect.objectContaining({ target: 'integrations/{$steps.createIntegration.outputs.integrationId}' }),
      ],
    ]);
  });

  it('shows neither keys nor signatures, in no output and no report', async () => {
    const folder = await temporaryFolder();
    const har = join(folder.path, 'run.har');
    for (const args of [[], ['--json', '--report', `har=${har}`]]) {
      const { exitCode, stdout, stderr } = await run(args);
      expect(exitCode).toBe(0);
      expect(stdout + stderr).not.toMatch(/wJalrXUtnFEMI|session-token|Signature=/);
    }
    const report = await readFile(har, 'utf8');
    expect(report).toContain('"authorization"');
    expect(report).not.toMatch(/wJalrXUtnFEMI|session-token|Signature=/);
    await folder.remove();
  });

  it('shows what AWS says of a signature that is wrong', async () => {
    const { exitCode, stdout } = await run([], { ...environment, AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('answer: {"Message":"the signature does not match"}');
    expect(seen).toHaveLength(1);
  });

  it('refuses to send anything to AWS unsigned', async () => {
    const nowhere = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOME: '/nowhere' };
    for (const args of [[documentPath('signed.arazzo.yaml')], [published, ...inputs]]) {
      const { exitCode, stderr } = await gatewright(['run', ...args, '--aws'], { env: nowhere });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('AWS answers no unsigned request');
      expect(stderr).toContain('Nothing was sent.');
    }
  });
});
