import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { gatewright } from './harness/gatewright.ts';
import { documentPath, temporaryFolder } from './harness/paths.ts';

const secured = documentPath('secured.arazzo.yaml');
const password = 'p4ss&w0rd "quoted"';
const key = 'service-key-1';
let status = 200;
let service: BackEnd;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** Says back what it is sent, as servers do in errors. */
beforeAll(async () => {
  folder = await temporaryFolder();
  service = await startBackEnd(({ headers, body }) => ({
    status,
    headers: { 'content-type': 'application/json', 'set-cookie': 'sid=cookie-1' },
    body: JSON.stringify({ ...(JSON.parse(body) as object), session: 'session-1', key: headers['x-service-key'] }),
  }));
});

beforeEach(() => {
  status = 200;
});

afterAll(async () => {
  await service.close();
  await folder.remove();
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  gatewright(
    ['run', secured, '--server', `service=${service.url}`, '-i', 'user=me', '-i', `password=${password}`, ...args],
    { env },
  );

function expectNoSecrets(text: string): void {
  for (const secret of [
    password,
    JSON.stringify(password).slice(1, -1),
    encodeURIComponent(password),
    key,
    'cookie-1',
  ]) {
    expect(text).not.toContain(secret);
  }
}

describe('a run with secrets', () => {
  it.each([200, 400])('sends them and shows none, when the server answers %i', async (answered) => {
    status = answered;
    const report = join(folder.path, 'run.json');
    for (const args of [[], ['--json'], ['--report', `json=${report}`], ['--dry-run'], ['--dry-run', '--json']]) {
      const { stdout, stderr } = await run(['--credential', `key=${key}`, ...args]);
      expect(stdout).toContain('***');
      expectNoSecrets(stdout + stderr);
    }
    expect(service.received.at(-1)?.headers['x-service-key']).toBe(key);
    expect(JSON.parse(service.received.at(-1)?.body ?? '')).toEqual({ user: 'me', password });
  });

  it('shows none when the inputs are refused', async () => {
    const long = 'much-too-long-a-password-for-this-one';
    const { exitCode, stderr } = await run(['-i', `password=${long}`, '--credential', `key=${key}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('***');
    expect(stderr).not.toContain(long);
  });

  it('shows none that a called workflow is given, nor in a report what it was before it was known', async () => {
    const document = join(folder.path, 'calling.arazzo.yaml');
    const text = await readFile(secured, 'utf8');
    const call = `  - workflowId: caller
    steps:
      - stepId: first
        operationId: login
        requestBody: { contentType: application/json, payload: { token: from-an-answer } }
        outputs: { token: $response.body#/token }
      - stepId: call
        workflowId: sign-in
        parameters: [{ name: user, value: me }, { name: password, value: $steps.first.outputs.token }]
`;
    await writeFile(document, text.replace('secured.openapi.yaml', documentPath('secured.openapi.yaml')) + call);
    const report = join(folder.path, 'called.har');
    const args = ['--server', `service=${service.url}`, '--report', `har=${report}`];
    const { exitCode, stdout } = await gatewright(['run', document, 'caller', ...args]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/echoed +\*\*\*/);
    expect(await readFile(report, 'utf8')).not.toContain('from-an-answer');
  });

  it('hides what --mask names', async () => {
    const { stdout } = await run(['--credential', `key=${key}`, '--mask', 'Session']);
    expect(stdout).toMatch(/session +\*\*\*/);
    expect(stdout).not.toContain('session-1');
  });
});

describe('credentials', () => {
  it('are named ahead of a run', async () => {
    const { stdout } = await run(['--dry-run', '--credential', `key=${key}`]);
    expect(stdout).toContain('with credentials: key\n');
  });

  it('come from the environment', async () => {
    const { exitCode } = await run([], { GATEWRIGHT_CREDENTIAL_KEY: key });
    expect(exitCode).toBe(0);
    expect(service.received.at(-1)?.headers['x-service-key']).toBe(key);
  });

  it('come from a file, which others are not to read', async () => {
    const path = join(folder.path, 'credentials.yaml');
    await writeFile(path, `service.key: ${key}\n`);
    await chmod(path, 0o644);
    const open = await run(['--credentials', path]);
    expect(open.exitCode).toBe(0);
    expect(open.stderr).toContain('chmod 600');
    await chmod(path, 0o600);
    expect((await run(['--credentials', path])).stderr).not.toContain('chmod');
    expect(service.received.at(-1)?.headers['x-service-key']).toBe(key);
  });

  it('are missed by name, with the ways to give them', async () => {
    const { exitCode, stderr } = await run([]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'The source "service" asks for "key", and no credential is given: for "key" it is the key.',
    );
    expect(stderr).toContain('--credential, --credentials or GATEWRIGHT_CREDENTIAL_<SCHEME>');
  });
});
