import { describe, expect, it } from 'vitest';
import type { IntegrationFailure, IntegrationResult } from '../integrations/integration.ts';
import type { RequestContext } from '../model/request-context.ts';
import type { IntegrationType } from '../model/resources.ts';
import { countOutcome } from './count-outcome.ts';
import { createMetrics, type RequestCounts } from './metrics.ts';
import type { RequestOutcome } from './request-outcome.ts';

type Counted = Partial<Record<keyof RequestCounts, number>>;

const error = { message: 'x', responseType: 'X' };
const answered = (status: number): IntegrationResult => ({
  kind: 'answered',
  status,
  headers: {},
  body: new Uint8Array(),
});
const failed = (cause: IntegrationFailure): IntegrationResult => ({ kind: 'failed', cause, reason: 'x' });
const called = (result: IntegrationResult, type: IntegrationType = 'HTTP_PROXY') => ({
  called: { type, result, milliseconds: 7 },
});

describe('countOutcome', () => {
  it.each<[string, RequestContext['eventType'], RequestOutcome, Counted]>([
    ['an accepted connect', 'CONNECT', { status: 200 }, { connectCount: 1, messageCount: 1 }],
    [
      'a connect that its integration refused',
      'CONNECT',
      { status: 403, ...called(answered(403)) },
      { connectCount: 1, messageCount: 1, integrationError: 1, integrationLatency: 1 },
    ],
    ['a connect that the gateway refused', 'CONNECT', { status: 429, error }, { clientError: 1 }],
    [
      'a message without an answer',
      'MESSAGE',
      { status: 200, ...called(answered(200)) },
      { messageCount: 1, integrationLatency: 1 },
    ],
    [
      'a message with an answer',
      'MESSAGE',
      { status: 200, isReplied: true, ...called(answered(200)) },
      { messageCount: 2, integrationLatency: 1 },
    ],
    ['a message that no route takes', 'MESSAGE', { status: 403, error }, { clientError: 1 }],
    ['a message to a MOCK', 'MESSAGE', { status: 200, ...called(answered(200), 'MOCK') }, { messageCount: 1 }],
    [
      'an answer of 500',
      'MESSAGE',
      { status: 500, ...called(answered(500)) },
      { messageCount: 1, integrationError: 1, integrationLatency: 1 },
    ],
    [
      'a function’s answer of 503',
      'MESSAGE',
      { status: 503, ...called(answered(503), 'AWS_PROXY') },
      { messageCount: 1, executionError: 1, integrationLatency: 1 },
    ],
    [
      'a function’s answer of 404',
      'MESSAGE',
      { status: 404, ...called(answered(404), 'AWS_PROXY') },
      { messageCount: 1, integrationError: 1, integrationLatency: 1 },
    ],
    [
      'a back end that is not there',
      'MESSAGE',
      { status: 504, error, ...called(failed('unreachable')) },
      { messageCount: 1, executionError: 1, integrationLatency: 1 },
    ],
    [
      'an integration that takes too long',
      'MESSAGE',
      { status: 504, error, ...called({ kind: 'timed-out', reason: 'x' }) },
      { messageCount: 1, executionError: 1, integrationLatency: 1 },
    ],
    [
      'an answer that cannot be sent on',
      'MESSAGE',
      { status: 500, error, ...called(answered(200)) },
      { messageCount: 1, executionError: 1, integrationLatency: 1 },
    ],
    [
      'a client that left during its handshake',
      'CONNECT',
      { status: 500, error, ...called(failed('abandoned')) },
      { connectCount: 1, messageCount: 1 },
    ],
    ['a disconnect', 'DISCONNECT', { status: 200, ...called(answered(200)) }, { integrationLatency: 1 }],
    [
      'a disconnect whose integration fails',
      'DISCONNECT',
      { status: 504, error, ...called(failed('unreachable')) },
      { executionError: 1, integrationLatency: 1 },
    ],
  ])('counts %s', (_case, eventType, outcome, expected) => {
    const counts = createMetrics().counts('a', 'dev');
    countOutcome(counts, eventType, outcome);
    const { integrationLatency, ...numbers } = counts;
    const nothing = { connectCount: 0, messageCount: 0, integrationError: 0, clientError: 0, executionError: 0 };
    expect({ ...numbers, integrationLatency: integrationLatency.counts.reduce((sum, count) => sum + count) }).toEqual({
      ...nothing,
      integrationLatency: 0,
      ...expected,
    });
  });
});
