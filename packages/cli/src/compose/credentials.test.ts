import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecurityScheme, SourceSummary } from '@gatewright/arazzo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialVariable, readCredentials } from './credentials.ts';

const source = (name: string, ...schemes: readonly string[]): SourceSummary => ({
  ...{ name, type: 'openapi', url: 'file:///a.yaml', serverUrl: undefined, description: {} },
  securitySchemes: new Map(schemes.map((scheme): [string, SecurityScheme] => [scheme, { kind: 'http-bearer' }])),
});

const sources = [source('pets', 'apiKey', 'oauth-2'), source('shop', 'login')];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(text: string, mode = 0o600): Promise<string> {
  const path = join(folder, `${Math.random()}.yaml`);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

it.each([
  ['apiKey', 'GATEWRIGHT_CREDENTIAL_APIKEY'],
  ['oauth-2', 'GATEWRIGHT_CREDENTIAL_OAUTH_2'],
  ['pets.apiKey', 'GATEWRIGHT_CREDENTIAL_PETS_APIKEY'],
])('%s is read from %s', (name, variable) => {
  expect(credentialVariable(name)).toBe(variable);
});

describe('readCredentials', () => {
  it('reads what the environment has for the schemes of the sources, and nothing else', async () => {
    const environment = {
      GATEWRIGHT_CREDENTIAL_APIKEY: 'key',
      GATEWRIGHT_CREDENTIAL_PETS_OAUTH_2: '{"clientId":"id","clientSecret":"s"}',
      GATEWRIGHT_CREDENTIAL_LOGIN: '',
      GATEWRIGHT_CREDENTIAL_OTHER: 'x',
    };
    expect(await readCredentials(sources, {}, environment)).toEqual({
      credentials: { apiKey: 'key', 'pets.oauth-2': { clientId: 'id', clientSecret: 's' } },
      warnings: [],
    });
  });

  it('lets programs win over flags, flags over the file, and the file over the environment', async () => {
    const credentials = await file('apiKey: from file\nlogin: { username: me, password: p }\npin: 1234\n');
    const environment = { GATEWRIGHT_CREDENTIAL_APIKEY: 'e', GATEWRIGHT_CREDENTIAL_LOGIN: 'e' };
    const given = { credentials, credential: ['apiKey=a=b', 'token=t'], credentialValues: { token: 'program' } };
    expect(await readCredentials(sources, given, environment)).toEqual({
      credentials: { apiKey: 'a=b', login: { username: 'me', password: 'p' }, pin: '1234', token: 'program' },
      warnings: [],
    });
  });

  it('warns of a file that others can read', async () => {
    const path = await file('apiKey: k', 0o644);
    expect((await readCredentials(sources, { credentials: path }, {})).warnings).toEqual([
      `Others may read or change the credentials file "${path}" (mode 0644): chmod 600 makes it yours alone.`,
    ]);
  });

  it.each([
    ['without a scheme', { credential: ['s3cr3t'] }, 'A --credential has no scheme'],
    [
      'of broken JSON',
      { credential: ['a={s3cr3t'] },
      'The credential in --credential a begins with "{" and is not JSON.',
    ],
    [
      'of JSON that is no text',
      { credential: ['a={"s":{"s":"s3cr3t"}}'] },
      'The credential in --credential a must be a text, or an object of texts.',
    ],
  ])('refuses a flag %s, and does not quote it', async (_case, given, message) => {
    const refusal = await readCredentials(sources, given, {}).catch((error: Error) => error.message);
    expect(refusal).toContain(message);
    expect(refusal).not.toContain('s3cr3t');
  });

  it.each([
    ['a list', '[s3cr3t]', 'must hold one object'],
    ['a list for a scheme', 'a: [s3cr3t]', 'The credential in "a" of the credentials file'],
    ['no YAML', 'a: "s3cr3t', 'is neither YAML nor JSON'],
  ])('refuses a file of %s, and does not quote it', async (_case, text, message) => {
    const refusal = await readCredentials(sources, { credentials: await file(text) }, {}).catch(
      (error) => error.message,
    );
    expect(refusal).toContain(message);
    expect(refusal).not.toContain('s3cr3t');
  });

  it('refuses a file that is not there', async () => {
    await expect(readCredentials(sources, { credentials: '/nowhere.yaml' }, {})).rejects.toThrow(
      'The credentials file "/nowhere.yaml" cannot be read: there is no such file.',
    );
  });
});
