import { ServiceError } from '../api/errors.ts';
import type { Clock } from '../clock.ts';
import { type RateLimit, TokenBucket } from '../model/token-bucket.ts';

/**
 * Counts a call of an operation.
 *
 * @throws ServiceError `TooManyRequestsException` when the account makes more calls than it may.
 */
export type CallRates = (operation: string) => void;

/** API Gateway developer guide, "Quotas for API Gateway API management": all operations together, and slower ones by name. */
const accountRate: RateLimit = { rate: 10, burst: 40 };
const operationRates: Readonly<Record<string, RateLimit>> = {
  CreateDeployment: { rate: 1 / 5, burst: 1 },
  // The page words it for REST APIs, and is assumed to mean all.
  DeleteApi: { rate: 1 / 30, burst: 1 },
};

/** The account-wide rates of AWS. */
export function createCallRates(clock: Clock): CallRates {
  const account = new TokenBucket(accountRate, clock.now());
  const operations = new Map<string, TokenBucket>(
    Object.entries(operationRates).map(([name, rate]) => [name, new TokenBucket(rate, clock.now())]),
  );
  return (operation) => {
    const now = clock.now();
    if (account.take(now) && (operations.get(operation)?.take(now) ?? true)) return;
    throw new ServiceError('TooManyRequestsException', 'Too Many Requests');
  };
}
