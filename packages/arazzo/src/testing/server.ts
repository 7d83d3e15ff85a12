import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the test server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** The request target, as sent. */
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What to answer; an object body is sent as JSON. `undefined` never answers. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | undefined;

export interface TestServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): void;
}

/** A real HTTP server on a free port of this machine. */
export async function startServer(answer: (request: SeenRequest, index: number) => Answer): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: target = '', headers } = request;
    const entry = { method, target, headers, body: Buffer.concat(chunks).toString() };
    seen.push(entry);
    const reply = answer(entry, seen.length - 1);
    if (reply === undefined) return;
    const isText = typeof reply.body === 'string' || reply.body === undefined;
    response.writeHead(reply.status, { ...(!isText && { 'content-type': 'application/json' }), ...reply.headers });
    response.end(isText ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
