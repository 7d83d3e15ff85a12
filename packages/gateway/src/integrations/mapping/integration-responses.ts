import type { IntegrationRecord } from '../../model/api-head.ts';
import type { IntegrationResponse } from '../../model/resources.ts';
import type { ExchangeAnswer } from '../exchange.ts';
import type { IntegrationCall, IntegrationResult } from '../integration.ts';
import { RenderingError } from '../template/rendering.ts';
import { compileWholePattern, type WholePattern } from '../template/whole-pattern.ts';
import { compileResponseMapping, type ResponseMapping } from './response-mapping.ts';

export type CompiledIntegrationResponses =
  | {
      readonly kind: 'responses';
      /** Makes the client's answer of a back end's, by the integration response that is selected. */
      readonly answer: (call: IntegrationCall, answer: ExchangeAnswer) => IntegrationResult;
    }
  | { readonly kind: 'invalid'; readonly message: string };

/** The key of the integration response that is taken when no pattern matches. */
const defaultKey = '$default';

interface PatternResponse {
  readonly key: string;
  readonly pattern: WholePattern;
  readonly map: ResponseMapping;
}

/**
 * Compiles the integration responses of an integration. The patterns between the slashes are Java's and must match the
 * whole selected text; they are tried in the order of their keys, `$default` last. See the developer guide, "Set up
 * WebSocket API integration responses".
 */
export function compileIntegrationResponses(
  { integration, integrationResponses }: IntegrationRecord,
  stageVariables: Readonly<Record<string, string>>,
): CompiledIntegrationResponses {
  const { integrationId } = integration;
  const patterns: PatternResponse[] = [];
  let fallback: ResponseMapping | undefined;
  for (const response of sortByKey(integrationResponses)) {
    const mapping = compileResponseMapping(integrationId, response, stageVariables);
    if (mapping.kind === 'invalid') return mapping;
    const key = response.integrationResponseKey;
    if (key === defaultKey) {
      fallback = mapping.map;
      continue;
    }
    const compiled = compileWholePattern(key.replace(/^\/|\/$/g, ''));
    if (compiled.kind === 'invalid') return invalidKey(integrationId, key, compiled.message);
    patterns.push({ key, pattern: compiled.pattern, map: mapping.map });
  }
  const hasNone = patterns.length === 0 && !fallback;
  return {
    kind: 'responses',
    answer(call, answer) {
      if (hasNone) return withoutResponses(integrationId, call, answer);
      const selected = select(patterns, answer.selection);
      if (typeof selected === 'string') return misconfigured(`Integration "${integrationId}": ${selected}`);
      const map = selected?.map ?? fallback;
      return map ? map(call, answer) : withoutMatch(integrationId, answer);
    },
  };
}

function sortByKey(responses: Readonly<Record<string, IntegrationResponse>>): readonly IntegrationResponse[] {
  const keyOf = ({ integrationResponseKey }: IntegrationResponse): string => integrationResponseKey;
  return Object.values(responses).sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** The first response whose pattern matches, or a sentence that says why a pattern could not be tried. */
function select(
  patterns: readonly PatternResponse[],
  selection: string | undefined,
): PatternResponse | string | undefined {
  if (selection === undefined) return undefined;
  for (const response of patterns) {
    try {
      if (response.pattern.matches(selection)) return response;
    } catch (error) {
      if (!(error instanceof RenderingError)) throw error;
      return `the key "${response.key}" of an integration response cannot be matched: ${error.message}`;
    }
  }
  return undefined;
}

/** A handshake needs the status alone; whoever waits for a message needs at least one integration response. */
function withoutResponses(integrationId: string, call: IntegrationCall, { status }: ExchangeAnswer): IntegrationResult {
  if (call.kind === 'connect') return { kind: 'answered', status, headers: {}, body: new Uint8Array() };
  return misconfigured(
    `Integration "${integrationId}" has no integration response, so there is nothing to reply with; one with the key "${defaultKey}" is expected.`,
  );
}

function withoutMatch(integrationId: string, { status }: ExchangeAnswer): IntegrationResult {
  return misconfigured(
    `No integration response of integration "${integrationId}" matches the answer with status ${status}, and there is none with the key "${defaultKey}".`,
  );
}

function invalidKey(integrationId: string, key: string, reason: string): CompiledIntegrationResponses {
  const message = `Integration "${integrationId}" has an integration response with the key "${key}", which is no pattern: ${reason}`;
  return { kind: 'invalid', message };
}

function misconfigured(reason: string): IntegrationResult {
  return { kind: 'failed', cause: 'misconfigured', reason };
}
