import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readAwsCredential } from './credentials.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatewright-'));
  await mkdir(join(home, '.aws'));
  await writeFile(
    join(home, '.aws/credentials'),
    '[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = d/secret=\n\n[work]\naws_access_key_id=WORK\n' +
      'aws_secret_access_key=w\naws_session_token=t\n[half]\naws_access_key_id=HALF\n',
  );
  await writeFile(
    join(home, '.aws/config'),
    '[default]\nregion = eu-west-1\n[profile work]\nregion = us-west-2\n[profile configured]\naws_access_key_id=C\n' +
      'aws_secret_access_key=c\n[profile sso]\nsso_start_url = https://x\n',
  );
});

afterAll(() => rm(home, { recursive: true, force: true }));

const keys = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 'e' };

it.each<[string, Record<string, string>, Record<string, string> | undefined]>([
  ['the default profile', {}, { accessKeyId: 'DEFAULT', secretAccessKey: 'd/secret=', region: 'eu-west-1' }],
  [
    'a profile by name',
    { AWS_PROFILE: 'work' },
    { accessKeyId: 'WORK', secretAccessKey: 'w', sessionToken: 't', region: 'us-west-2' },
  ],
  ['keys in the configuration', { AWS_PROFILE: 'configured' }, { accessKeyId: 'C', secretAccessKey: 'c' }],
  ['the environment before profiles', keys, { accessKeyId: 'ENV', secretAccessKey: 'e', region: 'eu-west-1' }],
  [
    'all of the environment',
    { ...keys, AWS_SESSION_TOKEN: 's', AWS_DEFAULT_REGION: 'a', AWS_REGION: 'b' },
    { accessKeyId: 'ENV', secretAccessKey: 'e', sessionToken: 's', region: 'b' },
  ],
  [
    'a whole pair, never halves of two',
    { AWS_ACCESS_KEY_ID: 'ENV' },
    { accessKeyId: 'DEFAULT', secretAccessKey: 'd/secret=', region: 'eu-west-1' },
  ],
  ['half a profile', { AWS_PROFILE: 'half' }, undefined],
  ['a profile that signs in elsewhere', { AWS_PROFILE: 'sso' }, undefined],
  ['no profile', { AWS_PROFILE: 'nobody' }, undefined],
  ['no files', { HOME: '/nowhere' }, undefined],
])('takes AWS credentials from %s', async (_case, environment, expected) => {
  expect(await readAwsCredential({ HOME: home, ...environment })).toEqual(expected);
});

it('takes the files that the environment names', async () => {
  const path = join(home, 'other');
  await writeFile(path, '[default]\naws_access_key_id=O\naws_secret_access_key=o\n');
  const environment = { HOME: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: path };
  expect(await readAwsCredential(environment)).toEqual({ accessKeyId: 'O', secretAccessKey: 'o' });
});

it('reads no file of the working directory where the user has no home folder', async () => {
  const before = process.cwd();
  vi.stubEnv('HOME', '');
  process.chdir(home);
  try {
    expect(await readAwsCredential({})).toBeUndefined();
    expect(await readAwsCredential(keys)).toEqual({ accessKeyId: 'ENV', secretAccessKey: 'e' });
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
  }
});
