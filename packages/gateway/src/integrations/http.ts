import type { Clock } from '../clock.ts';
import type { IntegrationRecord } from '../model/api-head.ts';
import type { HttpClient } from './back-end/http-client.ts';
import { combineHeaders, ownHeaders, readMethod } from './back-end/request.ts';
import { buildTarget, parseBackEndUrl } from './back-end/url.ts';
import { failing, type IntegrationFunction } from './integration.ts';
import { compileNonProxy } from './non-proxy.ts';

/** More than a message may have, for a response template can take a part of it: eight times as much. */
const maxAnswerBytes = 1_048_576;

/**
 * Compiles an HTTP integration: the back end gets what the request template makes and what is mapped, and nothing of the
 * client's own headers and query; an integration response makes the client's answer of its. See the developer guide,
 * "Set up a WebSocket API integration request".
 */
export function compileHttp(
  record: IntegrationRecord,
  stageVariables: Readonly<Record<string, string>>,
  { client, clock }: { readonly client: HttpClient; readonly clock: Clock },
): IntegrationFunction {
  const { integration } = record;
  const parsed = parseBackEndUrl(integration.integrationUri ?? '', stageVariables);
  if (parsed.kind === 'invalid') return failing('misconfigured', parsed.message);
  const { url } = parsed;
  const { method, sendsBody } = readMethod(integration.integrationMethod);
  return compileNonProxy(record, stageVariables, async ({ call, body, parameters }, signal) => {
    const result = await client.send(
      {
        url: url.text,
        origin: url.origin,
        target: buildTarget(url, parameters.path, [parameters.query]),
        method,
        headers: combineHeaders(ownHeaders(call, clock), parameters.headers),
        body: sendsBody && body.length > 0 ? body : undefined,
        timeoutMilliseconds: integration.timeoutInMillis,
        trace: call.trace,
        maxAnswerBytes,
      },
      signal,
    );
    return result.kind === 'answered' ? { selection: String(result.status), ...result } : result;
  });
}
