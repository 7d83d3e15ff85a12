import { expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { startBenchBackEnd } from '../../testing/gateway-bench.ts';
import { createHttpClient } from './http-client.ts';

it('keeps connections to as many back ends as are configured', async () => {
  const client = createHttpClient(systemClock);
  const outcomes = new Set<unknown>();
  for (let count = 0; count < 300; count++) {
    const { url } = await startBenchBackEnd(() => ({ body: 'here' }));
    const request = { url, origin: url, target: '/', method: 'GET', headers: [], body: undefined };
    const result = await client.send({ ...request, timeoutMilliseconds: 10_000 });
    outcomes.add(result.kind === 'answered' ? result.status : result.reason);
  }
  await client.close();
  expect([...outcomes]).toEqual([200]);
});
