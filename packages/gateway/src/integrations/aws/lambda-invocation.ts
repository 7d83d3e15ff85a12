import type { FunctionArn } from '../../model/arn.ts';
import { isRecord, readJson } from '../../model/json.ts';
import type { IntegrationResult } from '../integration.ts';
import type { AwsEndpoint } from './endpoints.ts';

type Answered = Extract<IntegrationResult, { kind: 'answered' }>;

/** What became of a function that Lambda was asked to invoke. */
export type Invocation =
  /** The payload is what the function returned; there is none of a function that was only queued. */
  | { readonly kind: 'returned' }
  /** The function threw, or ended before it had returned; the payload is the error. */
  | { readonly kind: 'threw'; readonly errorMessage: string; readonly reason: string }
  /** Lambda did not invoke it. */
  | Extract<IntegrationResult, { kind: 'failed' }>;

/**
 * AWS gets the ARN of the URI, which may be of another account; whoever stands in for it, the name that the function has
 * there, for not all of them know ARNs. See the Lambda API reference, "Invoke".
 */
export function invocationTarget({ basePath, isAws }: AwsEndpoint, arn: FunctionArn): string {
  const { partition, service, region, account, resource, functionName, qualifier } = arn;
  const name = isAws ? ['arn', partition, service, region, account, resource].join(':') : functionName;
  const query = qualifier === undefined || isAws ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
  return `${basePath}/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`;
}

/** Reads an answer of the Lambda Invoke API. Reasons repeat nothing that a client may have sent. */
export function readInvocation(functionName: string, { status, headers, body }: Answered): Invocation {
  if (status < 200 || status > 299) {
    const error = [headers['x-amzn-errortype'] ?? ''].flat().at(0)?.split(':')[0];
    const detail = error ? `${status}, ${readErrorName(error)}` : String(status);
    const reason = `Function "${functionName}" could not be invoked: Lambda answered ${detail}.`;
    return { kind: 'failed', cause: 'refused', reason };
  }
  if (headers['x-amz-function-error'] === undefined) return { kind: 'returned' };
  const { errorType, errorMessage } = readError(body);
  return {
    kind: 'threw',
    errorMessage,
    reason: `Function "${functionName}" failed with "${readErrorName(errorType)}".`,
  };
}

function readError(body: Uint8Array): { readonly errorType: string; readonly errorMessage: string } {
  const value = readJson(Buffer.from(body).toString('utf8'));
  return { errorType: readText(value, 'errorType'), errorMessage: readText(value, 'errorMessage') };
}

function readText(value: unknown, member: string): string {
  const text = isRecord(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return typeof text === 'string' ? text : '';
}

/** The name of a class, as far as it looks like one. */
function readErrorName(text: string): string {
  return /^[\w.$]{1,100}$/.exec(text)?.[0] ?? 'an error without a name';
}
