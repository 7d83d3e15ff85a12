import type { HttpExchangeRequest, Transport } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { withStableApiIds } from './stable-api-ids.ts';

describe('withStableApiIds', () => {
  const request = (overrides: Partial<HttpExchangeRequest>): HttpExchangeRequest => ({
    method: 'POST',
    url: 'http://127.0.0.1:4610/v2/apis',
    headers: {},
    sourceName: 'apiGatewayV2',
    workflowId: 'build',
    stepId: 'createApi',
    ...overrides,
  });

  async function chosenIds(
    identity: string,
    statuses: readonly number[],
    overrides: Partial<HttpExchangeRequest> = {},
  ) {
    const ids: (string | undefined)[] = [];
    const remaining = [...statuses];
    const recording: Transport = {
      async send({ headers }) {
        ids.push(headers['x-gatewright-api-id']);
        return { status: remaining.shift() ?? 0, headers: {}, body: new Uint8Array() };
      },
      close: () => undefined,
    };
    const transport = withStableApiIds(recording, 'http://127.0.0.1:4610', identity);
    for (const _status of statuses) await transport.send(request(overrides), new AbortController().signal);
    return ids;
  }

  it('asks for the same id for the same document, workflow and step', async () => {
    const [first] = await chosenIds('chat.yaml', [201]);
    expect(first).toMatch(/^[a-z0-9]{10}$/);
    expect(await chosenIds('chat.yaml', [201])).toEqual([first]);
  });

  it('asks for another id for another document, workflow or step', async () => {
    const ids = [
      ...(await chosenIds('chat.yaml', [201])),
      ...(await chosenIds('other.yaml', [201])),
      ...(await chosenIds('chat.yaml', [201], { workflowId: 'other' })),
      ...(await chosenIds('chat.yaml', [201], { stepId: 'other' })),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('asks for another id once a step has created an API, and for the same one when it is retried', async () => {
    const [refused, created, next] = await chosenIds('chat.yaml', [500, 201, 201]);
    expect(created).toBe(refused);
    expect(next).not.toBe(created);
  });

  it('leaves other requests alone', async () => {
    expect(await chosenIds('chat.yaml', [201], { url: 'http://127.0.0.1:4610/v2/apis/a/routes' })).toEqual([undefined]);
    expect(await chosenIds('chat.yaml', [200], { method: 'GET' })).toEqual([undefined]);
    expect(await chosenIds('chat.yaml', [201], { url: 'http://other.example/v2/apis' })).toEqual([undefined]);
  });
});
