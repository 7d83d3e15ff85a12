import type { Quotas } from './control-plane/quotas.ts';
import { GatewayError } from './gateway-error.ts';

/** The AWS account that a gateway stands for. */
export interface Account {
  /** Default us-east-1. */
  readonly region: string;
  /** Twelve digits; default 123456789012. */
  readonly accountId: string;
}

/**
 * The account of a gateway's options. Its region and number stand in ARNs and host names, which must come out well formed.
 *
 * @throws GatewayError `account-invalid` when the region, the number or a quota is none.
 */
export function readAccount({
  region = 'us-east-1',
  accountId = '123456789012',
  quotas = {},
}: Partial<Account> & { readonly quotas?: Partial<Quotas> }): Account {
  if (!/^[a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2}$/.test(region)) {
    throw invalid(`The region is "${region}"; expected the name of one, as eu-west-1.`);
  }
  if (!/^\d{12}$/.test(accountId)) throw invalid(`The account is "${accountId}"; expected twelve digits.`);
  for (const [resource, quota] of Object.entries(quotas)) {
    if (Number.isInteger(quota) && quota >= 0) continue;
    throw invalid(`The quota of ${resource} is ${quota}; expected a whole number from 0.`);
  }
  return { region, accountId };
}

function invalid(message: string): GatewayError {
  return new GatewayError('account-invalid', message);
}
