import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/**
 * The back end of the example, an ordinary HTTP server. The gateway asks `POST /connect` about each new connection and
 * sends each message to `POST /message`; what the latter answers goes back to the client.
 *
 * @param {(line: string) => void} say shows what was received
 * @param {number} [port] 0, the default, takes any
 */
export async function startBackend(say, port = 0) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://backend');
    const body = await readText(request);
    if (pathname === '/connect') {
      say(`${request.method} ${request.url} from ${request.headers['user-agent'] ?? 'an unnamed client'}`);
      const refused = searchParams.get('token') === 'wrong';
      response.writeHead(refused ? 403 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(refused ? { reason: 'the token is wrong' } : {}));
      return;
    }
    if (pathname === '/message') {
      const connectionId = String(request.headers['connection-id']);
      say(`${request.method} ${request.url} for connection ${connectionId}: ${body}`);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ youSaid: body, connectionId }));
      return;
    }
    response.writeHead(404);
    response.end();
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The back end has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const longestBody = 131_072;

/** @param {import('node:http').IncomingMessage} request */
async function readText(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestBody) throw new Error('The message is longer than any that a WebSocket API forwards.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await startBackend(console.log, Number(process.env.PORT ?? 3000));
  console.log(`The back end listens at ${url}`);
}
