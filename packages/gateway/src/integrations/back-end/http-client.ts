import type { Agent, Dispatcher } from 'undici';
import type { Clock } from '../../clock.ts';
import { maxMessageBytes } from '../../model/message-size.ts';
import type { IntegrationResult, IntegrationTrace } from '../integration.ts';
import { describeBackEndFailure } from './failure.ts';

interface BackEndRequest {
  /** Names the back end in messages. */
  readonly url: string;
  readonly origin: string;
  /** Path and query. */
  readonly target: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | undefined;
  readonly timeoutMilliseconds: number;
  /** Default: as long as a message may be. */
  readonly maxAnswerBytes?: number;
  readonly trace?: IntegrationTrace | undefined;
}

/** Calls HTTP back ends over connections that are kept and shared. */
export interface HttpClient {
  /** Never rejects. */
  send(request: BackEndRequest, signal?: AbortSignal): Promise<IntegrationResult>;
  /** Ends calls under way. */
  close(): Promise<void>;
}

/** Bounds what one slow back end can hold open; further calls wait for a connection. How many back ends there are, the configuration says. */
const connectionsPerOrigin = 128;

export function createHttpClient(clock: Clock): HttpClient {
  let agent: Promise<Agent> | undefined;
  let isClosed = false;

  return {
    async send(request, signal) {
      if (isClosed) return { kind: 'failed', cause: 'abandoned', reason: 'The gateway is closing.' };
      // Loaded by the first call: a gateway that only mocks, or starts to print its help, does not pay for it.
      agent ??= openAgent();
      const { trace } = request;
      if (!trace) return exchange(await agent, clock, request, signal);
      traceRequest(trace, request);
      const startedAt = clock.now();
      const result = await exchange(await agent, clock, request, signal);
      traceResult(trace, result, clock.now() - startedAt);
      return result;
    },
    async close() {
      isClosed = true;
      await (await agent)?.destroy();
    },
  };
}

function traceRequest(trace: IntegrationTrace, { origin, target, headers, body = '' }: BackEndRequest): void {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2)
    pairs.push([headers[index] ?? '', headers[index + 1] ?? '']);
  trace.sending({ uri: origin + target, headers: pairs, body });
}

function traceResult(trace: IntegrationTrace, result: IntegrationResult, milliseconds: number): void {
  if (result.kind !== 'answered') return;
  const { status, body } = result;
  const headers = Object.entries(result.headers).map(([name, values]) => [name, [values].flat().join(', ')] as const);
  trace.received({ status, headers, body, milliseconds });
}

async function openAgent(): Promise<Agent> {
  const undici = await import('undici');
  return new undici.Agent({
    connections: connectionsPerOrigin,
    pipelining: 1,
    connect: { timeout: 10_000 },
  });
}

function exchange(
  agent: Agent,
  clock: Clock,
  request: BackEndRequest,
  signal?: AbortSignal,
): Promise<IntegrationResult> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isSettled = false;
    let status = 0;
    let headers: Record<string, string | string[]> = {};
    let length = 0;
    const { maxAnswerBytes = maxMessageBytes } = request;
    const chunks: Buffer[] = [];

    const settle = (result: IntegrationResult): void => {
      if (isSettled) return;
      isSettled = true;
      cancelTimeout();
      signal?.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const giveUp = (result: IntegrationResult): void => {
      settle(result);
      controller?.abort(new Error('The gateway no longer waits for the answer.'));
    };
    const onAbort = (): void =>
      giveUp({ kind: 'failed', cause: 'abandoned', reason: `The call to "${request.url}" was given up.` });
    const cancelTimeout = clock.after(request.timeoutMilliseconds, () =>
      giveUp({
        kind: 'timed-out',
        reason: `The back end "${request.url}" did not answer within ${request.timeoutMilliseconds} ms.`,
      }),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) return onAbort();

    agent.dispatch(
      {
        origin: request.origin,
        path: request.target,
        method: request.method as Dispatcher.HttpMethod,
        headers: [...request.headers],
        ...(request.body !== undefined && { body: request.body }),
        // The integration's own timeout covers the whole exchange.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (isSettled) started.abort(new Error('The gateway no longer waits for the answer.'));
        },
        onResponseStart(_controller, statusCode, received) {
          status = statusCode;
          headers = definedHeaders(received);
        },
        onResponseData(_controller, chunk) {
          length += chunk.length;
          if (length > maxAnswerBytes) giveUp(tooLong(request.url, maxAnswerBytes));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          settle({
            kind: 'answered',
            status,
            headers,
            body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
          });
        },
        onResponseError(_controller, error) {
          settle(describeBackEndFailure(request.url, error));
        },
      },
    );
  });
}

function tooLong(url: string, maxAnswerBytes: number): IntegrationResult {
  const reason = `The back end "${url}" answered with more than ${maxAnswerBytes} bytes, the most that is taken.`;
  return { kind: 'failed', cause: 'bad-answer', reason };
}

function definedHeaders(
  received: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Object.entries(received)) if (value !== undefined) headers[name] = value;
  return headers;
}
