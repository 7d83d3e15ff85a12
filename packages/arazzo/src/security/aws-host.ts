/** What the host name of an AWS endpoint says of the service behind it. */
export interface AwsHost {
  readonly service: string;
  readonly region: string;
}

/** A name may end with the dot of the root and means the same host. */
const suffix = /\.(?:amazonaws\.com(?:\.cn)?|api\.aws)\.?$/;

/** Whether a URL leads to a host of AWS's own. */
export function isAwsHost(url: string): boolean {
  return URL.canParse(url) && suffix.test(`.${new URL(url).hostname}`);
}

/**
 * Reads `{service}.{region}.amazonaws.com` and its relatives: names before the service, such as an API's id, are passed
 * over, and a global endpoint is in us-east-1. `undefined` when the host is not AWS's.
 */
export function readAwsHost(url: string): AwsHost | undefined {
  if (!isAwsHost(url)) return undefined;
  const labels = `.${new URL(url).hostname}`.replace(suffix, '').slice(1).split('.');
  const names = labels.filter((label) => label !== 'dualstack' && label !== 'vpce');
  const at = names.findLastIndex((label) => /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(label));
  const service = (at > 0 ? names[at - 1] : names.at(-1))?.replace(/-fips$/, '');
  if (service === undefined || service === '') return undefined;
  return { service, region: names[at] ?? 'us-east-1' };
}
