import { createHttpTransport } from '@gatewright/arazzo';

/**
 * The least that a chain of requests can cost: a loop that sends them through the engine's own transport, one after the
 * other, and reads from each answer what the next request needs. It has no document, no checks, no time limits and no output:
 * what the engine costs beyond it is what being an engine costs.
 */
const [url, count] = process.argv.slice(2);
const transport = createHttpTransport();
const { signal } = new AbortController();
let id = '0';
for (let step = 0; step < Number(count); step += 1) {
  const request = {
    method: 'GET',
    url: `${url}/items/${id}`,
    headers: { accept: 'application/json' },
    sourceName: 'api',
    workflowId: 'w',
    stepId: `s${step}`,
  };
  const { body } = await transport.send(request, signal);
  id = JSON.parse(Buffer.from(body).toString('utf8')).next;
}
transport.close();
