import { describe, expect, it } from 'vitest';
import type { IntegrationResult } from '../integrations/integration.ts';
import { describeNoAnswer, type GatewayRefusal } from './request-error.ts';

const internal = 'Internal server error';

describe('describeNoAnswer', () => {
  it.each<[Exclude<IntegrationResult, { kind: 'answered' }>, GatewayRefusal]>([
    [
      { kind: 'timed-out', reason: 'x' },
      { status: 504, message: 'Endpoint request timed out', responseType: 'INTEGRATION_TIMEOUT' },
    ],
    [
      { kind: 'failed', cause: 'unreachable', reason: 'x' },
      { status: 504, message: internal, responseType: 'INTEGRATION_FAILURE' },
    ],
    [
      { kind: 'failed', cause: 'bad-answer', reason: 'x' },
      { status: 502, message: internal, responseType: 'INTEGRATION_FAILURE' },
    ],
    [
      { kind: 'failed', cause: 'misconfigured', reason: 'x' },
      { status: 500, message: internal, responseType: 'API_CONFIGURATION_ERROR' },
    ],
    [
      { kind: 'failed', cause: 'no-template', reason: 'x' },
      { status: 415, message: 'Unsupported Media Type', responseType: 'UNSUPPORTED_MEDIA_TYPE' },
    ],
    [
      { kind: 'failed', cause: 'unsupported', reason: 'x' },
      { status: 501, message: internal, responseType: 'DEFAULT_5XX' },
    ],
  ])('says of %j: %j', (result, expected) => {
    expect(describeNoAnswer(result)).toEqual(expected);
  });
});
