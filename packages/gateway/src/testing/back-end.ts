import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface BackEndAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An HTTP server that an integration calls. */
export interface BackEnd {
  readonly url: string;
  /** What has come so far. */
  readonly requests: readonly ReceivedRequest[];
  /** The next request that no one has taken yet; waits for it. */
  next(): Promise<ReceivedRequest>;
  /** How many requests have been given up by their sender before they were answered. */
  readonly abandoned: () => number;
  close(): Promise<void>;
}

/** Starts a back end; an `answer` that never resolves never answers. */
export async function startBackEnd(
  answer: (request: ReceivedRequest) => BackEndAnswer | Promise<BackEndAnswer> = () => ({}),
): Promise<BackEnd> {
  const requests: ReceivedRequest[] = [];
  const untaken: ReceivedRequest[] = [];
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  let abandoned = 0;
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const received: ReceivedRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(received);
    const waiter = waiting.shift();
    if (waiter) waiter(received);
    else untaken.push(received);
    const { status = 200, headers = {}, body = '' } = await answer(received);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    next() {
      const request = untaken.shift();
      return request ? Promise.resolve(request) : new Promise((take) => waiting.push(take));
    },
    abandoned: () => abandoned,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
