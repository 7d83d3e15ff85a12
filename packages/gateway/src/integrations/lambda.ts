import { functionUriForm } from '../model/integration-uri.ts';
import { newTraceId } from '../model/request-id.ts';
import type { Integration } from '../model/resources.ts';
import { type AwsCallServices, compileAwsCall } from './aws/call.ts';
import { readFunctionAnswer } from './aws/lambda-answer.ts';
import { createEventWriter } from './aws/lambda-event.ts';
import { invocationTarget, readInvocation } from './aws/lambda-invocation.ts';
import { resolveAwsUri } from './aws/uri.ts';
import { failing, type IntegrationFunction, type IntegrationResult } from './integration.ts';

/**
 * Compiles an AWS_PROXY integration: the function gets the event of the call through the Lambda Invoke API and answers for
 * the back end. Parameters, templates and integration responses play no part in it.
 */
export function compileLambdaProxy(
  integration: Integration,
  stageVariables: Readonly<Record<string, string>>,
  services: AwsCallServices,
): IntegrationFunction {
  const resolved = resolveAwsUri(integration.integrationUri, stageVariables);
  if (resolved.kind === 'invalid') return failing('misconfigured', resolved.message);
  if (resolved.kind === 'service') return failing('misconfigured', describeService(integration));

  const { arn, region } = resolved;
  const compiled = compileAwsCall({ partition: arn.partition, region, service: 'lambda' }, services);
  if (compiled.kind === 'refused') return failing('misconfigured', compiled.reason);

  const target = invocationTarget(compiled.endpoint, arn);
  const writeEvent = createEventWriter(stageVariables);
  return async (call, signal) => {
    const traceId = newTraceId(services.clock.now());
    const result = await compiled.send(
      {
        method: 'POST',
        target,
        headers: invocationHeaders(call.context.connection.apiId, traceId),
        body: writeEvent(call, traceId),
        timeoutMilliseconds: integration.timeoutInMillis,
        trace: call.trace,
      },
      signal,
    );
    return result.kind === 'answered' ? readAnswer(arn.functionName, result) : result;
  };
}

function describeService({ integrationUri }: Integration): string {
  return `The integration URI "${integrationUri}" is that of another AWS service: ${functionUriForm} is expected for AWS_PROXY.`;
}

function invocationHeaders(apiId: string, traceId: string): readonly string[] {
  return [
    ...['Content-Type', 'application/json'],
    ...['User-Agent', `AmazonAPIGateway_${apiId}`],
    ...['X-Amz-Invocation-Type', 'RequestResponse'],
    ...['X-Amzn-Trace-Id', traceId],
  ];
}

function readAnswer(functionName: string, answer: Extract<IntegrationResult, { kind: 'answered' }>): IntegrationResult {
  const invocation = readInvocation(functionName, answer);
  switch (invocation.kind) {
    case 'returned':
      return readFunctionAnswer(functionName, answer.body);
    case 'threw':
      return { kind: 'failed', cause: 'bad-answer', reason: invocation.reason };
    case 'failed':
      return invocation;
  }
}
