import { GatewayError } from '../../gateway-error.ts';
import type { AwsCredentials, SigningScope } from './sign-request.ts';

/** Where integrations call AWS services, and with what they sign. */
export interface AwsOptions {
  /**
   * A service, as integration URIs name it (`lambda`, `dynamodb`), or `*` for all others → an http or https URL, or `aws` for
   * AWS itself. A service without an endpoint is never called.
   */
  readonly endpoints: Readonly<Record<string, string>>;
  /** AWS itself is not called without them; elsewhere `placeholderCredentials` take their place. */
  readonly credentials?: AwsCredentials;
}

/** What an integration URI says of the service behind it. */
export interface AwsService {
  readonly partition: string;
  readonly region: string;
  readonly service: string;
  readonly subdomain?: string;
}

export interface AwsEndpoint {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly host: string;
  /** Stands before every path: empty, or with a slash at its beginning and none at its end. */
  readonly basePath: string;
  /** The endpoint is one of AWS's own. */
  readonly isAws: boolean;
  readonly credentials: AwsCredentials;
}

type FoundAwsEndpoint =
  | { readonly kind: 'endpoint'; readonly endpoint: AwsEndpoint }
  | { readonly kind: 'refused'; readonly reason: string };

export type FindAwsEndpoint = (service: AwsService) => FoundAwsEndpoint;

/** What stands for AWS itself instead of a URL. */
const awsItself = 'aws';

/** What stands for every service that is not named. */
const anyService = '*';

/** Emulators of services ask for a signature and do not check it. */
export const placeholderCredentials: AwsCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Services that have one endpoint for all regions, which signs for us-east-1. */
const globalServices: ReadonlySet<string> = new Set(['cloudfront', 'iam', 'route53']);

/** Partition → what its hosts end with. */
const suffixes: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-us-gov', 'amazonaws.com'],
]);

const awsHostPattern = /\.(amazonaws\.com(\.cn)?|api\.aws)\.?$/;

/**
 * Reads the endpoints once.
 *
 * @throws GatewayError when an endpoint is neither a URL nor `aws`.
 */
export function createAwsEndpoints({ endpoints, credentials }: AwsOptions): FindAwsEndpoint {
  const urls = new Map<string, URL | typeof awsItself>();
  for (const [service, text] of Object.entries(endpoints)) urls.set(service, readEndpoint(service, text));

  return (service) => {
    const url = urls.get(service.service) ?? urls.get(anyService);
    if (url === undefined) return refused(describeMissingEndpoint(service.service));
    if (url === awsItself && !suffixes.has(service.partition)) return refused(describeUnknownPartition(service));
    const called = url === awsItself ? new URL(`https://${awsHost(service)}`) : url;
    const isAws = awsHostPattern.test(called.hostname);
    if (isAws && !credentials) return refused(describeMissingCredentials(service.service));
    const endpoint: AwsEndpoint = {
      origin: called.origin,
      host: called.host,
      basePath: called.pathname.replace(/\/+$/, ''),
      isAws,
      credentials: credentials ?? placeholderCredentials,
    };
    return { kind: 'endpoint', endpoint };
  };
}

function readEndpoint(service: string, text: string): URL | typeof awsItself {
  if (text === awsItself) return awsItself;
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.username === '' && url.password === '' && url.search === '' && url.hash === '') return url;
  // The text may hold a password.
  const message = `The endpoint of service "${service}" is not valid: an http or https URL without user name, query and fragment is expected, or "${awsItself}" for AWS itself.`;
  throw new GatewayError('endpoint-invalid', message);
}

/** AWS General Reference, "Service endpoints". */
function awsHost({ partition, region, service, subdomain }: AwsService): string {
  const suffix = suffixes.get(partition);
  const host = globalServices.has(service) ? `${service}.${suffix}` : `${service}.${region}.${suffix}`;
  return subdomain === undefined ? host : `${subdomain}.${host}`;
}

/** What a signature for a service names: some sign under another name than that of their host. */
export function signingScope({ service, region }: AwsService): SigningScope {
  return {
    region: globalServices.has(service) ? 'us-east-1' : region,
    service: service === 'email' ? 'ses' : service,
  };
}

function refused(reason: string): FoundAwsEndpoint {
  return { kind: 'refused', reason };
}

function describeMissingEndpoint(service: string): string {
  return `The AWS service "${service}" has no endpoint, and AWS itself is never called unasked: give the endpoint "${service}" a URL, or "${awsItself}" for AWS itself.`;
}

function describeUnknownPartition({ service, partition }: AwsService): string {
  return `The hosts of the partition "${partition}" are not known here: give the endpoint "${service}" a URL.`;
}

function describeMissingCredentials(service: string): string {
  return `The AWS service "${service}" is to be called at AWS, which answers no unsigned request, and there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are expected.`;
}
