import { isRecord, readJson } from '../model/json.ts';
import type { Integration } from '../model/resources.ts';
import type { Exchange, ExchangeResult } from './exchange.ts';

/**
 * The status of a MOCK integration that has no request template. The service needs a template that gives a `statusCode`;
 * here an integration without any is taken as one that always succeeds.
 */
const statusWithoutTemplate = 200;

/**
 * The exchange of a MOCK integration: nothing is called. What the request template makes is JSON with a numeric
 * `statusCode`, which is the status of an answer without a body.
 */
export function createMockExchange({ integrationId, requestTemplates = {} }: Integration): Exchange {
  if (Object.keys(requestTemplates).length === 0) return async () => answer(statusWithoutTemplate);
  return async ({ body, templateKey }) => {
    const status = readStatusCode(String(body));
    if (status !== undefined) return answer(status);
    const subject =
      templateKey === undefined
        ? `A message that no request template of MOCK integration "${integrationId}" was selected for`
        : `The request template "${templateKey}" of MOCK integration "${integrationId}"`;
    const reason = `${subject} must give JSON with a numeric "statusCode" from 200 to 599.`;
    return { kind: 'failed', cause: 'misconfigured', reason };
  };
}

function readStatusCode(text: string): number | undefined {
  const value = readJson(text);
  const status = isRecord(value) ? value.statusCode : undefined;
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599 ? Number(status) : undefined;
}

function answer(status: number): ExchangeResult {
  return { kind: 'answered', status, headers: {}, body: new Uint8Array(), selection: String(status) };
}
