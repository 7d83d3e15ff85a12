import { toHeaderValue } from '../../model/header.ts';
import { readJson } from '../../model/json.ts';
import {
  evaluateResponseParameter,
  parseResponseParameterMapping,
  type ResponseParameterMapping,
  type ResponseParameterScope,
} from '../../model/response-parameter-mapping.ts';
import { answerHeader, type ExchangeAnswer } from '../exchange.ts';
import type { IntegrationCall } from '../integration.ts';

type Headers = Readonly<Record<string, readonly string[]>>;

export type CompiledResponseParameters =
  | { readonly kind: 'parameters'; readonly map: (call: IntegrationCall, answer: ExchangeAnswer) => Headers }
  | { readonly kind: 'invalid'; readonly message: string };

const noHeaders: Headers = {};

/** Compiles the `responseParameters` of an integration response. Only the answer to a handshake has headers. */
export function compileResponseParameters(
  responseParameters: Readonly<Record<string, string>> | undefined,
  stageVariables: Readonly<Record<string, string>>,
): CompiledResponseParameters {
  const mappings: ResponseParameterMapping[] = [];
  for (const [key, value] of Object.entries(responseParameters ?? {})) {
    const parsed = parseResponseParameterMapping(key, value);
    if (parsed.kind === 'invalid') return parsed;
    mappings.push(parsed.mapping);
  }
  return {
    kind: 'parameters',
    map(call, answer) {
      if (call.kind !== 'connect' || mappings.length === 0) return noHeaders;
      const scope = createScope(call, answer, stageVariables);
      const headers: Record<string, readonly string[]> = Object.create(null);
      for (const mapping of mappings) {
        const values = evaluateResponseParameter(mapping, scope).map(toHeaderValue);
        if (values.length > 0) headers[mapping.header] = values;
      }
      return headers;
    },
  };
}

function createScope(
  { context }: IntegrationCall,
  answer: ExchangeAnswer,
  stageVariables: Readonly<Record<string, string>>,
): ResponseParameterScope {
  return {
    context,
    stageVariables,
    header: (name) => answerHeader(answer, name),
    body: () => readJson(Buffer.from(answer.body).toString('utf8')),
  };
}
