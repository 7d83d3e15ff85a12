import type { ErrorDetails } from '../api/errors.ts';
import { ServiceError } from '../api/errors.ts';
import type { Clock } from '../clock.ts';
import type { HttpRequest } from '../http-message.ts';
import type { Store } from '../stores/store.ts';
import type { ModelVerdicts } from './deploying/model-verdicts.ts';
import type { HeadCache } from './heads/head-cache.ts';
import type { HeadQueue } from './heads/head-queue.ts';
import type { RecordCache } from './heads/record-cache.ts';
import type { Quotas } from './quotas.ts';

/** Which limits of an account hold; those of an API and of a connection always do. */
export type AccountLimits = 'none' | 'aws';

export interface ControlPlaneOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Where clients of an API connect, as `ws://127.0.0.1:4610/a1b2c3d4e5`. */
  readonly apiEndpoint: (apiId: string) => string;
  /**
   * Whether CreateApi honours the header `x-gatewright-api-id`: the new API gets this id, and an API that has it already
   * is replaced entirely.
   */
  readonly allowChosenApiIds: boolean;
  /**
   * Whether the account has a role that may write to CloudWatch Logs, without which logging cannot be switched on. The
   * role is a setting of the account that API Gateway V2 has no operation for.
   */
  readonly hasLoggingRole: boolean;
  /** `aws` adds the account-wide limits: the rates of calls, and how many APIs there may be. */
  readonly limits: AccountLimits;
  readonly quotas: Quotas;
  /** Hears of what went wrong inside, whose details the caller does not get. */
  onFault(error: unknown): void;
}

/** What the handlers of operations share. */
export interface ControlPlaneContext extends ControlPlaneOptions {
  readonly records: RecordCache;
  readonly heads: HeadCache;
  readonly queue: HeadQueue;
  readonly modelVerdicts: ModelVerdicts;
}

/**
 * Carries out an operation. The input is in wire names and has been checked against the operations table; the result is
 * in wire names, `undefined` where the operation has no output.
 */
export type Handler<Input> = (
  context: ControlPlaneContext,
  input: Input,
  headers: HttpRequest['headers'],
) => Promise<object | undefined>;

/** Operation name → handler. A handler states the input that the table promises it. */
export type Handlers = Readonly<Record<string, Handler<never>>>;

/** ISO 8601 in UTC with whole seconds, as all timestamps of the control plane. */
export function timestamp(context: ControlPlaneContext): string {
  return `${new Date(context.clock.now()).toISOString().slice(0, 19)}Z`;
}

/** The refusal of an identifier that names nothing, in the service's words. */
export function notFound(resourceType: NonNullable<ErrorDetails['resourceType']>): ServiceError {
  return new ServiceError('NotFoundException', `Invalid ${resourceType} identifier specified`, { resourceType });
}
