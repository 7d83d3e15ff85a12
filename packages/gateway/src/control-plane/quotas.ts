import { ServiceError } from '../api/errors.ts';
import { apiKeyPrefix } from '../stores/api-heads.ts';
import type { ControlPlaneContext } from './context.ts';

/** How many of a resource one API may have. */
export type Quotas = Readonly<Record<keyof typeof defaultQuotas, number>>;

/**
 * API Gateway developer guide, "Quotas for configuring and running a WebSocket API"; it names none for deployments and
 * models, whose bounds only keep an API's record small.
 */
export const defaultQuotas = {
  routes: 300,
  integrations: 300,
  stages: 10,
  authorizers: 10,
  deployments: 1000,
  models: 1000,
} as const;

/** The same page: per account and region. */
const apisPerAccount = 600;

/**
 * The service words the refusal as here; whether it says 409 or 429 is contested, and 429 is what the model declares.
 *
 * @throws ServiceError `TooManyRequestsException` when an API that has `count` of a resource may not have one more.
 */
export function requireRoom({ quotas }: ControlPlaneContext, resource: keyof Quotas, count: number): void {
  if (count < quotas[resource]) return;
  const name = resource.charAt(0).toUpperCase() + resource.slice(1);
  throw new ServiceError(
    'TooManyRequestsException',
    `Maximum number of ${name} for this API has been reached. Please contact AWS if you need additional ${name}.`,
    { limitType: `${name}PerApi` },
  );
}

/**
 * The words follow those of the quotas per API. A node whose account-wide limits are off need not count.
 *
 * @throws ServiceError `TooManyRequestsException` when the account has as many APIs as it may.
 */
export async function requireRoomForApi({ limits, store }: ControlPlaneContext): Promise<void> {
  if (limits !== 'aws') return;
  if ((await store.heads(apiKeyPrefix, { limit: apisPerAccount })).length < apisPerAccount) return;
  throw new ServiceError(
    'TooManyRequestsException',
    'Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.',
    { limitType: 'ApisPerAccount' },
  );
}
