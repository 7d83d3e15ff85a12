import { isToken, toHeaderValue } from '../../model/header.ts';
import { readJson } from '../../model/json.ts';
import { parseJsonPath, readJsonPath } from '../../model/json-path.ts';
import { maxMessageBytes } from '../../model/message-size.ts';
import { readContextVariable } from '../../model/request-context.ts';
import type { IntegrationResponse } from '../../model/resources.ts';
import { renderSelectedValue, type SelectionScope } from '../../model/selection-expression.ts';
import { answerHeader, type ExchangeAnswer } from '../exchange.ts';
import type { IntegrationCall, IntegrationResult } from '../integration.ts';
import { createResponseOverride } from '../template/response-override.ts';
import { convertToBinary, convertToText } from './content-handling.ts';
import { compileResponseParameters } from './response-parameters.ts';
import { compileTemplates, type KeyedTemplate } from './template-selection.ts';

/** Makes the client's answer of a back end's, as one integration response says. */
export type ResponseMapping = (call: IntegrationCall, answer: ExchangeAnswer) => IntegrationResult;

export type CompiledResponseMapping =
  | { readonly kind: 'mapping'; readonly map: ResponseMapping }
  | { readonly kind: 'invalid'; readonly message: string };

type Answered = Extract<IntegrationResult, { kind: 'answered' }>;

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

  const map: ResponseMapping = (call, answer) => {
    const { status } = answer;
    const body = contentHandlingStrategy === 'CONVERT_TO_TEXT' ? convertToText(answer.body) : answer.body;
    const received: Answered = { kind: 'answered', status, headers: parameters.map(call, answer), body };
    const template = compiled.templates.select(selectionScope(call, answer));
    const made = template ? render(template, subject, call, received) : received;
    if (made.kind !== 'answered') return made;
    if (contentHandlingStrategy !== 'CONVERT_TO_BINARY') return bound(made, subject);
    const converted = convertToBinary(Buffer.from(made.body).toString('utf8'));
    if (converted) return bound({ ...made, body: converted }, subject);
    return misconfigured(`What ${subject} converts to binary is not in Base64.`);
  };
  return { kind: 'mapping', map };
}

function render(
  { key, render: renderTemplate }: KeyedTemplate,
  subject: string,
  call: IntegrationCall,
  received: Answered,
): IntegrationResult {
  const responseOverride = createResponseOverride();
  const rendered = renderTemplate({
    call,
    body: Buffer.from(received.body).toString('utf8'),
    contextVariables: new Map([['status', String(received.status)]]),
    responseOverride,
  });
  if (rendered.kind === 'failed') {
    return misconfigured(`The template "${key}" of ${subject} cannot be rendered: ${rendered.reason}`);
  }
  const status = responseOverride.status() ?? String(received.status);
  if (!statusPattern.test(status)) {
    return misconfigured(`The template "${key}" of ${subject} sets the status "${status}"; 200 to 599 is expected.`);
  }
  const overridden = responseOverride
    .headers()
    .filter(([name]) => isToken(name))
    .map(([name, value]) => [name.toLowerCase(), [toHeaderValue(value)]] as const);
  return {
    kind: 'answered',
    status: Number(status),
    headers: { ...received.headers, ...Object.fromEntries(overridden) },
    body: Buffer.from(rendered.text, 'utf8'),
  };
}

function bound(made: Answered, subject: string): IntegrationResult {
  if (made.body.length <= maxMessageBytes) return made;
  const reason = `What ${subject} makes is ${made.body.length} bytes long; at most ${maxMessageBytes} are expected.`;
  return { kind: 'failed', cause: 'bad-answer', reason };
}

const statusPattern = /^[2-5]\d\d$/;

/** The developer guide, "Template selection expressions": the client's message, and status and headers of the answer. */
function selectionScope(call: IntegrationCall, answer: ExchangeAnswer): SelectionScope {
  const headers = (name: string): readonly string[] => answerHeader(answer, name.toLowerCase());
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
        case 'integration.response.body':
          return readBody(answer, name);
        case 'context':
          return readContextVariable(call.context, name);
        default:
          return undefined;
      }
    },
  };
}

function readBody({ body }: ExchangeAnswer, name: string): string {
  const parsed = parseJsonPath(`.${name}`);
  return parsed.kind === 'path'
    ? renderSelectedValue(readJsonPath(readJson(Buffer.from(body).toString('utf8')), parsed.path))
    : '';
}

function misconfigured(reason: string): IntegrationResult {
  return { kind: 'failed', cause: 'misconfigured', reason };
}
