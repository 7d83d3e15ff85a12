import { createHash } from 'node:crypto';
import type { Transport } from '@gatewright/arazzo';
import { dialectBaseUrl, dialects } from '../../dialect.ts';

/**
 * Makes `up` repeatable: each API that a step creates asks the gateway for an id derived from the document's name and
 * title, the workflow, the step and how often it has created one in this run. The same document therefore gives the same
 * URLs at every start. Only the gateway itself is asked.
 */
export function withStableApiIds(transport: Transport, gateway: string, identity: string): Transport {
  const created = new Map<string, number>();
  const creations = new Set(dialects.map((dialect) => `${dialectBaseUrl(gateway, dialect)}/v2/apis`));
  return {
    close: () => transport.close(),
    async send(request, signal) {
      if (request.method !== 'POST' || !creations.has(request.url)) return transport.send(request, signal);
      const step = JSON.stringify([identity, request.workflowId, request.stepId]);
      const occurrence = created.get(step) ?? 0;
      const headers = { ...request.headers, 'x-gatewright-api-id': stableApiId(step, occurrence) };
      const response = await transport.send({ ...request, headers }, signal);
      if (response.status === 201) created.set(step, occurrence + 1);
      return response;
    },
  };
}

/** Ten characters of `[a-z0-9]`, the form of an API's id. */
function stableApiId(step: string, occurrence: number): string {
  const digest = createHash('sha256').update(`${step}#${occurrence}`).digest();
  return (digest.readBigUInt64BE() % 36n ** 10n).toString(36).padStart(10, '0');
}
