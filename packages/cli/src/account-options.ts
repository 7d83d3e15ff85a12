import { InvalidArgumentError, Option } from 'commander';
import type { AccountOptions } from './compose/gateway/local-gateway.ts';
import { defaults } from './defaults.ts';

/** What a gateway says of the AWS account that it stands for, and which limits of it hold. */
export function accountOptions(): readonly Option[] {
  return [
    regionOption('the AWS region in ARNs and host names of APIs'),
    new Option('--account <id>', 'the AWS account in ARNs, twelve digits')
      .default(defaults.account)
      .argParser(readAccount),
    new Option('--no-logging-role', 'refuse stages that write logs, as an account without a role for that does'),
    new Option('--limits <limits>', "none, or aws: an account's rates and its number of APIs too")
      .choices(['none', 'aws'])
      .default(defaults.limits),
    new Option('--quota <resource=number>', 'how many of a resource an API may have, as routes=500 (repeatable)')
      .default({}, "AWS's")
      .argParser(readQuota),
  ];
}

export function regionOption(description: string): Option {
  return new Option('--region <region>', description).default(defaults.region).argParser(readRegion);
}

function readRegion(text: string): string {
  if (/^[a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a region, as eu-west-1.');
}

function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('It must have twelve digits.');
}

const resources = ['routes', 'integrations', 'stages', 'authorizers', 'deployments', 'models'];

function readQuota(text: string, quotas: AccountOptions['quota']): AccountOptions['quota'] {
  const [, resource = '', digits] = /^(\w+)=(\d{1,6})$/.exec(text) ?? [];
  if (resources.includes(resource)) return { ...quotas, [resource]: Number(digits) };
  throw new InvalidArgumentError(`It must be one of ${resources.join(', ')}, then "=" and a whole number.`);
}
