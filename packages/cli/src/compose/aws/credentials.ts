import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFolder } from '../home-folder.ts';
import { type IniSections, parseIni } from './ini.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type AwsCredential = Readonly<Record<string, string>>;

/**
 * AWS credentials where the AWS command line has them: the environment variables (`AWS_ACCESS_KEY_ID`,
 * `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), else the profile `AWS_PROFILE` of the shared files. The region, which the host
 * that is called decides, is the environment's or the profile's. `undefined` when there are no keys; profiles that get
 * their keys from somewhere else have none.
 */
export async function readAwsCredential(environment: Environment): Promise<AwsCredential | undefined> {
  const profile = environment.AWS_PROFILE || 'default';
  const home = environment.HOME || homeFolder();
  const inHome = (name: string) => (home === undefined ? undefined : join(home, '.aws', name));
  const credentials = await readSections(environment.AWS_SHARED_CREDENTIALS_FILE || inHome('credentials'));
  const config = await readSections(environment.AWS_CONFIG_FILE || inHome('config'));
  const section = credentials.get(profile);
  const configured = config.get(profile === 'default' ? profile : `profile ${profile}`);
  const keys = readKeys(
    (name) => environment[name.toUpperCase()],
    (name) => section?.get(name),
    (name) => configured?.get(name),
  );
  if (keys === undefined) return undefined;
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || configured?.get('region');
  return { ...keys, ...(region && { region }) };
}

/** The first place that has both keys; parts of different places are never mixed. */
function readKeys(...places: readonly ((name: string) => string | undefined)[]): AwsCredential | undefined {
  for (const place of places) {
    const accessKeyId = place('aws_access_key_id');
    const secretAccessKey = place('aws_secret_access_key');
    const sessionToken = place('aws_session_token');
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  return undefined;
}

/** A file that is not there, or cannot be read, has no sections. */
async function readSections(path: string | undefined): Promise<IniSections> {
  return parseIni(path === undefined ? '' : await readFile(path, 'utf8').catch(() => ''));
}
