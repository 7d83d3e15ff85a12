import { createServer } from 'node:http';

/**
 * A server that costs as little as it can: it answers every POST like the control plane and every GET with a number that
 * grows.
 */
export async function startServer() {
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
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
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
