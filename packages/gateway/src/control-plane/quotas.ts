import { ServiceError } from '../api/errors.ts';

/**
 * How many of a resource an API may have. API Gateway developer guide, "Quotas for configuring and running a WebSocket
 * API"; it names none for deployments and models, whose bounds only keep an API's record small.
 */
const quotas = {
  Routes: 300,
  Integrations: 300,
  Stages: 10,
  Authorizers: 10,
  Deployments: 1000,
  Models: 1000,
} as const;

/**
 * The service words the refusal as here; whether it says 409 or 429 is contested, and 429 is what the model declares.
 *
 * @throws ServiceError `TooManyRequestsException` when an API that has `count` of a resource may not have one more.
 */
export function requireRoom(resource: keyof typeof quotas, count: number): void {
  if (count < quotas[resource]) return;
  throw new ServiceError(
    'TooManyRequestsException',
    `Maximum number of ${resource} for this API has been reached. Please contact AWS if you need additional ${resource}.`,
    { limitType: `${resource}PerApi` },
  );
}
