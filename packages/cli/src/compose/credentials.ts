import { stat } from 'node:fs/promises';
import type { Credential, SourceSummary } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { readValuesFile } from './values-file.ts';

export interface CredentialOptions {
  /** Given by a program. They win over all others. */
  readonly credentialValues?: Readonly<Record<string, Credential>>;
  /** Texts of the form `scheme=value`, or `source.scheme=value`, from `--credential`. They win over the file's. */
  readonly credential?: readonly string[];
  /** A YAML or JSON file: scheme, or `source.scheme`, to a text or an object of texts. Wins over the environment. */
  readonly credentials?: string;
}

export interface ReadCredentials {
  readonly credentials: Readonly<Record<string, Credential>>;
  /** One sentence each. */
  readonly warnings: readonly string[];
}

const prefix = 'GATEWRIGHT_CREDENTIAL_';

/**
 * The credentials for the security schemes of the sources, from flags, file and environment. Messages never quote a value.
 *
 * @throws CommandError when the file cannot be read, or something in it or in a flag is no credential.
 */
export async function readCredentials(
  sources: readonly SourceSummary[],
  options: CredentialOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadCredentials> {
  const fromEnvironment = readEnvironment(sources, environment);
  const file = options.credentials;
  const fromFile = file === undefined ? {} : await readFileCredentials(file);
  const fromFlags = Object.fromEntries((options.credential ?? []).map(readFlag));
  return {
    credentials: { ...fromEnvironment, ...fromFile, ...fromFlags, ...options.credentialValues },
    warnings: file === undefined ? [] : await judgeMode(file),
  };
}

/** The variable that is read for a scheme, or for a scheme of one source alone. */
export function credentialVariable(name: string): string {
  return prefix + name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}

function readEnvironment(
  sources: readonly SourceSummary[],
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, Credential> {
  const names = sources.flatMap(({ name, securitySchemes }) =>
    [...securitySchemes.keys()].flatMap((scheme) => [scheme, `${name}.${scheme}`]),
  );
  return Object.fromEntries(
    names.flatMap((name): readonly (readonly [string, Credential])[] => {
      const text = environment[credentialVariable(name)];
      return text === undefined || text === '' ? [] : [[name, readText(credentialVariable(name), text)]];
    }),
  );
}

function readFlag(text: string): readonly [string, Credential] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new CommandError(
      exitCode.badInput,
      'A --credential has no scheme: write --credential SCHEME=VALUE, for example --credential apiKey=KEY.',
    );
  }
  const name = text.slice(0, at);
  return [name, readText(`--credential ${name}`, text.slice(at + 1))];
}

/** A text, or an object of texts as JSON. */
function readText(where: string, text: string): Credential {
  if (!text.startsWith('{')) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(exitCode.badInput, `The credential in ${where} begins with "{" and is not JSON.`);
  }
  return asCredential(where, value);
}

async function readFileCredentials(path: string): Promise<Record<string, Credential>> {
  const values = await readValuesFile(
    'credentials',
    path,
    '{"apiKey": "KEY", "login": {"username": "me", "password": "p"}}',
  );
  const entries = Object.entries(values).map(([name, value]) => {
    return [name, asCredential(`"${name}" of the credentials file "${path}"`, value)] as const;
  });
  return Object.fromEntries(entries);
}

function asCredential(where: string, value: unknown): Credential {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && Object.values(value).every((part) => typeof part === 'string')) {
    return value as Readonly<Record<string, string>>;
  }
  throw new CommandError(exitCode.badInput, `The credential in ${where} must be a text, or an object of texts.`);
}

/** Windows has no such modes, and says 0o666 of every file. */
async function judgeMode(path: string): Promise<readonly string[]> {
  if (process.platform === 'win32') return [];
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return [];
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  return [`Others may read or change the credentials file "${path}" (mode ${shown}): chmod 600 makes it yours alone.`];
}
