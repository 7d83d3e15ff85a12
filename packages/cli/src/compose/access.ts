import {
  type ArazzoDocument,
  type Credential,
  type Diagnostic,
  describeSources,
  isAwsHost,
  type PlanOptions,
  type SourceSummary,
  secretsIn,
  type Translation,
} from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';
import { readAwsCredential } from './aws/credentials.ts';
import { recogniseApiGateway } from './aws/recognise-api-gateway.ts';
import { createAwsTranslation, listTranslatedSources } from './aws/translation.ts';
import { type CredentialOptions, readCredentials } from './credentials.ts';

export interface AccessOptions extends CredentialOptions {
  /** Names of headers, and of members of bodies, inputs and outputs, that are not shown. */
  readonly mask?: readonly string[];
  /** The file of a client certificate, which the transport shows. */
  readonly cert?: string;
}

/** With what a run is let in, and how it speaks to what lets it in. */
export interface Access {
  readonly credentials: Pick<PlanOptions, 'credentials' | 'awsCredential' | 'clientCertificate'>;
  readonly serverVariables: Readonly<Record<string, string>>;
  readonly translation?: Translation;
}

interface AccessRequest extends AccessOptions {
  readonly aws: boolean;
  readonly mock?: boolean;
  readonly dryRun?: boolean;
  readonly gateway?: string;
}

type Servers = Readonly<Record<string, string>>;

/**
 * Reads the credentials for a document's sources. Everything secret that is known by then is concealed in all that is
 * printed. AWS's own credentials are looked for only when AWS is to be called, or what takes its place under `--aws`.
 *
 * @throws CommandError when a credential cannot be read.
 */
export async function readAccess(
  output: Output,
  document: ArazzoDocument,
  request: AccessRequest,
  servers: Servers,
): Promise<Access> {
  const sources = await describeSources(document);
  output.masker.concealNames(request.mask ?? []);
  output.masker.concealHeaders(listKeyHeaders(sources));
  if (request.mock) return { credentials: {}, serverVariables: {} };
  const credentials = await readEveryCredential(output, sources, request, servers);
  const translated = await listTranslatedSources(sources, { ...request, servers });
  const region = partOf(credentials.awsCredential, 'region');
  return {
    credentials,
    serverVariables: request.aws ? await chooseRegion(sources, servers, region) : {},
    ...(translated.size > 0 && { translation: await createAwsTranslation(translated) }),
  };
}

async function readEveryCredential(
  output: Output,
  sources: readonly SourceSummary[],
  request: AccessRequest,
  servers: Servers,
): Promise<Access['credentials']> {
  const { credentials, warnings } = await readCredentials(sources, request, process.env);
  const isToAws = request.aws || Object.values(servers).some(isAwsHost);
  const awsCredential = isToAws ? await readAwsCredential(process.env) : undefined;
  for (const credential of [...Object.values(credentials), awsCredential ?? {}]) {
    output.masker.conceal(secretsIn(credential));
  }
  for (const warning of warnings) output.problem(`${output.style('yellow', 'warning')}: ${warning}`);
  return {
    credentials,
    ...(awsCredential && { awsCredential }),
    ...(request.cert !== undefined && { clientCertificate: true }),
  };
}

/** The headers that API keys go into, whoever gives them. */
function listKeyHeaders(sources: readonly SourceSummary[]): readonly string[] {
  const schemes = sources.flatMap(({ securitySchemes }) => [...securitySchemes.values()]);
  return schemes.flatMap((scheme) => (scheme.kind === 'api-key' && scheme.in === 'header' ? scheme.name : []));
}

function partOf(credential: Credential | undefined, name: string): string | undefined {
  return typeof credential === 'object' ? credential[name] : undefined;
}

/** The region of the AWS configuration, for descriptions of API Gateway V2 whose server has a variable for it. */
async function chooseRegion(
  sources: readonly SourceSummary[],
  servers: Servers,
  region: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (region === undefined) return {};
  const regional = sources.filter(({ name, description }) => !Object.hasOwn(servers, name) && hasRegion(description));
  const described = await Promise.all(
    regional.map(async (source) => ((await recogniseApiGateway(source)) === undefined ? [] : source.name)),
  );
  return Object.fromEntries(described.flat().map((name) => [`${name}.region`, region]));
}

function hasRegion(description: unknown): boolean {
  const servers = memberOf(description, 'servers');
  return memberOf(memberOf(Array.isArray(servers) ? servers[0] : undefined, 'variables'), 'region') !== undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/**
 * @throws CommandError when requests to a service of AWS would go without a signature: it answers none of them. What users
 * serve from `execute-api` hosts decides for itself.
 */
export function refuseUnsigned(
  targets: readonly string[],
  warnings: readonly Diagnostic[],
  { credentials }: Access,
): void {
  const services = targets.filter((url) => isAwsHost(url) && !new URL(url).hostname.includes('.execute-api.'));
  const isUnsigned = warnings.some(
    ({ code, message }) => code === 'security-not-applied' && services.some((url) => message.includes(`"${url}"`)),
  );
  if (!isUnsigned || credentials.awsCredential !== undefined) return;
  const profile = process.env.AWS_PROFILE || 'default';
  throw new CommandError(
    exitCode.badInput,
    `AWS answers no unsigned request, and there are no AWS credentials, nor keys in the profile "${profile}": set AWS_ACCESS_KEY_ID ` +
      'and AWS_SECRET_ACCESS_KEY, or give AWS_PROFILE a profile with keys in ~/.aws/credentials. Nothing was sent.',
  );
}
