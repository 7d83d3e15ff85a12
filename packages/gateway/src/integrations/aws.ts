import type { IntegrationRecord } from '../model/api-head.ts';
import type { FunctionArn } from '../model/arn.ts';
import type { AwsIntegrationUri } from '../model/integration-uri.ts';
import { describeAction } from './aws/action.ts';
import { type AwsCallServices, compileAwsCall } from './aws/call.ts';
import { invocationTarget, readInvocation } from './aws/lambda-invocation.ts';
import { resolveAwsUri } from './aws/uri.ts';
import { combineHeaders, ownHeaders, readMethod } from './back-end/request.ts';
import { buildTarget, parseBackEndUrl } from './back-end/url.ts';
import type { Exchange, ExchangeAnswer, ExchangeResult } from './exchange.ts';
import { failing, type IntegrationFunction } from './integration.ts';
import { compileNonProxy } from './non-proxy.ts';

/**
 * The status of a function that failed, which integration responses make an answer of. Lambda's own is 200, which would
 * accept the handshake of a client that the function has turned away by throwing.
 */
const functionErrorStatus = 502;

type Compiled =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Compiles an AWS integration: an action or a path of an AWS service, or a function, gets what the request template makes
 * and what is mapped, signed; an integration response makes the client's answer of its. See the developer guide, "Set up a
 * WebSocket API integration request", and PutIntegration, "uri".
 */
export function compileAws(
  record: IntegrationRecord,
  stageVariables: Readonly<Record<string, string>>,
  services: AwsCallServices,
): IntegrationFunction {
  const resolved = resolveAwsUri(record.integration.integrationUri, stageVariables);
  if (resolved.kind === 'invalid') return failing('misconfigured', resolved.message);
  const compiled =
    resolved.kind === 'function'
      ? compileFunction(record, resolved.region, resolved.arn, services)
      : compileService(record, resolved, services);
  if (compiled.kind === 'invalid') return failing('misconfigured', compiled.reason);
  return compileNonProxy(record, stageVariables, compiled.exchange);
}

function compileFunction(
  { integration }: IntegrationRecord,
  region: string,
  arn: FunctionArn,
  services: AwsCallServices,
): Compiled {
  const compiled = compileAwsCall({ partition: arn.partition, region, service: 'lambda' }, services);
  if (compiled.kind === 'refused') return invalid(compiled.reason);
  const target = invocationTarget(compiled.endpoint, arn);
  const exchange: Exchange = async ({ call, body, parameters }, signal) => {
    const result = await compiled.send(
      {
        method: 'POST',
        target,
        headers: combineHeaders(ownHeaders(call, services.clock), parameters.headers),
        body,
        timeoutMilliseconds: integration.timeoutInMillis,
        trace: call.trace,
      },
      signal,
    );
    return result.kind === 'answered' ? readFunctionAnswer(arn.functionName, result) : result;
  };
  return { kind: 'exchange', exchange };
}

function readFunctionAnswer(functionName: string, answer: ExchangeAnswer): ExchangeResult {
  const invocation = readInvocation(functionName, answer);
  switch (invocation.kind) {
    case 'returned':
      return answer;
    case 'threw':
      return { ...answer, status: functionErrorStatus, selection: invocation.errorMessage };
    case 'failed':
      return invocation;
  }
}

function compileService(
  { integration }: IntegrationRecord,
  uri: Extract<AwsIntegrationUri, { kind: 'service' }>,
  services: AwsCallServices,
): Compiled {
  const compiled = compileAwsCall(uri, services);
  if (compiled.kind === 'refused') return invalid(compiled.reason);
  const { origin, basePath } = compiled.endpoint;
  const action = uri.api === 'action' ? describeAction(uri.service, uri.serviceApi) : undefined;
  const parsed = parseBackEndUrl(`${origin}${basePath}/${action ? action.query : uri.serviceApi}`, {});
  if (parsed.kind === 'invalid') return invalid(parsed.message);

  const { method, sendsBody } = readMethod(integration.integrationMethod);
  const exchange: Exchange = async ({ call, body, parameters }, signal) => {
    const own = ownHeaders(call, services.clock);
    const result = await compiled.send(
      {
        method,
        target: buildTarget(parsed.url, parameters.path, [parameters.query]),
        headers: combineHeaders(action ? action.addHeaders(own) : own, parameters.headers),
        body: sendsBody && body.length > 0 ? body : undefined,
        timeoutMilliseconds: integration.timeoutInMillis,
        trace: call.trace,
      },
      signal,
    );
    return result.kind === 'answered' ? { selection: String(result.status), ...result } : result;
  };
  return { kind: 'exchange', exchange };
}

function invalid(reason: string): Compiled {
  return { kind: 'invalid', reason };
}
