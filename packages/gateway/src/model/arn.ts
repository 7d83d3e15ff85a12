import { findMalformedStageVariable, hasStageVariables, mayMatch } from './stage-variables.ts';

/** An Amazon Resource Name, taken apart. Any part may hold stage variables. */
export interface Arn {
  /** As `aws` or `aws-cn`. */
  readonly partition: string;
  /** As `lambda`. */
  readonly service: string;
  /** Empty for services that have no regions. */
  readonly region: string;
  /** Twelve digits for most services; empty, or another name, for some. */
  readonly account: string;
  /** All that follows, colons included. */
  readonly resource: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an ARN has none.
const unprintable = /[\s\u0000-\u001f\u007f]/;

/**
 * Takes an ARN apart, as `arn:{partition}:{service}:{region}:{account}:{resource}`; `undefined` when a text is none. See the
 * IAM user guide, "Amazon Resource Names (ARNs)".
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const isArn = prefix === 'arn' && service !== '' && resource !== '' && !unprintable.test(text);
  if (!isArn || findMalformedStageVariable(text) !== undefined) return undefined;
  if (!mayMatch(/^aws(-[a-z]+)*$/, partition) || !mayMatch(/^[a-z0-9-]*$/, region)) return undefined;
  return { partition, service, region, account, resource };
}

/** An ARN of a service in one of its regions and of an account, whose resource has a form; `undefined` for any other text. */
function parseRegionalArn(text: string, service: string, resource: RegExp): Arn | undefined {
  const arn = parseArn(text);
  const fits = arn?.service === service && arn.region !== '' && isAccount(arn) && mayMatch(resource, arn.resource);
  return fits ? arn : undefined;
}

function isAccount({ account }: Arn): boolean {
  return mayMatch(/^\d{12}$/, account);
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Whether a text is the ARN of an IAM role, or may be one when its stage is known. IAM API reference, "CreateRole". */
export function isRoleArn(text: string): boolean {
  if (hasStageVariables(text) && !text.startsWith('arn:')) return findMalformedStageVariable(text) === undefined;
  const arn = parseArn(text);
  return (
    arn?.service === 'iam' &&
    arn.region === '' &&
    isAccount(arn) &&
    mayMatch(/^role\/([\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/, arn.resource)
  );
}

/** Whether a text is the ARN of a certificate of AWS Certificate Manager. */
export function isCertificateArn(text: string): boolean {
  return !hasStageVariables(text) && parseRegionalArn(text, 'acm', /^certificate\/[\w-]+$/) !== undefined;
}

/**
 * Whether a text is the ARN of a back end that a VPC link leads to: CreateIntegration, "integrationUri" of HTTP APIs with a
 * connection type of VPC_LINK.
 */
export function isPrivateBackEndArn(text: string): boolean {
  return (
    parseRegionalArn(text, 'elasticloadbalancing', /^listener\/(app|net)\/[\w-]+\/\w+\/\w+$/) !== undefined ||
    parseRegionalArn(text, 'servicediscovery', /^service\/[\w-]+$/) !== undefined
  );
}

/** A Lambda function, as its ARN names it. Parts may hold stage variables. */
export interface FunctionArn extends Arn {
  readonly functionName: string;
  /** A version or an alias. */
  readonly qualifier?: string;
}

/** Lambda API reference, "Invoke": the ARN of a function, of a version or of an alias. */
const functionResource = /^function:([A-Za-z0-9_-]|\$\{[^}]+\})+(:(\$LATEST|([A-Za-z0-9_-]|\$\{[^}]+\})+))?$/;

/** Takes the ARN of a Lambda function apart, with or without a qualifier; `undefined` when a text is none. */
export function parseFunctionArn(text: string): FunctionArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'lambda' || arn.region === '' || !isAccount(arn)) return undefined;
  if (!functionResource.test(arn.resource)) return undefined;
  const [, functionName = '', qualifier] = arn.resource.split(':');
  return { ...arn, functionName, ...(qualifier === undefined ? {} : { qualifier }) };
}
