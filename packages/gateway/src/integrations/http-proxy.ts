import type { Clock } from '../clock.ts';
import { newTraceId } from '../model/request-id.ts';
import type { Integration } from '../model/resources.ts';
import { selectEndToEndHeaders } from './back-end/end-to-end-headers.ts';
import type { HttpClient } from './back-end/http-client.ts';
import { combineHeaders, type HeaderPairs, ownHeaders, readMethod } from './back-end/request.ts';
import { buildTarget, parseBackEndUrl } from './back-end/url.ts';
import { failing, type IntegrationCall, type IntegrationFunction } from './integration.ts';
import { compileRequestParameters, mapParameters } from './mapping/request-parameters.ts';

/**
 * Compiles an HTTP_PROXY integration. On `$connect` the back end gets the client's headers and query without a body, on a
 * message its text as the body; mapped parameters come on top and replace headers of the same name. No connection id is
 * sent unless it is mapped. See the developer guide, "Working with WebSocket API integrations".
 */
export function compileHttpProxy(
  integration: Integration,
  stageVariables: Readonly<Record<string, string>>,
  { client, clock }: { readonly client: HttpClient; readonly clock: Clock },
): IntegrationFunction {
  const parsed = parseBackEndUrl(integration.integrationUri ?? '', stageVariables);
  if (parsed.kind === 'invalid') return failing('misconfigured', parsed.message);
  const parameters = compileRequestParameters(integration.requestParameters);
  if (parameters.kind === 'invalid') return failing('misconfigured', parameters.message);

  const { url } = parsed;
  const { method, sendsBody } = readMethod(integration.integrationMethod);
  return (call, signal) => {
    const mapped = mapParameters(parameters.mappings, call, stageVariables);
    return client.send(
      {
        url: url.text,
        origin: url.origin,
        target: buildTarget(url, mapped.path, [call.kind === 'connect' ? call.handshake.query : '', mapped.query]),
        method,
        headers: combineHeaders(
          call.kind === 'connect' ? connectHeaders(call, clock) : ownHeaders(call, clock),
          mapped.headers,
        ),
        body: sendsBody && call.kind === 'message' ? call.text : undefined,
        timeoutMilliseconds: integration.timeoutInMillis,
        trace: call.trace,
      },
      signal,
    );
  };
}

const forwardedNames: ReadonlySet<string> = new Set([
  'x-amzn-apigateway-api-id',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** The client's own headers and those that the service's front end adds; its port and scheme are always the public ones. */
function connectHeaders(
  { context, handshake }: Extract<IntegrationCall, { kind: 'connect' }>,
  clock: Clock,
): HeaderPairs {
  return [
    ...selectEndToEndHeaders(handshake.headers).filter(([name]) => !forwardedNames.has(name.toLowerCase())),
    ['X-Amzn-Apigateway-Api-Id', context.connection.apiId],
    ['X-Amzn-Trace-Id', newTraceId(clock.now())],
    ['X-Forwarded-For', context.connection.sourceIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}
