import { expect, it } from 'vitest';
import type { RequestContext } from '../model/request-context.ts';
import { createExecutionLog } from './execution-log.ts';

it('cuts a text of more than 1024 bytes, between characters', () => {
  const texts: string[] = [];
  const log = createExecutionLog({
    level: 'INFO',
    isTraced: true,
    now: () => 0,
    write: ({ text }) => texts.push(text),
  });
  const context: RequestContext = {
    connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
    eventType: 'MESSAGE',
    routeKey: 'r',
    requestId: 'R',
    requestTimeEpoch: 0,
  };
  log.trace(context)?.received({ status: 200, headers: [], body: '€'.repeat(2000), milliseconds: 1 });
  const start = 'Endpoint response body before transformations: ';
  expect(texts.at(-1)).toBe(`(R) ${start}${'€'.repeat(Math.floor((1024 - start.length) / 3))}[TRUNCATED]`);
});
