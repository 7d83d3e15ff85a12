import { TokenBucket } from '../model/token-bucket.ts';
import { accountRequestLimit, newConnectionLimit } from './limits.ts';

/** The rates that the service allows an account in a region, whatever its stages allow. Each asks for one more. */
export interface AccountThrottle {
  request(now: number): boolean;
  /** A new connection is a request too. */
  connection(now: number): boolean;
}

export function createAccountThrottle(now: number): AccountThrottle {
  const requests = new TokenBucket(accountRequestLimit, now);
  const connections = new TokenBucket(newConnectionLimit, now);
  return {
    request: (at) => requests.take(at),
    connection: (at) => connections.take(at) && requests.take(at),
  };
}
