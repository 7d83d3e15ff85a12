import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface BackEnd {
  readonly url: string;
  /** Every request received so far. */
  readonly received: readonly ReceivedRequest[];
  /** Resolves with the first request, past or future, that satisfies the condition. */
  request(condition: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest>;
  close(): Promise<void>;
}

/** An HTTP server on a free port that answers as told. */
export async function startBackEnd(answer: (request: ReceivedRequest) => Answer | Promise<Answer>): Promise<BackEnd> {
  const received: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const entry = { method, url, headers, body: await text(request) };
    received.push(entry);
    for (const look of waiting) look();
    const { status, headers: answerHeaders = {}, body = '' } = await answer(entry);
    response.writeHead(status, answerHeaders).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The back end has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    request: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find(condition);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port that nothing listens on. */
export async function closedPort(): Promise<number> {
  const backEnd = await startBackEnd(() => ({ status: 200 }));
  await backEnd.close();
  return Number(new URL(backEnd.url).port);
}
