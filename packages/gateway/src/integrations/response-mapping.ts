import { readContextVariable } from '../model/request-context.ts';
import type { IntegrationResponse } from '../model/resources.ts';
import type { SelectionScope } from '../model/selection-expression.ts';
import { convertToBinary, convertToText } from './content-handling.ts';
import type { ExchangeAnswer } from './exchange.ts';
import type { IntegrationCall, IntegrationResult } from './integration.ts';
import { compileResponseParameters } from './response-parameters.ts';
import { compileTemplates } from './template-selection.ts';

/** Makes the client's answer of a back end's, as one integration response says. Never rejects. */
export type ResponseMapping = (call: IntegrationCall, answer: ExchangeAnswer) => Promise<IntegrationResult>;

export type CompiledResponseMapping =
  | { readonly kind: 'mapping'; readonly map: ResponseMapping }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Compiles an integration response: content handling, response template, response parameters. Without a template the back
 * end's body is the answer; of its headers only the mapped ones are.
 */
export function compileResponseMapping(
  integrationId: string,
  response: IntegrationResponse,
  stageVariables: Readonly<Record<string, string>>,
): CompiledResponseMapping {
  const { contentHandlingStrategy, responseTemplates, templateSelectionExpression } = response;
  const subject = `the integration response "${response.integrationResponseKey}" of integration "${integrationId}"`;
  const compiled = compileTemplates(responseTemplates, templateSelectionExpression, stageVariables);
  if (compiled.kind === 'invalid') return compiled;
  const parameters = compileResponseParameters(response.responseParameters, stageVariables);
  if (parameters.kind === 'invalid') return parameters;

  const map: ResponseMapping = async (call, answer) => {
    const received = contentHandlingStrategy === 'CONVERT_TO_TEXT' ? convertToText(answer.body) : answer.body;
    const template = compiled.templates.select(selectionScope(call, answer));
    let body = received;
    if (template) {
      const text = Buffer.from(received).toString('utf8');
      const contextVariables = new Map([['status', String(answer.status)]]);
      const rendered = await template.render({ call, body: text, contextVariables });
      if (rendered.kind === 'failed') {
        return misconfigured(`The template "${template.key}" of ${subject} cannot be rendered: ${rendered.reason}`);
      }
      body = Buffer.from(rendered.text, 'utf8');
    }
    if (contentHandlingStrategy === 'CONVERT_TO_BINARY') {
      const converted = convertToBinary(Buffer.from(body).toString('utf8'));
      if (!converted) return misconfigured(`What ${subject} converts to binary is not in Base64.`);
      body = converted;
    }
    return { kind: 'answered', status: answer.status, headers: parameters.map(call, answer), body };
  };
  return { kind: 'mapping', map };
}

/** The developer guide, "Template selection expressions": the client's message, and status and headers of the answer. */
function selectionScope(call: IntegrationCall, answer: ExchangeAnswer): SelectionScope {
  const headers = (name: string): readonly string[] => [answer.headers[name.toLowerCase()] ?? []].flat();
  return {
    body: call.kind === 'message' ? call.json : undefined,
    variable(source, name) {
      switch (source) {
        case 'integration.response.statuscode':
          return String(answer.status);
        case 'integration.response.header':
          return headers(name).at(-1);
        case 'integration.response.multivalueheader':
          return `[${headers(name).join(', ')}]`;
        case 'context':
          return readContextVariable(call.context, name);
        default:
          return undefined;
      }
    },
  };
}

function misconfigured(reason: string): IntegrationResult {
  return { kind: 'failed', cause: 'misconfigured', reason };
}
