import type { AwsOptions } from '@gatewright/gateway';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import type { Masker } from '../../output/masker.ts';
import { readAwsCredential } from './credentials.ts';

export interface AwsEndpointOptions {
  /** Texts of the form `service=url`, or `service=aws`; `*` stands for all other services. They win over the environment. */
  readonly endpoint?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const variable = 'AWS_ENDPOINT_URL';

/**
 * What integration URIs call a service, where that is not the name in the environment variable: AWS SDKs and Tools Reference
 * Guide, "Service-specific endpoints".
 */
const integrationNames: Readonly<Record<string, string>> = {
  CLOUDWATCH: 'monitoring',
  CLOUDWATCH_LOGS: 'logs',
  EVENTBRIDGE: 'events',
  IOT_DATA_PLANE: 'iotdata',
  SECRETS_MANAGER: 'secretsmanager',
  SES: 'email',
  SFN: 'states',
};

/**
 * Where integrations call AWS services: `--endpoint`, and the environment variables that AWS's own tools read
 * (`AWS_ENDPOINT_URL_LAMBDA`, `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true). Calls are signed with the
 * credentials of the AWS environment, which are looked for only when there is an endpoint, and concealed.
 *
 * @throws CommandError when an `--endpoint` has no service.
 */
export async function readAwsEndpoints(
  { endpoint = [] }: AwsEndpointOptions,
  environment: Environment,
  masker: Masker,
): Promise<AwsOptions> {
  const endpoints = { ...readEnvironment(environment), ...Object.fromEntries(endpoint.map(readFlag)) };
  if (Object.keys(endpoints).length === 0) return { endpoints };
  const { accessKeyId, secretAccessKey, sessionToken } = (await readAwsCredential(environment)) ?? {};
  if (!accessKeyId || !secretAccessKey) return { endpoints };
  masker.conceal([secretAccessKey, sessionToken ?? '']);
  return { endpoints, credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}

function readEnvironment(environment: Environment): Readonly<Record<string, string>> {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return {};
  const entries = Object.entries(environment).flatMap(([name, url]): readonly (readonly [string, string])[] => {
    if (!url) return [];
    if (name === variable) return [['*', url]];
    return name.startsWith(`${variable}_`) ? [[readServiceName(name.slice(variable.length + 1)), url]] : [];
  });
  return Object.fromEntries(entries);
}

function readServiceName(suffix: string): string {
  const name = Object.hasOwn(integrationNames, suffix) ? integrationNames[suffix] : undefined;
  return name ?? suffix.toLowerCase().replaceAll('_', '-');
}

function readFlag(text: string): readonly [service: string, url: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CommandError(
    exitCode.badInput,
    'An --endpoint has no service: write --endpoint SERVICE=URL, for example --endpoint lambda=http://127.0.0.1:9001, or ' +
      '--endpoint SERVICE=aws for AWS itself.',
  );
}
