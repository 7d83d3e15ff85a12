import type { IntegrationRecord } from '../model/api-head.ts';
import type { Exchange } from './exchange.ts';
import { failing, type IntegrationCall, type IntegrationFunction } from './integration.ts';
import { compileIntegrationResponses } from './mapping/integration-responses.ts';
import { compileRequestBody } from './mapping/request-body.ts';
import { compileRequestParameters, mapParameters } from './mapping/request-parameters.ts';

/**
 * Compiles a non-proxy integration (AWS, HTTP, MOCK): request template, request parameters, the exchange with the back
 * end, integration response. What cannot be compiled fails when it is called, and says why.
 */
export function compileNonProxy(
  record: IntegrationRecord,
  stageVariables: Readonly<Record<string, string>>,
  exchange: Exchange,
): IntegrationFunction {
  const { integration } = record;
  const parameters = compileRequestParameters(integration.requestParameters);
  if (parameters.kind === 'invalid') return failing('misconfigured', parameters.message);
  const requestBody = compileRequestBody(integration, stageVariables);
  if (requestBody.kind === 'invalid') return failing('misconfigured', requestBody.message);
  const responses = compileIntegrationResponses(record, stageVariables);
  if (responses.kind === 'invalid') return failing('misconfigured', responses.message);

  return async (call, signal) => {
    const made = requestBody.make(call);
    if (made.kind === 'failed') return made;
    const { body, templateKey } = made;
    const request = {
      call,
      body,
      parameters: mapParameters(parameters.mappings, call, stageVariables),
      ...(templateKey !== undefined && { templateKey }),
    };
    const result = await exchange(request, signal);
    if (result.kind !== 'answered') return result;
    if (isAnswerWanted(call)) return responses.answer(call, result);
    return { kind: 'answered', status: result.status, headers: {}, body: new Uint8Array() };
  };
}

/** What nobody reads is not made: an integration response has no effect on a one-way route, nor on `$disconnect`. */
function isAnswerWanted(call: IntegrationCall): boolean {
  return call.kind === 'connect' || (call.kind === 'message' && call.wantsReply);
}
