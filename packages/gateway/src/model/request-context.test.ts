import { describe, expect, it } from 'vitest';
import { formatRequestTime, type RequestContext, readContextVariable } from './request-context.ts';

const context: RequestContext = {
  connection: {
    apiId: 'a1b2c3d4e5',
    stage: 'dev',
    domainName: 'localhost:4610',
    connectionId: 'gbzQ0AbCdEfGhIjKLw==',
    connectedAt: 1790294473687,
    sourceIp: '203.0.113.7',
  },
  eventType: 'MESSAGE',
  routeKey: 'echo',
  requestId: 'EMsgAbCdEfGhIjk=',
  requestTimeEpoch: 1790294474694,
  messageId: 'gbzQ1ZyXwVuTsRqKLw==',
};

describe('readContextVariable', () => {
  it.each([
    ['apiId', 'a1b2c3d4e5'],
    ['connectedAt', '1790294473687'],
    ['connectionId', 'gbzQ0AbCdEfGhIjKLw=='],
    ['domainName', 'localhost:4610'],
    ['eventType', 'MESSAGE'],
    ['extendedRequestId', 'EMsgAbCdEfGhIjk='],
    ['identity.sourceIp', '203.0.113.7'],
    ['identity.userAgent', undefined],
    ['messageId', 'gbzQ1ZyXwVuTsRqKLw=='],
    ['requestId', 'EMsgAbCdEfGhIjk='],
    ['requestTime', '25/Sep/2026:00:01:14 +0000'],
    ['requestTimeEpoch', '1790294474694'],
    ['routeKey', 'echo'],
    ['stage', 'dev'],
    ['constructor', undefined],
    ['authorizer.principalId', undefined],
  ])('gives "%s" the value %j', (name, value) => {
    expect(readContextVariable(context, name)).toBe(value);
  });
});

describe('formatRequestTime', () => {
  it('writes the time in UTC as the common log does', () => {
    expect(formatRequestTime(Date.UTC(2027, 0, 2, 3, 4, 5, 678))).toBe('02/Jan/2027:03:04:05 +0000');
  });
});
