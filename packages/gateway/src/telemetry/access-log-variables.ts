import { findContextVariable, type LoggedContext } from '../model/request-context.ts';
import type { RequestOutcome } from './request-outcome.ts';

/** A request that has ended. */
export interface LoggedRequest {
  readonly context: LoggedContext;
  readonly outcome: RequestOutcome;
}

type AccessLogVariable = (request: LoggedRequest) => string | number | undefined;

const integrationStatus: AccessLogVariable = ({ outcome: { called } }) =>
  called?.result.kind === 'answered' ? called.result.status : undefined;

const integrationLatency: AccessLogVariable = ({ outcome: { called } }) =>
  called && called.type !== 'MOCK' ? Math.round(called.milliseconds) : undefined;

const integrationError: AccessLogVariable = ({ outcome: { called } }) =>
  called && called.result.kind !== 'answered' ? called.result.reason : undefined;

/** Lambda's own answer is 200 whenever it ran the function, whatever that returned. */
const serviceStatus: AccessLogVariable = (request) =>
  request.outcome.called?.type === 'AWS_PROXY' && integrationStatus(request) !== undefined
    ? 200
    : integrationStatus(request);

/**
 * The variables that only logs have, since they are known when a request has ended; names that mean the same are documented
 * as equal. Those of authorizers, IAM, WAF and API keys have no value. See the developer guide, "Set up logging for WebSocket
 * APIs" and the variable reference it names.
 */
const outcomeVariables: ReadonlyMap<string, AccessLogVariable> = new Map<string, AccessLogVariable>([
  ['status', ({ outcome }) => outcome.status],
  ['error.message', ({ outcome }) => outcome.error?.message],
  ['error.messageString', ({ outcome }) => outcome.error && JSON.stringify(outcome.error.message)],
  ['error.responseType', ({ outcome }) => outcome.error?.responseType],
  ['error.validationErrorString', ({ outcome }) => outcome.error?.validation],
  ['integrationStatus', integrationStatus],
  ['integration.status', integrationStatus],
  ['integration.integrationStatus', serviceStatus],
  ['integrationLatency', integrationLatency],
  ['integration.latency', integrationLatency],
  ['integrationErrorMessage', integrationError],
  ['integration.error', integrationError],
]);

/** How `$context.{name}` is read for a log; `undefined` for a variable that no request has. */
export function findAccessLogVariable(name: string): AccessLogVariable | undefined {
  const variable = findContextVariable(name);
  return variable ? ({ context }) => variable(context) : outcomeVariables.get(name);
}
