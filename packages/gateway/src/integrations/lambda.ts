import type { Clock } from '../clock.ts';
import type { FunctionArn } from '../model/arn.ts';
import { functionUriForm, parseAwsIntegrationUri } from '../model/integration-uri.ts';
import { newTraceId } from '../model/request-id.ts';
import type { Integration } from '../model/resources.ts';
import { substituteStageVariables } from '../model/stage-variables.ts';
import { type AwsEndpoint, type FindAwsEndpoint, signingRegion } from './aws-endpoints.ts';
import type { HttpClient } from './http-client.ts';
import { failing, type IntegrationFunction, type IntegrationResult } from './integration.ts';
import { readFunctionAnswer } from './lambda-answer.ts';
import { createEventWriter } from './lambda-event.ts';
import { createRequestSigner } from './sign-request.ts';

/** Lambda quotas, invocation payload of synchronous invocations: 6 MB, and some for what wraps it. */
const maxPayloadBytes = 6_291_556;

/**
 * Compiles an AWS_PROXY integration: the function gets the event of the call through the Lambda Invoke API and answers for
 * the back end. Parameters, templates and integration responses play no part in it.
 */
export function compileLambdaProxy(
  integration: Integration,
  stageVariables: Readonly<Record<string, string>>,
  { client, clock, findEndpoint }: LambdaServices,
): IntegrationFunction {
  const text = substituteStageVariables(integration.integrationUri ?? '', stageVariables);
  const parsed = parseAwsIntegrationUri(text);
  if (parsed.kind === 'invalid' || parsed.uri.kind !== 'function' || !parsed.uri.function) {
    return failing('misconfigured', `The integration URI "${text}" is not valid: ${functionUriForm} is expected.`);
  }
  const { partition, region, function: arn } = parsed.uri;
  const service = { partition, region, service: 'lambda' };
  const found = findEndpoint(service);
  if (found.kind === 'refused') return failing('misconfigured', found.reason);

  const { endpoint } = found;
  const target = invocationTarget(endpoint, arn);
  const sign = createRequestSigner(endpoint.credentials, { region: signingRegion(service), service: 'lambda' });
  const writeEvent = createEventWriter(stageVariables);
  return async (call, signal) => {
    const now = clock.now();
    const traceId = newTraceId(now);
    const body = writeEvent(call, traceId);
    const headers = invocationHeaders(call.context.connection.apiId, traceId);
    const request = { method: 'POST', host: endpoint.host, target, headers, body };
    const result = await client.send(
      {
        ...request,
        url: endpoint.origin + target,
        origin: endpoint.origin,
        headers: sign(request, now),
        timeoutMilliseconds: integration.timeoutInMillis,
        maxAnswerBytes: maxPayloadBytes,
      },
      signal,
    );
    return result.kind === 'answered' ? readInvocation(arn.functionName, result) : result;
  };
}

interface LambdaServices {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly findEndpoint: FindAwsEndpoint;
}

/**
 * AWS gets the ARN of the URI, which may be of another account; whoever stands in for it, the name that the function has
 * there, for not all of them know ARNs. See the Lambda API reference, "Invoke".
 */
function invocationTarget({ basePath, isAws }: AwsEndpoint, arn: FunctionArn): string {
  const { partition, service, region, account, resource, functionName, qualifier } = arn;
  const name = isAws ? ['arn', partition, service, region, account, resource].join(':') : functionName;
  const query = qualifier === undefined || isAws ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
  return `${basePath}/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`;
}

function invocationHeaders(apiId: string, traceId: string): readonly string[] {
  return [
    ...['Content-Type', 'application/json'],
    ...['User-Agent', `AmazonAPIGateway_${apiId}`],
    ...['X-Amz-Invocation-Type', 'RequestResponse'],
    ...['X-Amzn-Trace-Id', traceId],
  ];
}

type Answered = Extract<IntegrationResult, { kind: 'answered' }>;

function readInvocation(functionName: string, answer: Answered): IntegrationResult {
  const { status, headers, body } = answer;
  if (status !== 200) {
    const error = [headers['x-amzn-errortype'] ?? ''].flat().at(0)?.split(':')[0];
    const detail = error ? `${status}, ${readErrorName(error)}` : String(status);
    return {
      kind: 'failed',
      cause: 'refused',
      reason: `Function "${functionName}" could not be invoked: Lambda answered ${detail}.`,
    };
  }
  if (headers['x-amz-function-error'] !== undefined) {
    return {
      kind: 'failed',
      cause: 'bad-answer',
      reason: `Function "${functionName}" failed with "${readErrorName(readErrorType(body))}".`,
    };
  }
  return readFunctionAnswer(functionName, body);
}

function readErrorType(body: Uint8Array): string {
  try {
    const value = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly errorType?: unknown } | null;
    return typeof value?.errorType === 'string' ? value.errorType : '';
  } catch {
    return '';
  }
}

/** The name of a class, as far as it looks like one: reasons repeat nothing that a client may have sent. */
function readErrorName(text: string): string {
  return /^[\w.$]{1,100}$/.exec(text)?.[0] ?? 'an error without a name';
}
