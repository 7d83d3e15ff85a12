import type { Integration } from '../model/resources.ts';
import {
  evaluateSelectionExpression,
  parseSelectionExpression,
  type SelectionExpression,
} from '../model/selection-expression.ts';
import { failing, type IntegrationCall, type IntegrationFunction, type IntegrationResult } from './integration.ts';
import { compileRequestTemplate, type RequestTemplate } from './request-template.ts';

/**
 * The status of a MOCK integration that has no request template. The service needs a template that gives a `statusCode`;
 * here an integration without any is taken as one that always succeeds.
 */
const statusWithoutTemplate = 200;

/** Where the single template of an integration stands when nothing selects one. */
const defaultTemplateKey = '$default';

/**
 * Compiles a MOCK integration: the selected request template is rendered, and what it gives is JSON with a numeric
 * `statusCode`, which is the answer. Nothing is called and the answer has no body.
 */
export function compileMock(
  integration: Integration,
  stageVariables: Readonly<Record<string, string>>,
): IntegrationFunction {
  const templates = Object.entries(integration.requestTemplates ?? {});
  if (templates.length === 0) return async () => answer(statusWithoutTemplate);

  const parsed = parseSelectionExpression(integration.templateSelectionExpression ?? `\\${defaultTemplateKey}`);
  if (parsed.kind === 'invalid') return failing('misconfigured', parsed.message);

  const compiled = new Map(
    templates.map(([key, text]) => [key, { key, render: compileRequestTemplate(text, stageVariables) }]),
  );
  const withoutMatch = resultWithoutMatch(integration);
  return async (call) => {
    const selected = compiled.get(selectTemplate(parsed.expression, call)) ?? compiled.get(defaultTemplateKey);
    return selected ? renderAnswer(integration, selected, call) : withoutMatch;
  };
}

function selectTemplate(expression: SelectionExpression, call: IntegrationCall): string {
  return evaluateSelectionExpression(expression, { body: call.kind === 'message' ? call.json : undefined });
}

async function renderAnswer(
  integration: Integration,
  { key, render }: { readonly key: string; readonly render: RequestTemplate },
  call: IntegrationCall,
): Promise<IntegrationResult> {
  const subject = `The request template "${key}" of MOCK integration "${integration.integrationId}"`;
  const rendered = await render(call);
  if (rendered.kind === 'failed') return misconfigured(`${subject} cannot be rendered: ${rendered.reason}`);
  const status = readStatusCode(rendered.text);
  if (status !== undefined) return answer(status);
  return misconfigured(`${subject} must give JSON with a numeric "statusCode" from 200 to 599.`);
}

function readStatusCode(text: string): number | undefined {
  try {
    const value = JSON.parse(text) as { readonly statusCode?: unknown } | null;
    const status = value?.statusCode;
    return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599 ? Number(status) : undefined;
  } catch {
    return undefined;
  }
}

function resultWithoutMatch(integration: Integration): IntegrationResult {
  return misconfigured(
    `No request template of MOCK integration "${integration.integrationId}" was selected, and there is none under "${defaultTemplateKey}".`,
  );
}

function answer(status: number): IntegrationResult {
  return { kind: 'answered', status, headers: {}, body: new Uint8Array() };
}

function misconfigured(reason: string): IntegrationResult {
  return { kind: 'failed', cause: 'misconfigured', reason };
}
