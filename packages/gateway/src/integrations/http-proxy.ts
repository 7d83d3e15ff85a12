import type { Clock } from '../clock.ts';
import { newTraceId } from '../model/request-id.ts';
import type { Integration } from '../model/resources.ts';
import { buildTarget, parseBackEndUrl } from './back-end-url.ts';
import { isEndToEndHeader, selectEndToEndHeaders } from './end-to-end-headers.ts';
import type { HttpClient } from './http-client.ts';
import { failing, type IntegrationCall, type IntegrationFunction } from './integration.ts';
import { compileRequestParameters, mapParameters } from './request-parameters.ts';

/** Used when `integrationMethod` is absent or the HTTP APIs' `ANY`. */
const defaultIntegrationMethod = 'POST';

/** A request with one of these methods carries no body. */
const bodilessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

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
  const method = readMethod(integration.integrationMethod);
  const sendsBody = !bodilessMethods.has(method);
  return (call, signal) => {
    const mapped = mapParameters(parameters.mappings, call, stageVariables);
    return client.send(
      {
        url: url.text,
        origin: url.origin,
        target: buildTarget(url, mapped.path, [call.kind === 'connect' ? call.handshake.query : '', mapped.query]),
        method,
        headers: buildHeaders(call, mapped.headers, clock),
        body: sendsBody && call.kind === 'message' ? call.text : undefined,
        timeoutMilliseconds: integration.timeoutInMillis,
      },
      signal,
    );
  };
}

function readMethod(integrationMethod: string | undefined): string {
  const method = integrationMethod?.toUpperCase() ?? defaultIntegrationMethod;
  return method === 'ANY' ? defaultIntegrationMethod : method;
}

type HeaderPairs = readonly (readonly [name: string, value: string])[];

function buildHeaders(call: IntegrationCall, mapped: HeaderPairs, clock: Clock): readonly string[] {
  const usable = mapped.filter(([name]) => name.toLowerCase() === 'host' || isEndToEndHeader(name));
  const replaced = new Set(usable.map(([name]) => name.toLowerCase()));
  const flat: string[] = [];
  for (const [name, value] of call.kind === 'connect' ? connectHeaders(call, clock) : ownHeaders(call, clock)) {
    if (!replaced.has(name.toLowerCase())) flat.push(name, value);
  }
  for (const [name, value] of usable) flat.push(name, value);
  return flat;
}

/** What the service sends with every request that is not a client's own. */
function ownHeaders({ context }: IntegrationCall, clock: Clock): HeaderPairs {
  const { apiId } = context.connection;
  return [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${apiId}`],
    ['X-Amzn-Apigateway-Api-Id', apiId],
    ['X-Amzn-Trace-Id', newTraceId(clock.now())],
  ];
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
