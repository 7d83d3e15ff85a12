import type { Integration } from '../model/resources.ts';
import {
  evaluateSelectionExpression,
  parseSelectionExpression,
  type SelectionExpression,
} from '../model/selection-expression.ts';
import { failing, type IntegrationCall, type IntegrationFunction, type IntegrationResult } from './integration.ts';

/**
 * The status of a MOCK integration that has no request template. The service needs a template that gives a `statusCode`;
 * here an integration without any is taken as one that always succeeds.
 */
const statusWithoutTemplate = 200;

/** Where the single template of an integration stands when nothing selects one. */
const defaultTemplateKey = '$default';

/**
 * Compiles a MOCK integration: the selected request template is JSON with a numeric `statusCode`, which is the answer.
 * Nothing is called and the answer has no body. A template in the Velocity Template Language is refused.
 */
export function compileMock(integration: Integration): IntegrationFunction {
  const templates = new Map(Object.entries(integration.requestTemplates ?? {}));
  if (templates.size === 0) return async () => answer(statusWithoutTemplate);

  const parsed = parseSelectionExpression(integration.templateSelectionExpression ?? `\\${defaultTemplateKey}`);
  if (parsed.kind === 'invalid') return failing('misconfigured', parsed.message);

  const results = new Map([...templates].map(([key, text]) => [key, readTemplate(integration, key, text)]));
  const withoutMatch = resultWithoutMatch(integration);
  return async (call) => {
    const key = selectTemplate(parsed.expression, call);
    return results.get(key) ?? results.get(defaultTemplateKey) ?? withoutMatch;
  };
}

function selectTemplate(expression: SelectionExpression, call: IntegrationCall): string {
  return evaluateSelectionExpression(expression, { body: call.kind === 'message' ? call.json : undefined });
}

function readTemplate(integration: Integration, key: string, text: string): IntegrationResult {
  const subject = `The request template "${key}" of MOCK integration "${integration.integrationId}"`;
  if (/[#$]/.test(text)) {
    return unsupported(
      `${subject} uses the Velocity Template Language, which is not supported yet; plain JSON is expected.`,
    );
  }
  const status = readStatusCode(text);
  if (status === undefined)
    return misconfigured(`${subject} must be JSON with a numeric "statusCode" from 200 to 599.`);
  return answer(status);
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

function unsupported(reason: string): IntegrationResult {
  return { kind: 'failed', cause: 'unsupported', reason };
}
