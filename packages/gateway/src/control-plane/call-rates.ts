import { ServiceError } from '../api/errors.ts';
import type { Clock } from '../clock.ts';
import { createTokenBucket, type TokenBucket } from '../model/token-bucket.ts';

/**
 * Counts a call of an operation.
 *
 * @throws ServiceError `TooManyRequestsException` when the account makes more calls than it may.
 */
export type CallRates = (operation: string) => void;

/** API Gateway developer guide, "Quotas for API Gateway API management": all operations together, and slower ones by name. Milliseconds a call. */
const accountRate = { interval: 100, burst: 40 };
const operationRates: Readonly<Record<string, { readonly interval: number; readonly burst: number }>> = {
  CreateDeployment: { interval: 5_000, burst: 1 },
  // The page words it for REST APIs, and is assumed to mean all.
  DeleteApi: { interval: 30_000, burst: 1 },
};

/** The account-wide rates of AWS. */
export function createCallRates(clock: Clock): CallRates {
  const account = createTokenBucket(accountRate);
  const operations = new Map<string, TokenBucket>(
    Object.entries(operationRates).map(([name, rate]) => [name, createTokenBucket(rate)]),
  );
  return (operation) => {
    const now = clock.now();
    if (account.tryTake(now) && (operations.get(operation)?.tryTake(now) ?? true)) return;
    throw new ServiceError('TooManyRequestsException', 'Too Many Requests');
  };
}
