import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);

/**
 * Starts a server that costs as little as it can: it answers every POST like the control plane and every GET with a number
 * that grows. It is a process of its own, as servers are, so that nothing else keeps it from answering.
 */
export async function startServer() {
  const child = fork(script);
  const [url] = await once(child, 'message');
  return { url: String(url), close: () => child.disconnect() };
}

if (process.argv[1] === script) {
  let count = 0;
  let turn = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const isGet = request.method === 'GET';
      count += 1;
      // A run that counts turns asks for this first.
      turn = request.url === '/items/begin' ? 0 : turn + 1;
      response.writeHead(isGet ? 200 : 201, { 'content-type': 'application/json' });
      response.end(isGet ? `{"next":"${count}","turn":${turn}}` : answer(request.url ?? ''));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.once('disconnect', () => process.exit());
  process.send?.(`http://127.0.0.1:${address.port}`);
}

/** @param {string} path */
function answer(path) {
  if (path.endsWith('/apis')) {
    return '{"ApiId":"a1b2c3d4e5","ApiEndpoint":"ws://x","ApiKeySelectionExpression":"$request.header.x-api-key","CreatedDate":"2026-09-25T00:01:10Z","DisableExecuteApiEndpoint":false,"IpAddressType":"ipv4","Name":"x","ProtocolType":"WEBSOCKET","RouteSelectionExpression":"$request.body.action"}';
  }
  if (path.endsWith('/integrations')) {
    return '{"ConnectionType":"INTERNET","IntegrationId":"a1b2c3d","IntegrationType":"MOCK","PassthroughBehavior":"WHEN_NO_MATCH","PayloadFormatVersion":"1.0","TimeoutInMillis":29000}';
  }
  return '{"ApiKeyRequired":false,"AuthorizationType":"NONE","RouteId":"a1b2c3d","RouteKey":"$connect"}';
}
