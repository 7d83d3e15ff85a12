import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAwsService } from './harness/aws-service.ts';
import { credentials, regionOf, signedHeaders } from './harness/aws-signature.ts';
import type { Answer, BackEnd, ReceivedRequest } from './harness/back-end.ts';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { documentPath, temporaryFolder } from './harness/paths.ts';
import { publishedInputs as inputs, published } from './harness/published-document.ts';

const environment = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: 'session-token==',
  AWS_REGION: 'eu-west-1',
};

let serving: ServingProcess;
let aws: BackEnd;

/** Stands for AWS: verifies each signature, refuses members that are not in wire names, and has a gateway answer the rest. */
async function answer({ method, url, body }: ReceivedRequest): Promise<Answer> {
  const members = body === '' ? [] : Object.keys(JSON.parse(body) as object);
  const unknown = members.concat([...new URL(url, aws.url).searchParams.keys()]).find((name) => /^[A-Z]/.test(name));
  const headers = { 'content-type': 'application/json' };
  if (unknown !== undefined) return { status: 400, headers, body: JSON.stringify({ message: unknown }) };
  const response = await fetch(serving.gateway + url, { method, headers, ...(body !== '' && { body }) });
  return { status: response.status, headers, body: await response.text() };
}

beforeAll(async () => {
  serving = await startServing(['serve']);
});

afterAll(() => serving.kill());

beforeEach(async () => {
  aws = await startAwsService('apigateway', answer);
});

afterEach(() => aws.close());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = environment) =>
  gatewright(['run', published, ...inputs, '--aws', '--server', `apiGatewayV2=${aws.url}`, ...args], { env });

describe('gatewright run --aws', () => {
  it('signs each request, speaks wire names and reads the answers in member names', async () => {
    const { exitCode, stdout, stderr } = await run(['--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(
      aws.received.map(({ method, url, body }) => [
        method,
        url.replace(/\/[a-z0-9]{10}\//, '/{id}/'),
        Object.keys(JSON.parse(body)),
      ]),
    ).toEqual([
      ['POST', '/v2/apis', ['name', 'protocolType', 'routeSelectionExpression']],
      ['POST', '/v2/apis/{id}/integrations', ['integrationType', 'integrationUri']],
      ['POST', '/v2/apis/{id}/routes', ['routeKey', 'target']],
    ]);
    for (const request of aws.received) {
      expect(regionOf(request)).toBe('eu-west-1');
      expect(request.headers['x-amz-security-token']).toBe(environment.AWS_SESSION_TOKEN);
      expect(signedHeaders(request)).toEqual(
        expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']) as unknown,
      );
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
    expect([exitCode, aws.received]).toEqual([0, []]);
    expect(requests.map(({ url, body }) => [url.slice(aws.url.length), body])).toEqual([
      ['/v2/apis', expect.objectContaining({ name: expect.any(String) as unknown, protocolType: 'WEBSOCKET' })],
      ['/v2/apis/{$steps.createApi.outputs.apiId}/integrations', { integrationType: 'MOCK', integrationUri: '-' }],
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
    expect(stdout).toContain('answer: {"Message":"The signature does not match."}');
    expect(aws.received).toHaveLength(1);
  });

  it('refuses to send anything to AWS unsigned', async () => {
    const nowhere = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_PROFILE: 'wrok', HOME: '/nowhere' };
    for (const args of [[documentPath('signed.arazzo.yaml')], [published, ...inputs]]) {
      const { exitCode, stderr } = await gatewright(['run', ...args, '--aws'], { env: nowhere });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('AWS answers no unsigned request');
      expect(stderr).toContain('nor keys in the profile "wrok"');
      expect(stderr).toContain('Nothing was sent.');
    }
  });
});
