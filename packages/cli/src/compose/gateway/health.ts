import { get } from 'node:http';
import { json } from 'node:stream/consumers';

/** What a Gatewright says of itself. */
export interface GatewayHealth {
  readonly status: string;
  /** Whether APIs answer at their bare endpoints before they are deployed. */
  readonly draft: boolean;
}

const timeoutMilliseconds = 2000;

/** `undefined` when the server does not answer in time, or is no Gatewright. */
export async function readHealth(gateway: string): Promise<GatewayHealth | undefined> {
  const url = new URL(`${gateway.replace(/\/+$/, '')}/_gatewright/health`);
  if (url.protocol !== 'http:') return undefined;
  try {
    const answer = await request(url);
    return typeof answer === 'object' && answer !== null && 'draft' in answer ? (answer as GatewayHealth) : undefined;
  } catch {
    return undefined;
  }
}

function request(url: URL): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, signal: AbortSignal.timeout(timeoutMilliseconds) };
    get(url, options, (response) => {
      json(response).then(resolve, reject);
    }).on('error', reject);
  });
}
